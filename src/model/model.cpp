#include "hepta/model/model.hpp"

#include "plan.hpp"

#include <utility>

namespace hepta::model {

namespace avx2 {
void prepare(const Plan& plan, const double* inputs, double* workspace);
void begin(const Plan& plan, std::uint32_t scenario, double* workspace);
void advance(const Plan& plan,
             std::uint32_t scenario,
             std::size_t t,
             double* workspace,
             double* outputs);
}  // namespace avx2
namespace avx512 {
void prepare(const Plan& plan, const double* inputs, double* workspace);
void begin(const Plan& plan, std::uint32_t scenario, double* workspace);
void advance(const Plan& plan,
             std::uint32_t scenario,
             std::size_t t,
             double* workspace,
             double* outputs);
}  // namespace avx512

Model::Model(Spec spec, InstructionSet set)
    : spec_(std::move(spec)),
      layout_(spec_),
      plan_(std::make_unique<PlanStorage>(spec_, layout_)),
      set_(set)
{
}

Model::~Model() = default;

Model::Workspace Model::make_workspace() const
{
    return {AlignedArray<double>(plan_->plan().n_rows * tile_lanes)};
}

Tile Model::make_inputs() const
{
    return Tile(spec_.n_rows);
}

Tile Model::make_outputs() const
{
    return Tile(layout_.n_rows());
}

void Model::prepare(const Tile& inputs, Workspace& workspace) const
{
    const auto run =
        set_ == InstructionSet::avx512 ? avx512::prepare : avx2::prepare;
    run(plan_->plan(), inputs.data(), workspace.values.data());
}

void Model::begin(std::uint32_t scenario, Workspace& workspace) const
{
    const auto run =
        set_ == InstructionSet::avx512 ? avx512::begin : avx2::begin;
    run(plan_->plan(), scenario, workspace.values.data());
}

void Model::advance(std::uint32_t scenario,
                    std::size_t t,
                    Workspace& workspace,
                    Tile& outputs) const
{
    const auto run =
        set_ == InstructionSet::avx512 ? avx512::advance : avx2::advance;
    run(plan_->plan(), scenario, t, workspace.values.data(), outputs.data());
}

}  // namespace hepta::model
