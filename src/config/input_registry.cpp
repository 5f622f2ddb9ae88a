#include "input_registry.hpp"

#include <fmt/format.h>

namespace hepta::config {

model::Row InputRegistry::add_input(sampling::Input input)
{
    input.row = static_cast<model::Row>(design_.inputs.size());
    design_.inputs.push_back(std::move(input));
    return design_.inputs.back().row;
}

model::Row InputRegistry::add(const std::string& name,
                              const Number& number,
                              std::string_view group)
{
    return add_input({.name = name,
                      .distribution = number.distribution,
                      .unit = number.unit,
                      .source = number.source,
                      .group = std::string(group),
                      .description = number.note});
}

model::Row InputRegistry::add_quantile(const std::string& name,
                                       std::string_view group)
{
    return add_input({.name = name,
                      .distribution = sampling::Uniform{0.0, 1.0},
                      .unit = "-",
                      .source = "by definition",
                      .group = std::string(group),
                      .description = "quantile of a path"});
}

std::vector<model::Row> InputRegistry::add_innovations(const std::string& name,
                                                       int first_year,
                                                       int last_year,
                                                       std::string_view group)
{
    std::vector<model::Row> rows;
    for (int year = first_year + 1; year <= last_year; ++year) {
        rows.push_back(add_input({.name = fmt::format("{}/{}", name, year),
                                  .distribution = sampling::Normal{0.0, 1.0},
                                  .unit = "-",
                                  .source = "by definition",
                                  .group = std::string(group),
                                  .description = "yearly innovation"}));
    }
    return rows;
}

model::Row InputRegistry::add_knot(model::Row quantile,
                                   const std::string& name,
                                   const Number& number)
{
    const auto index = static_cast<model::Row>(design_.knots.size());
    design_.knots.push_back({.quantile_row = quantile,
                             .distribution = number.distribution,
                             .row = first_knot + index,
                             .name = name,
                             .unit = number.unit,
                             .source = number.source});
    return first_knot + index;
}

model::Path InputRegistry::add_path(model::Row quantile,
                                    const std::string& name,
                                    const KnotNumbers& knots)
{
    model::Path path;
    for (const KnotNumber& knot : knots) {
        path.push_back({knot.year,
                        add_knot(quantile,
                                 fmt::format("{}/{}", name, knot.year),
                                 knot.number)});
    }
    return path;
}

model::Row InputRegistry::final_row(model::Row row) const noexcept
{
    return row >= first_knot && row != model::no_row
               ? row - first_knot +
                     static_cast<model::Row>(design_.inputs.size())
               : row;
}

sampling::DesignSpec InputRegistry::finish() &&
{
    for (sampling::PathKnot& knot : design_.knots) {
        knot.row = final_row(knot.row);
    }
    design_.n_rows = static_cast<std::uint32_t>(design_.inputs.size() +
                                                design_.knots.size());
    return std::move(design_);
}

}  // namespace hepta::config
