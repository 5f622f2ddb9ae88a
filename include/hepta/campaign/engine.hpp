/// \file
/// From a sample index to its yearly outputs, a tile at a time.
#pragma once

#include "hepta/campaign/side_outputs.hpp"
#include "hepta/config/run_config.hpp"
#include "hepta/core/instruction_set.hpp"
#include "hepta/core/tile.hpp"
#include "hepta/functions/functions.hpp"
#include "hepta/model/model.hpp"
#include "hepta/sampling/design.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace hepta::campaign {

/// The seed of the pilot that finds the bins: not the run's, so that runs with
/// different seeds count in the same bins and can be compared cell by cell.
inline constexpr std::uint64_t pilot_seed = 0x6865707461;  // "hepta"

/// Samples of the pilot that order the inputs by importance.
inline constexpr std::uint64_t importance_samples = 512;

/// How a configuration wants its samples drawn; the order of inputs is empty.
[[nodiscard]] sampling::SamplerPlan sampler_of(const config::RunConfig& config);

/// Batches or randomisations that intervals are found from; 0 where samples are
/// taken as independent.
[[nodiscard]] std::uint32_t batches_of(const sampling::SamplerPlan& sampler);

/// The sampler and what of it decides which samples there are: "mc",
/// "sobol, 16 randomisations", "lhs of 1000".
[[nodiscard]] std::string design_text(const config::RunConfig& config);

/// The outputs of one year of one scenario of a tile are ready.
using YearSink = std::function<void(
    std::uint32_t scenario, std::size_t year, const Tile& outputs)>;

/// Sampling and model of a run, joined. Immutable and thread-safe; what a
/// thread needs of its own is its Worker.
class Engine
{
  public:
    /// For the sampler `sobol`, the order of the inputs is found first: by the
    /// largest rank correlation with a headline total in the pilot's first
    /// `importance_samples`.
    Engine(const config::RunConfig& config, InstructionSet set);
    /// A test function in the place of the model: one scenario, one year, one
    /// row of outputs. `function` must outlive the engine.
    Engine(const functions::TestFunction& function,
           const sampling::SamplerPlan& sampler,
           std::uint64_t seed,
           InstructionSet set);

    struct Worker
    {
        Tile inputs;
        Tile outputs;
        model::Model::Workspace state;  ///< empty for a test function
        sampling::Design::Workspace drawing;
        Tile side;
    };
    [[nodiscard]] Worker make_worker() const;
    [[nodiscard]] std::vector<Worker> make_workers(int n) const;

    /// Draw the samples first_sample ... + tile_lanes - 1 (first_sample a
    /// multiple of tile_lanes) into the worker's inputs.
    void draw(std::uint64_t first_sample, Worker& worker) const;
    /// The same with the pilot's seed. Where the sampler tilts, every other
    /// tile is tilted: bins are wanted where the samples are and where they
    /// weigh.
    void draw_pilot(std::uint64_t first_sample, Worker& worker) const;

    /// Trajectories of the inputs in the worker; every scenario, the baseline
    /// first, every year in order.
    void simulate(Worker& worker, const YearSink& sink) const;

    /// Side outputs of the inputs in the worker, into its tile `side`.
    void evaluate_side(Worker& worker) const
    {
        side_.evaluate(set_, worker.inputs, worker.side);
    }
    [[nodiscard]] const SideOutputs& side() const noexcept { return side_; }

    /// Not for an engine of a test function.
    [[nodiscard]] const model::Model& model() const { return model_.value(); }
    [[nodiscard]] const sampling::Design& design() const { return *design_; }
    /// How the samples are drawn, the order of the inputs included.
    [[nodiscard]] const sampling::SamplerPlan& sampler() const noexcept
    {
        return sampler_;
    }
    /// Do samples differ in weight?
    [[nodiscard]] bool is_weighted() const noexcept
    {
        return !sampler_.tilts.empty();
    }
    [[nodiscard]] InstructionSet instruction_set() const noexcept
    {
        return set_;
    }

  private:
    void make_tilted_pilot();

    InstructionSet set_;
    sampling::SamplerPlan sampler_;
    sampling::Design pilot_design_;
    std::optional<sampling::Design> tilted_pilot_;
    std::optional<sampling::Design> design_;
    std::optional<model::Model> model_;
    SideOutputs side_;
    const functions::TestFunction* function_ = nullptr;
};

/// Inputs of a configuration, the most important first: factors of several
/// inputs, then by the largest rank correlation with a headline total in the
/// pilot's first `importance_samples`.
[[nodiscard]] std::vector<std::string> importance_order(
    const Engine& engine, const config::RunConfig& config);

}  // namespace hepta::campaign
