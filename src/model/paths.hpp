/// \file
/// Values of paths in one year.
#pragma once

#include "plan.hpp"

namespace hepta::model {

/// Value of a lever in a year: linear between, flat outside.
[[nodiscard]] double lever_at(const LeverPath& path, int year, double if_empty);

/// The two knots around a year and their weight; flat outside.
[[nodiscard]] Interpolation interpolate(const Path& path, int year);

}  // namespace hepta::model
