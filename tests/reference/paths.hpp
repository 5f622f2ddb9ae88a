/// \file
/// Paths between knots, and yearly noise.
#pragma once

#include "reference/world.hpp"

#include <vector>

namespace hepta::reference {

struct Point
{
    int year = 0;
    double value = 0.0;
};

/// The knots of a path in this sample.
[[nodiscard]] std::vector<Point> points(const model::Path& path,
                                        const Sample& sample);

/// Linear between the points, flat outside.
[[nodiscard]] double linear(const std::vector<Point>& points, int year);

/// Geometric between the points, flat outside.
[[nodiscard]] double geometric(const std::vector<Point>& points, int year);

/// A lever of a scenario; `if_empty` where it is not set.
[[nodiscard]] double lever(const model::LeverPath& path,
                           int year,
                           double if_empty);

/// Product of the two inputs that a lever is multiplied by; 1 if it is by none.
[[nodiscard]] double factor(const model::LeverScale& scale,
                            const Sample& sample);

/// x(t) = phi x(t-1) + sd sqrt(1 - phi^2) eps(t), x(t0) = 0.
/// \param sd  stationary standard deviation
[[nodiscard]] std::vector<double> autoregressive(
    double phi,
    double sd,
    const Sample& sample,
    const std::vector<model::Row>& innovations);

}  // namespace hepta::reference
