#include "distribution_reader.hpp"

#include "exact_math.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

namespace hepta::config {
namespace {

/// Of the mean outside the bounds; further out, nothing is left in doubles.
constexpr double max_truncation_sd = 30.0;

using Result = std::optional<DistributionText>;

struct Three
{
    double low = 0.0, value = 0.0, high = 0.0;
};

void reject(const TableReader& table,
            std::string_view problem,
            std::string_view hint)
{
    table.file().diagnostics->add(table.place(), table.path(), problem, hint);
}

/// The central number, called `central` or `value`.
std::optional<double> read_central(TableReader& table, Need need)
{
    const bool has_value = table.find("value", Need::optional).has_value();
    const bool has_central = table.find("central", Need::optional).has_value();
    if (has_value && has_central) {
        reject(table, "has both `value` and `central`", "keep one of them");
        return std::nullopt;
    }
    return table.real(has_central ? "central" : "value", need);
}

bool is_ordered(const TableReader& table, const Three& t)
{
    if (t.low > t.high) {
        reject(table,
               fmt::format("low {} is above high {}", t.low, t.high),
               "exchange them");
        return false;
    }
    if (t.value < t.low || t.value > t.high) {
        reject(table,
               fmt::format("value {} is outside [low, high] = [{}, {}]",
                           t.value,
                           t.low,
                           t.high),
               "widen the range or correct the value");
        return false;
    }
    return true;
}

std::optional<Three> read_three(TableReader& table)
{
    const std::optional<double> low = table.real("low", Need::required);
    const std::optional<double> value = read_central(table, Need::required);
    const std::optional<double> high = table.real("high", Need::required);
    if (!low || !value || !high) {
        return std::nullopt;
    }
    const Three three{*low, *value, *high};
    return is_ordered(table, three) ? std::optional(three) : std::nullopt;
}

Result result_of(const Three& three, sampling::Distribution distribution)
{
    if (three.low == three.high) {
        distribution = sampling::Fixed{three.value};
    }
    return DistributionText{
        std::move(distribution), three.low, three.value, three.high};
}

Result read_fixed_number(TableReader& table)
{
    const std::optional<double> value = read_central(table, Need::required);
    const std::optional<double> low = table.real("low", Need::optional);
    const std::optional<double> high = table.real("high", Need::optional);
    if (!value) {
        return std::nullopt;
    }
    if (!table.find("value", Need::optional) && (low || high)) {
        reject(table,
               "has a range but no distribution",
               "add `distribution`, or call the number `value` if the range "
               "is only documentation");
        return std::nullopt;
    }
    const Three three{low.value_or(*value), *value, high.value_or(*value)};
    if (!is_ordered(table, three)) {
        return std::nullopt;
    }
    return DistributionText{
        sampling::Fixed{*value}, three.low, three.value, three.high};
}

Result read_triangular(TableReader& table)
{
    const auto t = read_three(table);
    return t ? result_of(*t, sampling::Triangular{t->low, t->value, t->high})
             : std::nullopt;
}

Result read_pert(TableReader& table)
{
    const auto t = read_three(table);
    if (!t || t->low == t->high) {
        return t ? result_of(*t, sampling::Fixed{}) : std::nullopt;
    }
    return result_of(*t, sampling::pert(t->low, t->value, t->high));
}

Result read_uniform(TableReader& table)
{
    const std::optional<double> low = table.real("low", Need::required);
    const std::optional<double> high = table.real("high", Need::required);
    const std::optional<double> value = read_central(table, Need::optional);
    if (!low || !high) {
        return std::nullopt;
    }
    const Three three{*low, value.value_or(0.5 * (*low + *high)), *high};
    return is_ordered(table, three)
               ? result_of(three, sampling::Uniform{*low, *high})
               : std::nullopt;
}

std::optional<double> read_positive(TableReader& table, std::string_view key)
{
    const std::optional<double> x = table.real(key, Need::required);
    if (x && *x <= 0.0) {
        reject(table,
               fmt::format("{} {} is not positive", key, *x),
               "give a positive number");
        return std::nullopt;
    }
    return x;
}

Result read_normal(TableReader& table)
{
    if (!table.find("mean", Need::optional)) {
        const auto t = read_three(table);
        return t ? result_of(*t,
                             sampling::Normal{t->value,
                                              (t->high - t->low) / (2.0 * z95)})
                 : std::nullopt;
    }
    const std::optional<double> mean = table.real("mean", Need::required);
    const std::optional<double> sd = read_positive(table, "sd");
    if (!mean || !sd) {
        return std::nullopt;
    }
    return DistributionText{sampling::Normal{*mean, *sd},
                            *mean - z95 * *sd,
                            *mean,
                            *mean + z95 * *sd};
}

Result read_truncated_normal(TableReader& table)
{
    const double infinity = std::numeric_limits<double>::infinity();
    const std::optional<double> mean = table.real("mean", Need::required);
    const std::optional<double> sd = read_positive(table, "sd");
    const double low = table.real("low", Need::optional).value_or(-infinity);
    const double high = table.real("high", Need::optional).value_or(infinity);
    if (!mean || !sd) {
        return std::nullopt;
    }
    if (low >= high) {
        reject(table,
               fmt::format("low {} is not below high {}", low, high),
               "exchange them");
        return std::nullopt;
    }
    const double value = std::clamp(*mean, low, high);
    if (std::abs(value - *mean) > max_truncation_sd * *sd) {
        reject(table,
               fmt::format("mean {} is more than {} sd outside its bounds",
                           *mean,
                           max_truncation_sd),
               "nearly nothing of the distribution is left");
        return std::nullopt;
    }
    return DistributionText{
        sampling::TruncatedNormal{*mean, *sd, low, high},
        std::isfinite(low) ? low : std::min(value, *mean - z95 * *sd),
        value,
        std::isfinite(high) ? high : std::max(value, *mean + z95 * *sd)};
}

/// Two-piece lognormal through three quantiles, 5 %, 50 %, 95 %.
Result lognormal_through(const TableReader& table, const Three& t)
{
    if (t.low == t.high) {
        return result_of(t, sampling::Fixed{});
    }
    if (t.low <= 0.0 || t.value == t.low || t.value == t.high) {
        reject(table,
               fmt::format("lognormal with low {}, median {}, high {} needs 0 "
                           "< low < median < high",
                           t.low,
                           t.value,
                           t.high),
               "use triangular, or a median inside a positive range");
        return std::nullopt;
    }
    const double log_median = exact_log(t.value);
    return result_of(
        t,
        sampling::Lognormal{t.value,
                            (log_median - exact_log(t.low)) / z95,
                            (exact_log(t.high) - log_median) / z95});
}

Result read_lognormal(TableReader& table)
{
    if (table.find("gsd", Need::optional)) {
        const std::optional<double> median = read_positive(table, "median");
        const std::optional<double> gsd = table.real("gsd", Need::required);
        if (!median || !gsd) {
            return std::nullopt;
        }
        if (*gsd <= 1.0) {
            reject(table,
                   fmt::format("gsd {} is not above 1", *gsd),
                   "give the geometric standard deviation, exp(sigma)");
            return std::nullopt;
        }
        const double sigma = exact_log(*gsd);
        const double factor = std::pow(*gsd, z95);
        return DistributionText{sampling::Lognormal{*median, sigma, sigma},
                                *median / factor,
                                *median,
                                *median * factor};
    }
    const bool two_quantiles = !table.find("central", Need::optional) &&
                               !table.find("value", Need::optional);
    if (!two_quantiles) {
        const auto t = read_three(table);
        return t ? lognormal_through(table, *t) : std::nullopt;
    }
    const std::optional<double> low = read_positive(table, "low");
    const std::optional<double> high = read_positive(table, "high");
    if (!low || !high) {
        return std::nullopt;
    }
    const Three three{*low, std::sqrt(*low * *high), *high};
    return is_ordered(table, three) ? lognormal_through(table, three)
                                    : std::nullopt;
}

Result read_beta(TableReader& table)
{
    const std::optional<double> alpha = read_positive(table, "alpha");
    const std::optional<double> beta = read_positive(table, "beta");
    const double low = table.real("low", Need::optional).value_or(0.0);
    const double high = table.real("high", Need::optional).value_or(1.0);
    if (!alpha || !beta) {
        return std::nullopt;
    }
    if (low >= high) {
        reject(table,
               fmt::format("low {} is not below high {}", low, high),
               "exchange them");
        return std::nullopt;
    }
    const double mean = low + (high - low) * *alpha / (*alpha + *beta);
    return DistributionText{
        sampling::Beta{*alpha, *beta, low, high}, low, mean, high};
}

Result read_discrete(TableReader& table)
{
    const std::vector<double> values = table.reals("values", Need::required);
    std::vector<double> weights = table.reals("weights", Need::required);
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    const bool fits = !values.empty() && values.size() == weights.size() &&
                      std::all_of(weights.begin(), weights.end(), [](double w) {
                          return w > 0.0;
                      });
    if (!fits || std::adjacent_find(values.begin(),
                                    values.end(),
                                    std::greater_equal<>()) != values.end()) {
        reject(table,
               "discrete needs ascending `values` and as many positive "
               "`weights`",
               "values = [1, 2], weights = [0.3, 0.7]");
        return std::nullopt;
    }
    if (std::abs(sum - 1.0) > 1e-9) {
        reject(table,
               fmt::format("weights sum to {}, not 1", sum),
               "let them sum to 1");
        return std::nullopt;
    }
    return DistributionText{sampling::Discrete{values, weights},
                            values.front(),
                            values[values.size() / 2],
                            values.back()};
}

Result read_empirical(TableReader& table)
{
    const std::vector<double> probability =
        table.reals("probabilities", Need::required);
    const std::vector<double> values = table.reals("values", Need::required);
    const bool fits =
        probability.size() >= 2 && probability.size() == values.size() &&
        probability.front() == 0.0 && probability.back() == 1.0 &&
        std::adjacent_find(probability.begin(),
                           probability.end(),
                           std::greater_equal<>()) == probability.end() &&
        std::is_sorted(values.begin(), values.end());
    if (!fits) {
        reject(table,
               "empirical needs `probabilities` ascending from 0 to 1 and as "
               "many ascending `values`",
               "probabilities = [0, 0.5, 1], values = [1, 2, 5]");
        return std::nullopt;
    }
    return DistributionText{sampling::Empirical{probability, values},
                            values.front(),
                            values[values.size() / 2],
                            values.back()};
}

struct Form
{
    const char* name;
    Result (*read)(TableReader&);
};

constexpr Form forms[] = {{"fixed", read_fixed_number},
                          {"uniform", read_uniform},
                          {"triangular", read_triangular},
                          {"normal", read_normal},
                          {"truncated_normal", read_truncated_normal},
                          {"lognormal", read_lognormal},
                          {"beta", read_beta},
                          {"pert", read_pert},
                          {"beta_pert", read_pert},
                          {"discrete", read_discrete},
                          {"empirical", read_empirical}};

}  // namespace

std::optional<DistributionText> read_distribution(TableReader& table)
{
    const std::optional<Entry> given =
        table.find("distribution", Need::optional);
    const std::string name =
        given ? table.text("distribution", Need::required).value_or("")
              : "fixed";
    std::vector<std::string> known;
    for (const Form& form : forms) {
        if (name == form.name) {
            return form.read(table);
        }
        known.emplace_back(form.name);
    }
    table.accept_rest();
    if (given->node->is_string()) {
        table.reject(
            *given,
            fmt::format("\"{}\" is not a distribution", printable(name)),
            suggest(name, known));
    }
    return std::nullopt;
}

}  // namespace hepta::config
