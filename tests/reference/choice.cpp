#include "reference/choice.hpp"

#include <algorithm>
#include <cmath>

namespace hepta::reference {

double choice_scale(double spread)
{
    return 1.768 / (std::sqrt(2.0) * spread);
}

std::vector<double> attractions(const std::vector<double>& cost, double scale)
{
    const double cheapest = *std::min_element(cost.begin(), cost.end());
    std::vector<double> result;
    for (const double c : cost) {
        result.push_back(std::exp(std::max(-300.0, -scale * (c - cheapest))));
    }
    return result;
}

Table net_preferences(const std::vector<double>& attraction,
                      const std::vector<bool>& banned)
{
    const std::size_t n = attraction.size();
    Table net(n, std::vector<double>(n, 0.0));
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
            if (banned[i] != banned[j]) {
                net[i][j] = banned[i] ? -1.0 : 1.0;
            } else if (!banned[i]) {
                net[i][j] = (attraction[i] - attraction[j]) /
                            (attraction[i] + attraction[j]);
            }
        }
    }
    return net;
}

}  // namespace hepta::reference
