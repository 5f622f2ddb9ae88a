#include "paths.hpp"

namespace hepta::model {

double lever_at(const LeverPath& path, int year, double if_empty)
{
    if (path.empty()) {
        return if_empty;
    }
    if (year <= path.front().year) {
        return path.front().value;
    }
    for (std::size_t k = 1; k < path.size(); ++k) {
        if (year <= path[k].year) {
            const YearValue& a = path[k - 1];
            const YearValue& b = path[k];
            const double weight =
                static_cast<double>(year - a.year) / (b.year - a.year);
            return a.value + weight * (b.value - a.value);
        }
    }
    return path.back().value;
}

Interpolation interpolate(const Path& path, int year)
{
    if (year <= path.front().year) {
        return {path.front().row, path.front().row, 0.0};
    }
    for (std::size_t k = 1; k < path.size(); ++k) {
        if (year <= path[k].year) {
            return {path[k - 1].row,
                    path[k].row,
                    static_cast<double>(year - path[k - 1].year) /
                        (path[k].year - path[k - 1].year)};
        }
    }
    return {path.back().row, path.back().row, 0.0};
}

}  // namespace hepta::model
