#include "reference/shares.hpp"

#include "reference/choice.hpp"

#include <algorithm>

namespace hepta::reference {

namespace {

/// h_l = min(1, turnover_l / lambda_l), lambda_l the rate at which all
/// preferred technologies together would take from l.
std::vector<double> loss_limits(const Dynamics& sector,
                                const std::vector<double>& share,
                                const std::vector<double>& room,
                                const Table& net)
{
    std::vector<double> limits;
    for (std::size_t l = 0; l < share.size(); ++l) {
        double loss_rate = 0.0;
        for (std::size_t p = 0; p < share.size(); ++p) {
            if (net[p][l] > 0.0) {
                loss_rate +=
                    share[p] * sector.adoption[p] * room[p] * net[p][l];
            }
        }
        limits.push_back(loss_rate > 0.0
                             ? std::min(1.0, sector.turnover[l] / loss_rate)
                             : 1.0);
    }
    return limits;
}

/// n_i = min(bound_i, mu E_i): rounds of offering what is left to those that
/// are below their bound.
std::vector<double> offered_builds(const Dynamics& sector,
                                   const std::vector<double>& share,
                                   const std::vector<double>& bound,
                                   double to_build)
{
    const std::size_t n = share.size();
    std::vector<double> built(n, 0.0);
    std::vector<bool> open(n);
    for (std::size_t i = 0; i < n; ++i) {
        open[i] = share[i] > 0.0 && !sector.banned[i];
    }
    for (std::size_t round = 0; round < n; ++round) {
        const double left = to_build - sum(built);
        double attraction = 0.0;
        for (std::size_t i = 0; i < n; ++i) {
            attraction += open[i] ? sector.attraction[i] : 0.0;
        }
        if (attraction <= 0.0 || left <= 0.0) {
            break;
        }
        for (std::size_t i = 0; i < n; ++i) {
            if (!open[i]) {
                continue;
            }
            built[i] += left * sector.attraction[i] / attraction;
            if (built[i] >= bound[i]) {
                built[i] = bound[i];
                open[i] = false;
            }
        }
    }
    return built;
}

}  // namespace

std::vector<double> rooms(const Dynamics& sector,
                          const std::vector<double>& share)
{
    std::vector<double> room;
    for (std::size_t i = 0; i < share.size(); ++i) {
        // A stage may overshoot a share of 0 below a ceiling of 0.
        const double ceiling = std::max(sector.ceiling[i], 1e-300);
        room.push_back(
            ceiling >= 1.0 ? 1.0 : std::max(0.0, 1.0 - share[i] / ceiling));
    }
    return room;
}

std::vector<double> replicator(const Dynamics& sector,
                               const std::vector<double>& share)
{
    const std::size_t n = share.size();
    const Table net = net_preferences(sector.attraction, sector.banned);
    const std::vector<double> room = rooms(sector, share);
    const std::vector<double> limit = loss_limits(sector, share, room, net);
    std::vector<double> rate(n, 0.0);
    for (std::size_t p = 0; p < n; ++p) {
        for (std::size_t l = 0; l < n; ++l) {
            if (net[p][l] > 0.0) {
                const double flow = share[p] * share[l] * limit[l] *
                                    sector.adoption[p] * room[p] * net[p][l];
                rate[p] += flow;
                rate[l] -= flow;
            }
        }
    }
    return rate;
}

std::vector<double> vintage_logit(const Dynamics& sector,
                                  const std::vector<double>& share)
{
    const std::size_t n = share.size();
    const std::vector<double> room = rooms(sector, share);
    std::vector<double> leaving(n), bound(n);
    for (std::size_t i = 0; i < n; ++i) {
        leaving[i] = share[i] * sector.turnover[i];
        bound[i] = leaving[i] + share[i] * sector.adoption[i] * room[i];
    }
    const double to_build = sum(leaving);
    std::vector<double> built = offered_builds(sector, share, bound, to_build);

    // What nobody may build is replaced like for like, ended or not.
    const double left = to_build - sum(built);
    std::vector<double> gap(n);
    for (std::size_t i = 0; i < n; ++i) {
        gap[i] = std::max(0.0, leaving[i] - built[i]);
    }
    const double all_gaps = sum(gap);
    std::vector<double> rate(n);
    for (std::size_t i = 0; i < n; ++i) {
        if (left > 0.0 && all_gaps > 0.0) {
            built[i] += left * gap[i] / all_gaps;
        }
        rate[i] = built[i] - leaving[i];
    }
    return rate;
}

}  // namespace hepta::reference
