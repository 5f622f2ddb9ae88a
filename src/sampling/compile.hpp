/// \file
/// From a design's description to the plan that the kernels walk.
#pragma once

#include "compile_sampler.hpp"
#include "hepta/core/tile.hpp"
#include "hepta/sampling/design.hpp"
#include "plan.hpp"

#include <cstdint>
#include <vector>

namespace hepta::sampling {

struct Constant
{
    std::uint32_t row = 0;
    double value = 0.0;
};

/// Owner of a plan's arrays.
struct CompiledDesign
{
    Plan plan;
    std::vector<Constant> constants;

    std::vector<Value> draws, correlated, knots;
    std::vector<std::uint32_t> score_ids;
    std::vector<TiltedScore> tilts;
    std::vector<Block> blocks;
    std::vector<Loading> loadings;
    std::vector<KnotGroup> knot_groups;
    std::vector<AlignedArray<double>> tables;
    CompiledSampler sampler;
};

/// \throws InputError as the constructor of Design
[[nodiscard]] CompiledDesign compile(const DesignSpec& spec,
                                     std::uint64_t seed,
                                     const SamplerPlan& sampler,
                                     InstructionSet set);

}  // namespace hepta::sampling
