/// \file
/// The model as the engine runs it: tiles of samples, one year at a time.
#pragma once

#include "hepta/core/instruction_set.hpp"
#include "hepta/core/tile.hpp"
#include "hepta/model/output_layout.hpp"
#include "hepta/model/spec.hpp"

#include <cstdint>
#include <memory>

namespace hepta::model {

class PlanStorage;

/// Trajectories of `tile_lanes` samples at once.
///
/// Use: `prepare` a workspace from a tile of inputs, then for each scenario,
/// the baseline first, `begin` and `advance` through the years in order.
/// Thread-safe: all state is in the workspace. Nothing allocates. A lane's
/// outputs depend on its inputs alone, and have the same bits for every
/// instruction set.
class Model
{
  public:
    /// \throws InputError if the spec exceeds the sizes the kernels can hold
    Model(Spec spec, InstructionSet set);
    ~Model();
    Model(const Model&) = delete;
    Model& operator=(const Model&) = delete;

    [[nodiscard]] const Spec& spec() const noexcept { return spec_; }
    [[nodiscard]] const OutputLayout& layout() const noexcept
    {
        return layout_;
    }

    /// Scratch of one thread: a copy of the inputs, and the state.
    struct Workspace
    {
        AlignedArray<double> values;
    };
    [[nodiscard]] Workspace make_workspace() const;
    /// A tile for the inputs, rows as in the spec.
    [[nodiscard]] Tile make_inputs() const;
    /// A tile for the outputs of one year of one scenario.
    [[nodiscard]] Tile make_outputs() const;

    /// What the scenarios of a sample share.
    void prepare(const Tile& inputs, Workspace& workspace) const;
    /// State of the first year of a scenario.
    void begin(std::uint32_t scenario, Workspace& workspace) const;
    /// Outputs of year `t` (offset from the first), and the state of t + 1.
    /// Rows of flows are left as they are in the last year.
    void advance(std::uint32_t scenario,
                 std::size_t t,
                 Workspace& workspace,
                 Tile& outputs) const;

  private:
    Spec spec_;
    OutputLayout layout_;
    std::unique_ptr<PlanStorage> plan_;
    InstructionSet set_;
};

}  // namespace hepta::model
