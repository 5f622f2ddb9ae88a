/// \file
/// Outputs of a sample that no scenario changes and that change no trajectory:
/// announced projects and commitments.
#pragma once

#include "hepta/config/run_config.hpp"
#include "hepta/core/instruction_set.hpp"
#include "hepta/core/tile.hpp"
#include "hepta/model/pipeline.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hepta::campaign {

/// A labelled axis of side outputs.
struct SideAxis
{
    std::string name;
    std::vector<std::string> labels;
    int first_year = 0;  ///< of the axis "year", which has no labels
    std::size_t n_years = 0;

    [[nodiscard]] std::size_t size() const noexcept
    {
        return labels.empty() ? n_years : labels.size();
    }
};

/// A quantity over axes, the last fastest: its rows of the side outputs.
struct SideQuantity
{
    std::string group;  ///< of the result: "pipeline"
    std::string name, unit, long_name;
    std::vector<SideAxis> axes;
    std::vector<std::uint32_t> rows;
};

class SideOutputs
{
  public:
    SideOutputs() = default;
    explicit SideOutputs(const config::RunConfig& config);

    [[nodiscard]] std::uint32_t n_rows() const noexcept { return n_rows_; }
    [[nodiscard]] const std::vector<SideQuantity>& quantities() const noexcept
    {
        return quantities_;
    }

    /// \param inputs   drawn as the run's design says
    /// \param outputs  `n_rows()` rows
    void evaluate(InstructionSet set, const Tile& inputs, Tile& outputs) const;

  private:
    void add_projects(const config::RunConfig& config);
    void add_commitments(const config::RunConfig& config);

    model::ProjectSpec projects_;
    std::vector<config::Commitment> commitments_;
    std::uint32_t first_commitment_row_ = 0;
    std::uint32_t n_rows_ = 0;
    std::vector<SideQuantity> quantities_;
};

/// True for a group of the result that holds side outputs.
[[nodiscard]] bool is_side_group(std::string_view group) noexcept;

/// True for an input that side outputs alone depend on: one of their group
/// that multiplies no lever of a scenario.
[[nodiscard]] bool is_side_input(const sampling::Input& input,
                                 const model::Spec& model) noexcept;

}  // namespace hepta::campaign
