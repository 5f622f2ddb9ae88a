#include "reference/paths.hpp"

#include <cmath>

namespace hepta::reference {

namespace {

/// Weighted mean of the values around `year`, after a change of scale.
template <class Scale, class Inverse>
double between(const std::vector<Point>& points,
               int year,
               Scale scale,
               Inverse inverse)
{
    if (year <= points.front().year) {
        return points.front().value;
    }
    for (std::size_t i = 1; i < points.size(); ++i) {
        const Point& before = points[i - 1];
        const Point& after = points[i];
        if (year < after.year) {
            const double weight = static_cast<double>(year - before.year) /
                                  (after.year - before.year);
            return inverse((1.0 - weight) * scale(before.value) +
                           weight * scale(after.value));
        }
    }
    return points.back().value;
}

}  // namespace

std::vector<Point> points(const model::Path& path, const Sample& sample)
{
    std::vector<Point> result;
    for (const model::Knot& knot : path) {
        result.push_back({knot.year, sample(knot.row)});
    }
    return result;
}

double linear(const std::vector<Point>& points, int year)
{
    const auto same = [](double value) { return value; };
    return between(points, year, same, same);
}

double geometric(const std::vector<Point>& points, int year)
{
    return between(
        points,
        year,
        [](double value) { return std::log(value); },
        [](double logarithm) { return std::exp(logarithm); });
}

double lever(const model::LeverPath& path, int year, double if_empty)
{
    if (path.empty()) {
        return if_empty;
    }
    std::vector<Point> values;
    for (const model::YearValue& value : path) {
        values.push_back({value.year, value.value});
    }
    return linear(values, year);
}

double factor(const model::LeverScale& scale, const Sample& sample)
{
    return sample(scale.first, 1.0) * sample(scale.second, 1.0);
}

std::vector<double> autoregressive(double phi,
                                   double sd,
                                   const Sample& sample,
                                   const std::vector<model::Row>& innovations)
{
    std::vector<double> x{0.0};
    for (const model::Row innovation : innovations) {
        x.push_back(phi * x.back() +
                    sd * std::sqrt(1.0 - phi * phi) * sample(innovation));
    }
    return x;
}

}  // namespace hepta::reference
