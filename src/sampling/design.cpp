#include "hepta/sampling/design.hpp"

#include "compile.hpp"
#include "draw.hpp"
#include "reject.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace hepta::sampling {

struct Design::Impl
{
    DesignSpec spec;
    SamplerPlan sampler;
    InstructionSet set;
    CompiledDesign compiled;
};

Design::Design(DesignSpec spec, std::uint64_t seed, InstructionSet set)
    : Design(std::move(spec), seed, set, SamplerPlan{})
{
}

Design::Design(DesignSpec spec,
               std::uint64_t seed,
               InstructionSet set,
               SamplerPlan sampler)
{
    CompiledDesign compiled = compile(spec, seed, sampler, set);
    impl_ = std::make_unique<Impl>(
        Impl{std::move(spec), std::move(sampler), set, std::move(compiled)});
}

namespace {

void check_range(const SamplerPlan& sampler, std::uint64_t first_sample)
{
    if (sampler.kind == SamplerKind::lhs && first_sample >= sampler.n_samples) {
        reject("sample ",
               first_sample,
               " is beyond the Latin hypercube of ",
               sampler.n_samples,
               " samples\n  hint: it cannot be extended; mc and sobol can");
    }
}

std::uint64_t to_fixed_point(double weight)
{
    constexpr double one = 0x1p32, most = 0x1p62;
    return static_cast<std::uint64_t>(
        std::nearbyint(std::min(weight * one, most)));
}

}  // namespace

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
    const std::size_t n_weight_rows = impl_->sampler.tilts.empty() ? 0 : 1;
    Workspace workspace = {
        Tile(impl_->compiled.score_ids.size() + n_weight_rows), {}};
    workspace.weights.fill(weight_of_one);
    return workspace;
}

void Design::draw(std::uint64_t first_sample,
                  Tile& inputs,
                  Workspace& workspace) const
{
    assert(first_sample % tile_lanes == 0);
    assert(inputs.n_rows() >= impl_->spec.n_rows);
    check_range(impl_->sampler, first_sample);
    const Plan& plan = impl_->compiled.plan;
    double* scores = workspace.scratch.data();
    if (impl_->set == InstructionSet::avx512) {
        avx512::draw(plan, first_sample, inputs.data(), scores);
    } else {
        avx2::draw(plan, first_sample, inputs.data(), scores);
    }
    if (plan.tilts.n > 0) {
        const double* weights = workspace.scratch.row(plan.score_ids.n);
        std::transform(weights,
                       weights + tile_lanes,
                       workspace.weights.begin(),
                       to_fixed_point);
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

std::optional<std::size_t> Design::score_row(std::string_view name) const
{
    const std::vector<std::uint32_t>& ids = impl_->compiled.score_ids;
    const auto found = std::find(ids.begin(), ids.end(), input_id(name));
    if (found == ids.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - ids.begin());
}

void Design::place_scores(Tile& inputs, Workspace& workspace) const
{
    const Plan& plan = impl_->compiled.plan;
    const double* scores = workspace.scratch.data();
    if (impl_->set == InstructionSet::avx512) {
        avx512::place_scores(plan, inputs.data(), scores);
    } else {
        avx2::place_scores(plan, inputs.data(), scores);
    }
}

const DesignSpec& Design::spec() const noexcept
{
    return impl_->spec;
}

const SamplerPlan& Design::sampler() const noexcept
{
    return impl_->sampler;
}

std::size_t Design::n_padded() const noexcept
{
    return impl_->compiled.sampler.n_padded;
}

}  // namespace hepta::sampling
