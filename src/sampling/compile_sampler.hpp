/// \file
/// Tables of a sampler, as the kernels read them.
#pragma once

#include "hepta/core/instruction_set.hpp"
#include "hepta/core/tile.hpp"
#include "hepta/sampling/design.hpp"
#include "plan.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hepta::sampling {

/// Owner of a sampler's arrays.
struct CompiledSampler
{
    SamplerTable table;
    AlignedArray<std::int64_t> directions, keys;
    std::vector<const std::int64_t*> keys_by_coordinate;
    std::size_t n_padded = 0;
};

/// \param ids  of the inputs and latents that are drawn, by coordinate
/// \throws InputError as the constructor of Design
[[nodiscard]] CompiledSampler compile_sampler(
    const DesignSpec& spec,
    const SamplerPlan& sampler,
    const std::vector<std::uint32_t>& ids,
    const RoundKeys& keys,
    InstructionSet set);

}  // namespace hepta::sampling
