/// \file
/// Sample sets in the shapes that outputs of the model take.
#pragma once

#include <cmath>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace hepta::statistics::shapes {

using Generator = std::mt19937_64;

/// A distribution by name; every call draws one value.
struct Shape
{
    std::string name;
    std::function<double(Generator&)> draw;
};

inline double uniform(Generator& g)
{
    return (static_cast<double>(g() >> 11) + 0.5) * 0x1p-53;
}

/// Box and Muller, so that the samples do not depend on the library.
inline double normal(Generator& g)
{
    const double radius = std::sqrt(-2.0 * std::log(uniform(g)));
    return radius * std::cos(2.0 * 3.14159265358979323846 * uniform(g));
}

inline double lognormal(Generator& g, double sigma)
{
    return std::exp(sigma * normal(g));
}

/// A logistic share: clumps at both ends where the spread is large.
inline double share(Generator& g, double middle, double spread)
{
    return 1.0 / (1.0 + std::exp(-(middle + spread * normal(g))));
}

inline std::vector<double> sample(const Shape& shape,
                                  std::size_t n,
                                  unsigned seed)
{
    Generator g(seed);
    std::vector<double> values(n);
    for (double& x : values) {
        x = shape.draw(g);
    }
    return values;
}

inline Shape scaled(const Shape& shape, double factor, const std::string& name)
{
    return {name, [=](Generator& g) { return factor * shape.draw(g); }};
}

/// `shape`, or with probability `p_atom` exactly `atom`.
inline Shape with_atom(const Shape& shape,
                       double atom,
                       double p_atom,
                       const std::string& name)
{
    return {name, [=](Generator& g) {
                const double x = shape.draw(g);
                return uniform(g) < p_atom ? atom : x;
            }};
}

/// Distributions without equal values.
inline std::vector<Shape> continuous()
{
    using G = Generator;
    return {
        {"normal", [](G& g) { return 5.0 + normal(g); }},
        {"uniform", [](G& g) { return uniform(g); }},
        {"exponential", [](G& g) { return -std::log(uniform(g)); }},
        {"emissions", [](G& g) { return 2349.0 * lognormal(g, 0.25); }},
        {"wide lognormal", [](G& g) { return lognormal(g, 3.0); }},
        {"sum of lognormals",
         [](G& g) {
             return lognormal(g, 1.0) + lognormal(g, 0.5) + lognormal(g, 2.0);
         }},
        {"share near floor", [](G& g) { return share(g, -7.0, 2.0); }},
        {"share above floor", [](G& g) { return 0.003 + share(g, -7.0, 3.0); }},
        {"share near one", [](G& g) { return share(g, 7.0, 2.0); }},
        {"share near both", [](G& g) { return share(g, 0.0, 6.0); }},
        {"share far to both", [](G& g) { return share(g, 1.0, 8.0); }},
        {"share below ceiling",
         [](G& g) { return std::min(0.25, 0.3 * share(g, 3.0, 3.0)); }},
        {"difference, heavy tails",
         [](G& g) {
             return normal(g) / std::sqrt(-2.0 * std::log(uniform(g)) / 3.0);
         }},
        {"difference of lognormals",
         [](G& g) { return lognormal(g, 2.0) - lognormal(g, 2.0); }},
        {"cauchy", [](G& g) { return normal(g) / normal(g); }},
        {"two clumps",
         [](G& g) {
             const double at = uniform(g) < 0.5 ? 1.0 : 3.0;
             return at + 0.01 * normal(g);
         }},
        {"two narrow clumps",
         [](G& g) {
             const double at = uniform(g) < 0.3 ? 1.0 : 3.0;
             return at + 1e-5 * normal(g);
         }},
        {"unlike clumps",
         [](G& g) {
             return uniform(g) < 0.7 ? 100.0 + 1e-4 * normal(g)
                                     : 3.0 + 0.3 * normal(g);
         }},
        {"three clumps",
         [](G& g) {
             const double a = uniform(g);
             const double at = a < 0.3 ? 0.0 : a < 0.6 ? 1.0 : 10.0;
             return at + 1e-3 * normal(g);
         }},
        {"clump on background",
         [](G& g) {
             return uniform(g) < 0.5 ? 0.4 + 1e-4 * normal(g) : uniform(g);
         }},
        {"kinked", [](G& g) { return std::max(0.2 * uniform(g), normal(g)); }},
        {"nearly constant", [](G& g) { return 1e6 + 1e-6 * normal(g); }},
        {"huge", [](G& g) { return 1e300 * lognormal(g, 1.0); }},
        {"small", [](G& g) { return 1e-300 * normal(g); }},
    };
}

}  // namespace hepta::statistics::shapes
