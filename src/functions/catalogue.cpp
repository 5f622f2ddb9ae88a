#include "catalogue.hpp"

#include <cmath>

namespace hepta::functions {

std::vector<sampling::Input> inputs_of(const std::vector<NamedInput>& inputs,
                                       const std::string& source)
{
    std::vector<sampling::Input> result;
    for (const NamedInput& input : inputs) {
        result.push_back({.name = input.name,
                          .distribution = input.distribution,
                          .row = static_cast<std::uint32_t>(result.size()),
                          .unit = input.unit,
                          .source = source});
    }
    return result;
}

Reference exact(std::string quantity, double value, const std::string& source)
{
    return {std::move(quantity), value, 1e-13 * std::abs(value), source};
}

Reference rounded(std::string quantity,
                  const std::string& digits,
                  const std::string& source)
{
    const std::size_t exponent = std::min(digits.find('e'), digits.size());
    const std::size_t point = digits.find('.');
    const double decimals = point == std::string::npos
                                ? 0.0
                                : static_cast<double>(exponent - point) - 1.0;
    const double power = exponent == digits.size()
                             ? 0.0
                             : std::stod(digits.substr(exponent + 1));
    return {std::move(quantity),
            std::stod(digits),
            0.5 * std::pow(10.0, power - decimals),
            source};
}

sampling::Lognormal lognormal_of(double mean, double variation)
{
    const double variance_of_log = std::log1p(variation * variation);
    const double sigma = std::sqrt(variance_of_log);
    return {mean * std::exp(-0.5 * variance_of_log), sigma, sigma};
}

}  // namespace hepta::functions
