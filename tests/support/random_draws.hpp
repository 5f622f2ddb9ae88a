/// \file
/// What random models are drawn with: numbers, and rows of one number a sample.
#pragma once

#include "hepta/core/tile.hpp"
#include "hepta/model/spec.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <random>
#include <vector>

namespace hepta::tests {

class Draws
{
  public:
    using Values = std::array<double, tile_lanes>;  ///< of a row

    explicit Draws(std::uint64_t seed) : engine_(seed) {}

    [[nodiscard]] double uniform(double low = 0.0, double high = 1.0)
    {
        return low +
               (high - low) * static_cast<double>(engine_() >> 11) * 0x1p-53;
    }
    [[nodiscard]] double geometric(double low, double high)
    {
        return low * std::pow(high / low, uniform());
    }
    /// \return a number from `low` to `high`, both included
    [[nodiscard]] std::uint32_t integer(std::size_t low, std::size_t high)
    {
        return static_cast<std::uint32_t>(low + engine_() % (high - low + 1));
    }
    [[nodiscard]] bool chance(double probability)
    {
        return uniform() < probability;
    }
    template <class T>
    [[nodiscard]] T one_of(std::initializer_list<T> values)
    {
        return values.begin()[engine_() % values.size()];
    }

    /// A row of the values that `draw` returns, one call a sample.
    template <class Draw>
    model::Row row(Draw draw)
    {
        Values values;
        for (double& value : values) {
            value = draw();
        }
        rows_.push_back(values);
        return static_cast<model::Row>(rows_.size() - 1);
    }
    /// An edge now and then, else any number between.
    model::Row number(double low,
                      double high,
                      std::initializer_list<double> edges)
    {
        return row(
            [&] { return chance(0.3) ? one_of(edges) : uniform(low, high); });
    }

    [[nodiscard]] const std::vector<Values>& rows() const { return rows_; }

  private:
    std::mt19937_64 engine_;
    std::vector<Values> rows_;
};

/// Levers of a scenario at random.
/// \param spec  all but its scenarios
/// \param keep_first  no share of the first technology of a sector is taken
[[nodiscard]] model::Scenario random_scenario(Draws& draws,
                                              const model::Spec& spec,
                                              bool keep_first);

/// Multiply some of a scenario's bounds and premiums by inputs.
void scale_levers(Draws& draws, model::Scenario& scenario);

}  // namespace hepta::tests
