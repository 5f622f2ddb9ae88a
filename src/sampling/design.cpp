#include "hepta/sampling/design.hpp"

#include "compile.hpp"
#include "draw.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace hepta::sampling {

struct Design::Impl
{
    DesignSpec spec;
    InstructionSet set;
    CompiledDesign compiled;
};

Design::Design(DesignSpec spec, std::uint64_t seed, InstructionSet set)
{
    CompiledDesign compiled = compile(spec, seed);
    impl_ =
        std::make_unique<Impl>(Impl{std::move(spec), set, std::move(compiled)});
}

Design::~Design() = default;
Design::Design(Design&&) noexcept = default;

void Design::fill_fixed(Tile& inputs) const
{
    assert(inputs.n_rows() >= impl_->spec.n_rows);
    for (const Constant& constant : impl_->compiled.constants) {
        std::fill_n(inputs.row(constant.row), tile_lanes, constant.value);
    }
}

Design::Workspace Design::make_workspace() const
{
    return {Tile(impl_->compiled.score_ids.size())};
}

void Design::draw(std::uint64_t first_sample,
                  Tile& inputs,
                  Workspace& workspace) const
{
    assert(first_sample % tile_lanes == 0);
    assert(inputs.n_rows() >= impl_->spec.n_rows);
    const Plan& plan = impl_->compiled.plan;
    double* scores = workspace.scratch.data();
    if (impl_->set == InstructionSet::avx512) {
        avx512::draw(plan, first_sample, inputs.data(), scores);
    } else {
        avx2::draw(plan, first_sample, inputs.data(), scores);
    }
}

void Design::place_knots(Tile& inputs, Workspace&) const
{
    const Plan& plan = impl_->compiled.plan;
    if (impl_->set == InstructionSet::avx512) {
        avx512::place_knots(plan, inputs.data());
    } else {
        avx2::place_knots(plan, inputs.data());
    }
}

const DesignSpec& Design::spec() const noexcept
{
    return impl_->spec;
}

}  // namespace hepta::sampling
