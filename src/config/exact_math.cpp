#include "exact_math.hpp"

#include <boost/math/constants/constants.hpp>
#include <boost/multiprecision/cpp_bin_float.hpp>

namespace hepta::config {

using Wide = boost::multiprecision::cpp_bin_float_50;

double exact_log(double x)
{
    return static_cast<double>(log(Wide(x)));
}

double normal_correlation(double rank_correlation)
{
    const Wide angle =
        boost::math::constants::pi<Wide>() * Wide(rank_correlation) / 6;
    return static_cast<double>(2 * sin(angle));
}

}  // namespace hepta::config
