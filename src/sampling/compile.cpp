#include "compile.hpp"

#include "compile_quantile.hpp"
#include "correlation.hpp"
#include "reject.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace hepta::sampling {
namespace {

template <class T>
Array<T> view(const std::vector<T>& values)
{
    return {values.data(), values.size()};
}

RoundKeys round_keys(std::uint64_t seed)
{
    RoundKeys keys;
    auto low = static_cast<std::uint32_t>(seed);
    auto high = static_cast<std::uint32_t>(seed >> 32);
    for (int round = 0; round < 10; ++round) {
        keys.low[round] = low;
        keys.high[round] = high;
        low += 0x9E3779B9u;
        high += 0xBB67AE85u;
    }
    return keys;
}

/// Names that may be drawn, and that no two share an id.
std::unordered_set<std::string> check_names(const DesignSpec& spec)
{
    std::unordered_set<std::string> names;
    for (const Input& input : spec.inputs) {
        if (!names.insert(input.name).second) {
            reject("input '", input.name, "' is given twice");
        }
    }
    for (const Latent& latent : spec.latents) {
        names.insert(latent.name);
    }
    std::unordered_map<std::uint32_t, std::string> owner;
    for (const std::string& name : names) {
        const auto [other, is_new] = owner.emplace(input_id(name), name);
        if (!is_new) {
            reject("inputs '",
                   std::min(name, other->second),
                   "' and '",
                   std::max(name, other->second),
                   "' have the same id, hence would have the same draws\n"
                   "  hint: rename one");
        }
    }
    return names;
}

/// That every row has one writer, and every knot a quantile.
void check_rows(const DesignSpec& spec)
{
    std::vector<const std::string*> writer(spec.n_rows, nullptr);
    const auto claim = [&](std::uint32_t row, const std::string& name) {
        if (row >= spec.n_rows) {
            reject("input '",
                   name,
                   "': row ",
                   row,
                   " is outside [0, ",
                   spec.n_rows,
                   ")");
        }
        if (writer[row] != nullptr) {
            reject("input '",
                   name,
                   "': row ",
                   row,
                   " belongs to '",
                   *writer[row],
                   "'");
        }
        writer[row] = &name;
    };
    for (const Input& input : spec.inputs) {
        claim(input.row, input.name);
    }
    const std::vector<const std::string*> inputs = writer;
    for (const PathKnot& knot : spec.knots) {
        claim(knot.row, knot.name);
        if (knot.quantile_row >= spec.n_rows ||
            inputs[knot.quantile_row] == nullptr) {
            reject("knot '",
                   knot.name,
                   "': no input has its quantile's row ",
                   knot.quantile_row);
        }
    }
}

/// Rows of scores: blocks first, then factors and loaded inputs, then what is
/// tilted besides.
class Scores
{
  public:
    Scores(const DesignSpec& spec,
           const std::vector<Tilt>& tilts,
           const std::unordered_set<std::string>& names,
           CompiledDesign& out)
        : names_(names), out_(out)
    {
        add_blocks(spec);
        add_loadings(spec);
        add_tilts(spec, tilts);
    }

    /// Row of the score of an input, nothing if it is independent.
    [[nodiscard]] const std::uint32_t* find(const std::string& name) const
    {
        const auto found = rows_.find(name);
        return found == rows_.end() ? nullptr : &found->second;
    }

  private:
    std::uint32_t add(const std::string& name, const char* role)
    {
        if (!names_.contains(name)) {
            reject(role,
                   " '",
                   name,
                   "' is no input and no latent\n  hint: check its spelling");
        }
        const auto row = static_cast<std::uint32_t>(out_.score_ids.size());
        if (!rows_.emplace(name, row).second) {
            reject(role,
                   " '",
                   name,
                   "' is correlated twice\n  hint: a name "
                   "stands in one block, or has one loading");
        }
        out_.score_ids.push_back(input_id(name));
        return row;
    }

    void add_blocks(const DesignSpec& spec)
    {
        std::map<std::vector<double>, const double*> factors;
        for (const CorrelatedBlock& block : spec.blocks) {
            const double*& factor = factors[block.correlation];
            if (factor == nullptr) {
                const std::vector<double> packed = factorise(block);
                auto& table = out_.tables.emplace_back(packed.size());
                std::copy(packed.begin(), packed.end(), table.data());
                factor = table.data();
            }
            const auto first =
                static_cast<std::uint32_t>(out_.score_ids.size());
            for (const std::string& member : block.members) {
                add(member, "member of a correlated block");
            }
            out_.blocks.push_back(
                {first,
                 static_cast<std::uint32_t>(block.members.size()),
                 factor});
        }
    }

    void add_loadings(const DesignSpec& spec)
    {
        std::unordered_set<std::string> loaded;
        for (const FactorLoading& l : spec.loadings) {
            if (!(std::abs(l.loading) < 1.0)) {
                reject("loading of '",
                       l.input,
                       "' on '",
                       l.factor,
                       "': ",
                       l.loading,
                       " is outside (-1, 1)");
            }
            add(l.input, "loaded input");
            loaded.insert(l.input);
        }
        for (const FactorLoading& l : spec.loadings) {
            if (loaded.contains(l.factor)) {
                reject("loading of '",
                       l.input,
                       "' on '",
                       l.factor,
                       "': the factor has a loading itself\n  hint: load both "
                       "on one latent");
            }
            const std::uint32_t* factor = find(l.factor);
            out_.loadings.push_back(
                {*find(l.input),
                 factor != nullptr ? *factor : add(l.factor, "factor"),
                 l.loading,
                 std::sqrt(1.0 - l.loading * l.loading)});
        }
    }

    void add_tilts(const DesignSpec& spec, const std::vector<Tilt>& tilts)
    {
        std::map<std::string, double> shifts;
        for (const Tilt& tilt : tilts) {
            if (!(std::abs(tilt.shift) <= 8.0)) {
                reject("tilt of '",
                       tilt.input,
                       "': shift ",
                       tilt.shift,
                       " is outside [-8, 8] standard deviations");
            }
            if (!shifts.emplace(tilt.input, tilt.shift).second) {
                reject("tilt of '", tilt.input, "' is given twice");
            }
        }
        for (const Input& input : spec.inputs) {
            if (std::holds_alternative<Fixed>(input.distribution) &&
                shifts.contains(input.name) && find(input.name) == nullptr) {
                reject("tilt of '", input.name, "': the input is fixed");
            }
        }
        // In order of name, so that sums do not depend on the list's order.
        double sum = 0.0;
        for (const auto& [name, shift] : shifts) {
            const std::uint32_t* score = find(name);
            out_.tilts.push_back(
                {score != nullptr ? *score : add(name, "tilted input"), shift});
            sum += shift * shift;
        }
        out_.plan.half_sum_of_squared_shifts = 0.5 * sum;
    }

    const std::unordered_set<std::string>& names_;
    CompiledDesign& out_;
    std::unordered_map<std::string, std::uint32_t> rows_;
};

/// One shape after another, so that the kernels' branches are foreseeable.
void sort_by_shape(std::vector<Value>& values)
{
    std::stable_sort(
        values.begin(), values.end(), [](const Value& a, const Value& b) {
            return a.quantile.shape < b.quantile.shape;
        });
}

void add_inputs(const DesignSpec& spec,
                const Scores& scores,
                QuantileCompiler& quantiles,
                CompiledDesign& out)
{
    for (const Input& input : spec.inputs) {
        const Quantile quantile =
            quantiles.compile("input '" + input.name + "'", input.distribution);
        if (const auto* fixed = std::get_if<Fixed>(&input.distribution)) {
            out.constants.push_back({input.row, fixed->value});
        } else if (const std::uint32_t* score = scores.find(input.name)) {
            out.correlated.push_back({*score, input.row, quantile});
        } else {
            out.draws.push_back({input_id(input.name), input.row, quantile});
        }
    }
    sort_by_shape(out.draws);
    sort_by_shape(out.correlated);
}

void add_knots(const DesignSpec& spec,
               QuantileCompiler& quantiles,
               CompiledDesign& out)
{
    std::map<std::uint32_t, std::vector<Value>> by_quantile;
    for (const PathKnot& knot : spec.knots) {
        const Quantile quantile =
            quantiles.compile("knot '" + knot.name + "'", knot.distribution);
        if (const auto* fixed = std::get_if<Fixed>(&knot.distribution)) {
            out.constants.push_back({knot.row, fixed->value});
        } else {
            by_quantile[knot.quantile_row].push_back({0, knot.row, quantile});
        }
    }
    for (const auto& [quantile_row, knots] : by_quantile) {
        out.knot_groups.push_back({quantile_row,
                                   static_cast<std::uint32_t>(out.knots.size()),
                                   static_cast<std::uint32_t>(knots.size())});
        out.knots.insert(out.knots.end(), knots.begin(), knots.end());
    }
}

std::vector<std::uint32_t> coordinate_ids(const CompiledDesign& design)
{
    std::vector<std::uint32_t> ids;
    for (const Value& draw : design.draws) {
        ids.push_back(draw.from);
    }
    ids.insert(ids.end(), design.score_ids.begin(), design.score_ids.end());
    return ids;
}

}  // namespace

CompiledDesign compile(const DesignSpec& spec,
                       std::uint64_t seed,
                       const SamplerPlan& sampler,
                       InstructionSet set)
{
    const std::unordered_set<std::string> names = check_names(spec);
    check_rows(spec);

    CompiledDesign out;
    const Scores scores(spec, sampler.tilts, names, out);
    QuantileCompiler quantiles;
    add_inputs(spec, scores, quantiles, out);
    add_knots(spec, quantiles, out);
    for (auto& table : std::move(quantiles).take_tables()) {
        out.tables.push_back(std::move(table));
    }
    out.plan.keys = round_keys(seed);
    out.sampler =
        compile_sampler(spec, sampler, coordinate_ids(out), out.plan.keys, set);
    out.plan.sampler = out.sampler.table;
    out.plan.draws = view(out.draws);
    out.plan.score_ids = view(out.score_ids);
    out.plan.tilts = view(out.tilts);
    out.plan.blocks = view(out.blocks);
    out.plan.loadings = view(out.loadings);
    out.plan.correlated = view(out.correlated);
    out.plan.knot_groups = view(out.knot_groups);
    out.plan.knots = view(out.knots);
    return out;
}

}  // namespace hepta::sampling
