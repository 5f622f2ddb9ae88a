/// \file
/// From a sample index to its yearly outputs, a tile at a time.
#pragma once

#include "hepta/config/run_config.hpp"
#include "hepta/core/instruction_set.hpp"
#include "hepta/core/tile.hpp"
#include "hepta/model/model.hpp"
#include "hepta/sampling/design.hpp"

#include <cstdint>
#include <functional>

namespace hepta::campaign {

/// The seed of the pilot that finds the bins: not the run's, so that runs with
/// different seeds count in the same bins and can be compared cell by cell.
inline constexpr std::uint64_t pilot_seed = 0x6865707461;  // "hepta"

/// The outputs of one year of one scenario of a tile are ready.
using YearSink = std::function<void(
    std::uint32_t scenario, std::size_t year, const Tile& outputs)>;

/// Sampling and model of a run, joined. Immutable and thread-safe; what a
/// thread needs of its own is its Worker.
class Engine
{
  public:
    Engine(const config::RunConfig& config, InstructionSet set);

    struct Worker
    {
        Tile inputs;
        Tile outputs;
        model::Model::Workspace state;
        sampling::Design::Workspace drawing;
    };
    [[nodiscard]] Worker make_worker() const;

    /// Draw the samples first_sample ... + tile_lanes - 1 (first_sample a
    /// multiple of tile_lanes) into the worker's inputs.
    void draw(std::uint64_t first_sample, Worker& worker) const;
    /// The same with the pilot's seed.
    void draw_pilot(std::uint64_t first_sample, Worker& worker) const;

    /// Trajectories of the inputs in the worker; every scenario, the baseline
    /// first, every year in order.
    void simulate(Worker& worker, const YearSink& sink) const;

    [[nodiscard]] const model::Model& model() const noexcept { return model_; }
    [[nodiscard]] const sampling::Design& design() const noexcept
    {
        return design_;
    }
    [[nodiscard]] InstructionSet instruction_set() const noexcept
    {
        return set_;
    }

  private:
    InstructionSet set_;
    sampling::Design design_;
    sampling::Design pilot_design_;
    model::Model model_;
};

}  // namespace hepta::campaign
