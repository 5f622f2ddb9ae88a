#include "axis_choice.hpp"

#include "axis.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace hepta::statistics {
namespace {

constexpr std::size_t most_intervals = 128;
/// Deltas that are tried, as powers of two of the range: from linear to a
/// clump of 10^-12 of it.
constexpr std::array delta_exponents = {
    2, -1, -3, -5, -7, -10, -13, -17, -22, -28, -36};
/// One term is taken if it is as even as this; 8 values an interval leave 1.2
/// even to a perfect one.
constexpr float even_enough = 2.5F;
/// A further round must lessen the unevenness to this part of it.
constexpr float worthwhile = 0.98F;

/// Quantiles of the values, ties left out. Steps of rank are equal but for the
/// first and the last, which are cut in two: 1 % and 99 % lie beside them. Of
/// fewer than 256 values, as many steps as leave each two: one is never even,
/// and all mixes would be tried in vain.
struct Knots
{
    std::array<double, most_intervals + 1> x{};
    std::array<double, most_intervals> part{};  // of the values, in each
    std::size_t n_intervals = 0;
};

Knots knots_of(const SortedValues& values)
{
    constexpr double values_per_step = 2.0;
    const double n_steps = std::clamp(
        std::floor(static_cast<double>(values.size()) / values_per_step) - 2.0,
        6.0,
        double{most_intervals - 2});
    const auto last = static_cast<double>(values.size() - 1);
    Knots knots;
    knots.x[0] = values.front();
    double last_rank = 0.0;
    const auto add = [&](double step) {
        const double rank = std::nearbyint(step / n_steps * last);
        const double x = values[static_cast<std::size_t>(rank)];
        if (x > knots.x[knots.n_intervals]) {
            knots.part[knots.n_intervals] = (rank - last_rank) / last;
            knots.x[++knots.n_intervals] = x;
        }
        last_rank = rank;
    };
    add(0.5);
    for (double step = 1.0; step < n_steps; ++step) {
        add(step);
    }
    add(n_steps - 0.5);
    add(n_steps);
    return knots;
}

/// The middle of the shortest stretch of a sixteenth of all intervals, among
/// intervals [begin, end).
double densest_spot(const Knots& knots, std::size_t begin, std::size_t end)
{
    const std::size_t n =
        std::min(std::max<std::size_t>(knots.n_intervals / 16, 1), end - begin);
    std::size_t best = begin;
    for (std::size_t i = begin; i + n <= end; ++i) {
        if (knots.x[i + n] - knots.x[i] < knots.x[best + n] - knots.x[best]) {
            best = i;
        }
    }
    return knots.x[best + n / 2];
}

/// One term that may be chosen, and how many of its bins an interval of the
/// knots gets a value, as a multiple of the mean (1 where there is no
/// interval).
struct Candidate
{
    double origin = 0.0, delta = 1.0;
    std::array<float, most_intervals> density{};
};

using Candidates = std::vector<Candidate>;

void add_origin(Candidates& candidates, const Knots& knots, double origin)
{
    const std::size_t n = knots.n_intervals;
    const double range = knots.x[n] - knots.x[0];
    for (const int exponent : delta_exponents) {
        Candidate& c = candidates.emplace_back();
        c.origin = origin;
        c.delta = std::ldexp(range, exponent);
        std::array<double, most_intervals + 1> t{};
        for (std::size_t i = 0; i <= n; ++i) {
            t[i] = axis_term(knots.x[i], origin, c.delta);
        }
        const double per_t = t[n] > t[0] ? 1.0 / (t[n] - t[0]) : 0.0;
        c.density.fill(1.0F);
        for (std::size_t i = 0; i < n; ++i) {
            c.density[i] =
                static_cast<float>((t[i + 1] - t[i]) * per_t / knots.part[i]);
        }
    }
}

/// A sum of terms.
struct Mix
{
    struct Part
    {
        std::size_t candidate = 0;
        float weight = 0.0F;  // of the bins; they sum to 1
    };
    std::array<Part, CellPlan::n_terms> parts{};
    std::size_t n_parts = 0;
    std::array<float, most_intervals> density{};
    float unevenness = std::numeric_limits<float>::infinity();
};

/// How unevenly the bins of w a + (1 - w) b are filled: the root of the mean
/// over the intervals of the squared filling; 1 if all are alike.
float unevenness(const float* a, float w, const float* b)
{
    // A bin that holds more than one interval holds at most all of them.
    constexpr float least = 1.0F / 1024;
    constexpr std::size_t n_lanes = 8;
    std::array<float, n_lanes> sums{};
    for (std::size_t i = 0; i < most_intervals; i += n_lanes) {
        for (std::size_t lane = 0; lane < n_lanes; ++lane) {
            const float f = w * a[i + lane] + (1.0F - w) * b[i + lane] + least;
            sums[lane] += 1.0F / (f * f);
        }
    }
    float sum = 0.0F;
    for (const float s : sums) {
        sum += s;
    }
    return std::sqrt(sum / most_intervals);
}

Mix without_part(const Mix& mix, std::size_t part, const Candidates& from)
{
    Mix rest;
    for (std::size_t i = 0; i < mix.n_parts; ++i) {
        if (i != part) {
            rest.parts[rest.n_parts++] = mix.parts[i];
        }
    }
    const float kept = 1.0F - mix.parts[part].weight;
    for (std::size_t i = 0; i < rest.n_parts; ++i) {
        rest.parts[i].weight /= kept;
        for (std::size_t j = 0; j < most_intervals; ++j) {
            rest.density[j] +=
                rest.parts[i].weight * from[rest.parts[i].candidate].density[j];
        }
    }
    return rest;
}

/// `mix` and the one further term that makes it least uneven, if this is better
/// than `best`.
void add_best_part(const Mix& mix, const Candidates& from, Mix& best)
{
    constexpr float beside_others[] = {0.25F, 0.5F, 0.75F};
    constexpr float alone[] = {1.0F};
    const std::span<const float> weights =
        mix.n_parts == 0 ? std::span<const float>(alone) : beside_others;
    Mix::Part added;
    float least = best.unevenness;
    for (std::size_t k = 0; k < from.size(); ++k) {
        for (const float w : weights) {
            const float u =
                unevenness(from[k].density.data(), w, mix.density.data());
            if (u < least) {
                least = u;
                added = {k, w};
            }
        }
    }
    if (least == best.unevenness) {
        return;
    }
    best = mix;
    best.unevenness = least;
    const float kept = 1.0F - added.weight;
    for (std::size_t i = 0; i < mix.n_parts; ++i) {
        best.parts[i].weight *= kept;
    }
    best.parts[best.n_parts++] = added;
    for (std::size_t j = 0; j < most_intervals; ++j) {
        best.density[j] = added.weight * from[added.candidate].density[j] +
                          kept * mix.density[j];
    }
}

/// The middle of the interval that gets the fewest bins.
double worst_spot(const Mix& mix, const Knots& knots)
{
    std::size_t worst = 0;
    for (std::size_t i = 1; i < knots.n_intervals; ++i) {
        if (mix.density[i] < mix.density[worst]) {
            worst = i;
        }
    }
    return knots.x[worst] + 0.5 * (knots.x[worst + 1] - knots.x[worst]);
}

/// One term if that is even enough, else terms are added, and replaced, one at
/// a time, with origins where bins are most wanting among the candidates.
Mix choose_mix(Candidates& candidates, const Knots& knots)
{
    Mix best;
    add_best_part(Mix{}, candidates, best);
    if (best.unevenness <= even_enough) {
        return best;
    }
    for (std::size_t quarter = 0; quarter < 4; ++quarter) {
        const std::size_t begin = quarter * knots.n_intervals / 4;
        const std::size_t end = (quarter + 1) * knots.n_intervals / 4;
        if (begin < end) {
            add_origin(candidates, knots, densest_spot(knots, begin, end));
        }
    }
    for (int round = 0; round < 6 && best.unevenness > even_enough; ++round) {
        const Mix last = best;
        add_origin(candidates, knots, worst_spot(last, knots));
        if (last.n_parts < CellPlan::n_terms) {
            add_best_part(last, candidates, best);
        }
        for (std::size_t i = 0; i < last.n_parts; ++i) {
            add_best_part(without_part(last, i, candidates), candidates, best);
        }
        if (best.unevenness > worthwhile * last.unevenness) {
            break;
        }
    }
    return best;
}

}  // namespace

void choose_axis(CellPlan& plan, const SortedValues& values)
{
    const Knots knots = knots_of(values);
    const double low = values.front();
    const double high = values.back();
    Candidates candidates;
    candidates.reserve(5 * delta_exponents.size());
    for (const double origin : {low,
                                high,
                                knots.x[knots.n_intervals / 2],
                                densest_spot(knots, 0, knots.n_intervals),
                                0.0}) {
        add_origin(candidates, knots, origin);
    }
    const Mix mix = choose_mix(candidates, knots);

    // Few values say little about the range of many.
    const double margin_frac =
        std::clamp(1.0 / static_cast<double>(values.size()), 0.03, 0.25);
    const double margin = margin_frac * plan.n_inner;
    plan.offset = bin::first_inner + margin;
    for (std::size_t k = 0; k < mix.n_parts; ++k) {
        const Candidate& c = candidates[mix.parts[k].candidate];
        const double t_low = axis_term(low, c.origin, c.delta);
        const double t_high = axis_term(high, c.origin, c.delta);
        plan.origin[k] = c.origin;
        plan.delta[k] = c.delta;
        plan.bins_per_t[k] = static_cast<double>(mix.parts[k].weight) *
                             (plan.n_inner - 2.0 * margin) / (t_high - t_low);
        plan.offset -= plan.bins_per_t[k] * t_low;
    }
}

}  // namespace hepta::statistics
