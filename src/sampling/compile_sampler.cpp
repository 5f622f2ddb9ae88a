#include "compile_sampler.hpp"

#include "draw.hpp"
#include "hepta/sampling/sobol_points.hpp"
#include "reject.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <iterator>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace hepta::sampling {
namespace {

/// Output of Philox for the counters (first + i, 0, id, purpose): [word][i].
using Words = std::array<std::array<std::uint32_t, philox_batch>, 4>;

class Generator
{
  public:
    Generator(const RoundKeys& keys, InstructionSet set) : keys_(keys)
    {
        words_ = set == InstructionSet::avx512 ? avx512::philox_words
                                               : avx2::philox_words;
    }

    [[nodiscard]] Words operator()(std::uint32_t first,
                                   std::uint32_t id,
                                   Purpose purpose) const
    {
        Words words;
        words_(keys_, first, id, purpose, words.front().data());
        return words;
    }

  private:
    const RoundKeys& keys_;
    decltype(avx2::philox_words)* words_;
};

std::set<std::string> names_of(const DesignSpec& spec)
{
    std::set<std::string> names;
    for (const Input& input : spec.inputs) {
        names.insert(input.name);
    }
    for (const Latent& latent : spec.latents) {
        names.insert(latent.name);
    }
    return names;
}

/// Dimension of each id that is named in the order or drawn.
std::unordered_map<std::uint32_t, std::size_t> dimensions_of(
    const DesignSpec& spec,
    const std::vector<std::string>& order,
    const std::vector<std::uint32_t>& ids)
{
    const std::set<std::string> names = names_of(spec);
    std::unordered_map<std::uint32_t, std::size_t> dimensions;
    for (const std::string& name : order) {
        if (!names.contains(name)) {
            reject("order of inputs: '",
                   name,
                   "' is no input and no latent\n  hint: check its spelling");
        }
        if (!dimensions.emplace(input_id(name), dimensions.size()).second) {
            reject("order of inputs: '", name, "' is given twice");
        }
    }
    const std::unordered_set<std::uint32_t> drawn(ids.begin(), ids.end());
    for (const std::string& name : names) {
        const std::uint32_t id = input_id(name);
        if (drawn.contains(id)) {
            dimensions.emplace(id, dimensions.size());
        }
    }
    return dimensions;
}

/// As SobolTable has it.
std::int64_t half_reversed(std::uint64_t direction)
{
    std::uint64_t reversed = 0;
    for (int bit = 0; bit < 32; ++bit) {
        reversed |= (direction >> (63 - bit) & 1) << bit;
    }
    return static_cast<std::int64_t>(direction << 32 | reversed);
}

std::int64_t pair_of(std::uint32_t low, std::uint32_t high)
{
    return static_cast<std::int64_t>(std::uint64_t{high} << 32 | low);
}

/// Keys [2][period] of one input.
void write_scrambling_keys(const Generator& philox,
                           std::uint32_t id,
                           std::uint32_t n_randomisations,
                           std::size_t period,
                           std::int64_t* keys)
{
    Words words = {};
    for (std::uint32_t i = 0; i < period; ++i) {
        const std::uint32_t r = i % n_randomisations;
        const std::size_t at = r % philox_batch;
        if (at == 0) {
            words = philox(r, id, Purpose::scramble);
        }
        keys[i] = pair_of(words[0][at], words[1][at] | 1);
        keys[period + i] = pair_of(words[2][at], words[3][at] | 1);
    }
}

void add_sobol(const DesignSpec& spec,
               const SamplerPlan& sampler,
               const std::vector<std::uint32_t>& ids,
               const Generator& philox,
               CompiledSampler& out)
{
    const std::uint32_t n = sampler.n_randomisations;
    if (n < 1 || n > 64 || !std::has_single_bit(n)) {
        reject("sampler sobol: ",
               n,
               " randomisations are no power of two in [1, 64]\n  hint: 16");
    }
    const auto dimensions = dimensions_of(spec, sampler.order, ids);
    const std::vector<std::uint64_t> directions =
        direction_numbers(std::min(dimensions.size(), max_sobol_dimensions));

    // In the order of the kernels' walk, so that it is a stream to memory.
    const std::size_t period = std::max<std::size_t>(n, 8);
    const std::size_t n_batches = (ids.size() + sobol_batch - 1) / sobol_batch;
    out.directions =
        AlignedArray<std::int64_t>(n_batches * sobol_directions * sobol_batch);
    out.keys = AlignedArray<std::int64_t>(ids.size() * 2 * period);
    out.keys_by_coordinate.resize(ids.size());
    for (std::size_t c = 0; c < ids.size(); ++c) {
        const std::size_t dimension = dimensions.at(ids[c]);
        if (dimension >= max_sobol_dimensions) {
            ++out.n_padded;
            continue;
        }
        std::int64_t* own = out.directions.data() +
                            c / sobol_batch * sobol_directions * sobol_batch +
                            c % sobol_batch;
        for (std::size_t bit = 0; bit < sobol_directions; ++bit) {
            own[bit * sobol_batch] =
                half_reversed(directions[dimension * sobol_directions + bit]);
        }
        std::int64_t* keys = out.keys.data() + c * 2 * period;
        write_scrambling_keys(philox, ids[c], n, period, keys);
        out.keys_by_coordinate[c] = keys;
    }
    out.table.sobol = {out.directions.data(),
                       out.keys_by_coordinate.data(),
                       static_cast<std::uint32_t>(std::countr_zero(n)),
                       period};
}

void add_lhs(const SamplerPlan& sampler,
             const std::vector<std::uint32_t>& ids,
             const Generator& philox,
             CompiledSampler& out)
{
    const std::uint64_t n = sampler.n_samples;
    if (n < 1 || n > std::uint64_t{1} << 48) {
        reject("sampler lhs: ",
               n,
               " samples are outside [1, 2^48]\n  hint: a Latin hypercube is "
               "made for one number of samples, which must be given");
    }
    out.keys = AlignedArray<std::int64_t>(ids.size() * lhs_key_words);
    for (std::size_t c = 0; c < ids.size(); ++c) {
        const Words words = philox(0, ids[c], Purpose::permute);
        std::int64_t* keys = out.keys.data() + c * lhs_key_words;
        for (std::size_t i = 0; i < 6; ++i) {
            keys[i] = words[i % 4][i / 4];
        }
        const std::uint64_t rotation =
            std::uint64_t{words[3][1]} << 32 | words[2][1];
        keys[6] = static_cast<std::int64_t>(rotation % n);
    }
    const auto n_bits = static_cast<std::uint32_t>(std::bit_width(n - 1));
    out.table.lhs = {out.keys.data(), n, n_bits / 2, n_bits - n_bits / 2};
}

}  // namespace

CompiledSampler compile_sampler(const DesignSpec& spec,
                                const SamplerPlan& sampler,
                                const std::vector<std::uint32_t>& ids,
                                const RoundKeys& keys,
                                InstructionSet set)
{
    if (sampler.antithetic && sampler.kind != SamplerKind::mc) {
        reject(
            "antithetic samples go with the sampler mc alone\n  hint: sobol "
            "and lhs are balanced already");
    }
    CompiledSampler out;
    const Generator philox(keys, set);
    switch (sampler.kind) {
        case SamplerKind::mc:
            out.table.method =
                sampler.antithetic ? Method::antithetic : Method::plain;
            break;
        case SamplerKind::sobol:
            out.table.method = Method::sobol;
            add_sobol(spec, sampler, ids, philox, out);
            break;
        case SamplerKind::lhs:
            out.table.method = Method::lhs;
            add_lhs(sampler, ids, philox, out);
            break;
    }
    return out;
}

}  // namespace hepta::sampling
