/// \file
/// The classical Runge-Kutta method, for any state that `plus` can advance.
#pragma once

#include <cstddef>
#include <vector>

namespace hepta::reference {

/// state + weight * rate
[[nodiscard]] inline std::vector<double> plus(std::vector<double> state,
                                              double weight,
                                              const std::vector<double>& rate)
{
    for (std::size_t i = 0; i < state.size(); ++i) {
        state[i] += weight * rate[i];
    }
    return state;
}

/// One step of dy/dt = rate(y).
/// \param step  in the unit of time of `rate`
template <class State, class Rate>
[[nodiscard]] State runge_kutta_step(const State& start, double step, Rate rate)
{
    const State k1 = rate(start);
    const State k2 = rate(plus(start, step / 2.0, k1));
    const State k3 = rate(plus(start, step / 2.0, k2));
    const State k4 = rate(plus(start, step, k3));
    State end = plus(start, step / 6.0, k1);
    end = plus(end, step / 3.0, k2);
    end = plus(end, step / 3.0, k3);
    return plus(end, step / 6.0, k4);
}

}  // namespace hepta::reference
