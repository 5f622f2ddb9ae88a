#include "hepta/model/first_years.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace hepta::model {
namespace {

using Lanes = std::array<double, tile_lanes>;

Lanes sum_of(const std::vector<std::uint32_t>& rows, const Tile& outputs)
{
    Lanes sum{};
    for (const std::uint32_t row : rows) {
        const double* values = outputs.row(row);
        for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
            sum[lane] += values[lane];
        }
    }
    return sum;
}

bool passes(const FirstYearRule& rule, double value, double limit)
{
    if (rule.limit == FirstYearRule::Limit::incumbent) {
        return value < limit;
    }
    return rule.below ? value <= limit : value >= limit;
}

}  // namespace

FirstYears::FirstYears(std::vector<FirstYearRule> rules,
                       std::vector<Contest> contests)
    : rules_(std::move(rules)), contests_(std::move(contests))
{
}

FirstYears::Workspace FirstYears::make_workspace() const
{
    Workspace work;
    work.found.resize(rules_.size() * tile_lanes);
    work.first_value.resize(rules_.size() * tile_lanes);
    work.incumbent.resize(contests_.size() * tile_lanes);
    return work;
}

void FirstYears::begin(const Tile& outputs, Workspace& work) const
{
    work.found.assign(work.found.size(), never);
    for (std::size_t c = 0; c < contests_.size(); ++c) {
        const Contest& contest = contests_[c];
        for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
            std::uint32_t largest = 0;
            for (std::uint32_t i = 1; i < contest.n_technologies; ++i) {
                const auto share = [&](std::uint32_t k) {
                    return outputs.row(contest.first_share_row + k)[lane];
                };
                largest = share(i) > share(largest) ? i : largest;
            }
            work.incumbent[c * tile_lanes + lane] =
                contest.first_cost_row + largest;
        }
    }
    for (std::size_t r = 0; r < rules_.size(); ++r) {
        if (rules_[r].limit == FirstYearRule::Limit::first_year) {
            const Lanes value = sum_of(rules_[r].rows, outputs);
            std::copy(value.begin(),
                      value.end(),
                      work.first_value.begin() +
                          static_cast<std::ptrdiff_t>(r * tile_lanes));
        }
    }
}

void FirstYears::observe(std::size_t year,
                         const Tile& outputs,
                         Workspace& work) const
{
    if (year == 0) {
        begin(outputs, work);
    }
    for (std::size_t r = 0; r < rules_.size(); ++r) {
        const FirstYearRule& rule = rules_[r];
        if (year < rule.from_year) {
            continue;
        }
        const Lanes value = sum_of(rule.rows, outputs);
        for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
            std::int32_t& found = work.found[r * tile_lanes + lane];
            double limit = rule.threshold;
            if (rule.limit == FirstYearRule::Limit::first_year) {
                limit *= work.first_value[r * tile_lanes + lane];
            } else if (rule.limit == FirstYearRule::Limit::incumbent) {
                limit = outputs.row(
                    work.incumbent[rule.contest * tile_lanes + lane])[lane];
            }
            if (found != never) {
                continue;
            }
            if (!std::isfinite(value[lane]) || !std::isfinite(limit)) {
                found = undefined;
            } else if (passes(rule, value[lane], limit)) {
                found = static_cast<std::int32_t>(year);
            }
        }
    }
}

}  // namespace hepta::model
