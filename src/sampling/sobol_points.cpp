#include "hepta/sampling/sobol_points.hpp"

#include "plan.hpp"

#include <boost/random/sobol.hpp>

#include <bit>
#include <cassert>

namespace hepta::sampling {

static_assert(max_sobol_dimensions ==
              boost::random::default_sobol_table::max_dimension);

std::vector<std::uint64_t> direction_numbers(std::size_t n_dimensions)
{
    assert(n_dimensions <= max_sobol_dimensions);
    std::vector<std::uint64_t> numbers(n_dimensions * sobol_directions);
    if (n_dimensions == 0) {
        return numbers;
    }
    boost::random::sobol engine(n_dimensions);
    for (std::size_t bit = 0; bit < sobol_directions; ++bit) {
        // Boost's point n, its first being n = 1, has the coordinates of the
        // Gray code of n: those of 2^bit come at n = 2^(bit + 1) - 1.
        const std::uint64_t n = ~std::uint64_t{0} >> (63 - bit);
        engine.seed(n - 1);
        for (std::size_t d = 0; d < n_dimensions; ++d) {
            numbers[d * sobol_directions + bit] = engine();
        }
    }
    return numbers;
}

std::uint64_t sobol_integer(const std::uint64_t* directions,
                            std::uint64_t point) noexcept
{
    std::uint64_t x = 0;
    for (; point != 0; point &= point - 1) {
        x ^= directions[std::countr_zero(point)];
    }
    return x;
}

}  // namespace hepta::sampling
