/// \file
/// Inputs of a design, numbered as they are named.
#pragma once

#include "catalogue.hpp"
#include "hepta/model/spec.hpp"
#include "hepta/sampling/design.hpp"

#include <string>
#include <string_view>

namespace hepta::config {

/// Collects inputs and the knots of paths. Rows of inputs count from 0; those
/// of knots come after all inputs, so that they are only known at the end:
/// until then a knot's row is `first_knot` plus its number.
class InputRegistry
{
  public:
    static constexpr model::Row first_knot = 1u << 31;

    model::Row add(const std::string& name,
                   const Number& number,
                   std::string_view group);

    /// A quantile of a path, uniform on (0, 1).
    model::Row add_quantile(const std::string& name, std::string_view group);

    /// A yearly standard normal for every year after the first.
    std::vector<model::Row> add_innovations(const std::string& name,
                                            int first_year,
                                            int last_year,
                                            std::string_view group);

    model::Row add_knot(model::Row quantile,
                        const std::string& name,
                        const Number& number);

    /// All knots of a path at one quantile, called `<name>/<year>`.
    model::Path add_path(model::Row quantile,
                         const std::string& name,
                         const KnotNumbers& knots);

    /// The final row of a row handed out before.
    [[nodiscard]] model::Row final_row(model::Row row) const noexcept;

    /// The design so far, with final rows.
    [[nodiscard]] sampling::DesignSpec finish() &&;

  private:
    model::Row add_input(sampling::Input input);

    sampling::DesignSpec design_;
};

}  // namespace hepta::config
