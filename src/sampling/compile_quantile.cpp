#include "compile_quantile.hpp"

#include "hepta/core/error.hpp"
#include "quantile_at.hpp"
#include "score_table.hpp"

#include <algorithm>
#include <bit>
#include <limits>

namespace hepta::sampling {

struct QuantileCompiler::Visitor
{
    QuantileCompiler& self;
    const std::string& name;

    Quantile operator()(const Fixed&) const { return {}; }

    Quantile operator()(const Uniform& d) const
    {
        return {.shape = Shape::uniform,
                .a = d.low,
                .b = d.high - d.low,
                .c = d.high};
    }

    Quantile operator()(const Triangular& d) const
    {
        return {.shape = Shape::triangular,
                .a = d.low,
                .b = d.high,
                .c = d.high - d.low,
                .d = d.mode - d.low,
                .e = d.high - d.mode};
    }

    Quantile operator()(const Normal& d) const
    {
        return {.shape = Shape::normal, .a = d.mean, .b = d.sd};
    }

    Quantile operator()(const Lognormal& d) const
    {
        return {.shape = Shape::lognormal,
                .a = d.median,
                .b = d.sigma_low,
                .c = d.sigma_high};
    }

    Quantile operator()(const TruncatedNormal& d) const
    {
        const double a = (d.low - d.mean) / d.sd;
        const double b = (d.high - d.mean) / d.sd;
        return tabulated(
            TruncatedNormal{0.0, 1.0, a, b}, {0.0, a, b}, d.mean, d.sd, d);
    }

    Quantile operator()(const Beta& d) const
    {
        return tabulated(Beta{d.alpha, d.beta, 0.0, 1.0},
                         {1.0, d.alpha, d.beta},
                         d.low,
                         d.high - d.low,
                         d);
    }

    template <class Bounded>
    Quantile tabulated(const Distribution& standard,
                       const std::array<double, 3>& key,
                       double offset,
                       double scale,
                       const Bounded& bounds) const
    {
        const Table table = self.tabulate_once(name, standard, key);
        return {.shape = Shape::tabulated,
                .n = table.n,
                .a = offset,
                .b = scale,
                .c = bounds.low,
                .d = bounds.high,
                .e = table.n / (2.0 * score_limit),
                .table = table.data};
    }

    Quantile operator()(const Discrete& d) const
    {
        const std::size_t n = std::bit_ceil(d.value.size());
        std::vector<double> columns(2 * n,
                                    std::numeric_limits<double>::infinity());
        double cumulative = 0.0;
        for (std::size_t i = 0; i + 1 < d.value.size(); ++i) {
            cumulative += d.weight[i];
            columns[i] = cumulative;
        }
        std::copy(d.value.begin(), d.value.end(), columns.begin() + offset(n));
        const Table table = self.add(columns, n);
        return {.shape = Shape::discrete, .n = table.n, .table = table.data};
    }

    Quantile operator()(const Empirical& d) const
    {
        const std::size_t n_segments = d.value.size() - 1;
        const std::size_t n = std::bit_ceil(n_segments);
        std::vector<double> columns(4 * n,
                                    std::numeric_limits<double>::infinity());
        for (std::size_t i = 0; i < n_segments; ++i) {
            if (i > 0) {
                columns[i - 1] = d.probability[i];
            }
            columns[n + i] = d.probability[i];
            columns[2 * n + i] = d.value[i];
            columns[3 * n + i] = (d.value[i + 1] - d.value[i]) /
                                 (d.probability[i + 1] - d.probability[i]);
        }
        const Table table = self.add(columns, n);
        return {.shape = Shape::empirical, .n = table.n, .table = table.data};
    }

    static std::ptrdiff_t offset(std::size_t n)
    {
        return static_cast<std::ptrdiff_t>(n);
    }
};

Quantile QuantileCompiler::compile(const std::string& name,
                                   const Distribution& distribution)
{
    if (const std::string problem = problem_of(distribution);
        !problem.empty()) {
        throw InputError(name + ": " + problem);
    }
    return std::visit(Visitor{*this, name}, distribution);
}

QuantileCompiler::Table QuantileCompiler::add(const std::vector<double>& values,
                                              std::size_t n)
{
    AlignedArray<double>& table = tables_.emplace_back(values.size());
    std::copy(values.begin(), values.end(), table.data());
    return {table.data(), static_cast<std::uint32_t>(n)};
}

QuantileCompiler::Table QuantileCompiler::tabulate_once(
    const std::string& name,
    const Distribution& standard,
    const std::array<double, 3>& key)
{
    if (const auto found = tabulated_.find(key); found != tabulated_.end()) {
        return found->second;
    }
    const std::optional<ScoreTable> table = tabulate(standard);
    if (!table) {
        throw InputError(name +
                         ": the distribution is too close to a few points to "
                         "tabulate\n  hint: give its values as discrete");
    }
    return tabulated_[key] = add(table->coefficients, table->n_pieces);
}

}  // namespace hepta::sampling
