#include "outputs.hpp"

#include "hepta/core/tile.hpp"
#include "hepta/model/model.hpp"

#include <algorithm>

namespace hepta::tests {

Outputs by_kernels(const model::Spec& spec, const std::vector<double>& input)
{
    const model::Model fast(spec, InstructionSet::avx2);
    Tile inputs = fast.make_inputs();
    for (std::size_t row = 0; row < spec.n_rows; ++row) {
        std::fill_n(inputs.row(row), tile_lanes, input[row]);
    }
    model::Model::Workspace workspace = fast.make_workspace();
    Tile outputs = fast.make_outputs();
    fast.prepare(inputs, workspace);
    reference::Trajectory trajectory(spec.scenarios.size());
    for (std::uint32_t z = 0; z < spec.scenarios.size(); ++z) {
        fast.begin(z, workspace);
        for (int t = 0; t < spec.n_years(); ++t) {
            fast.advance(z, static_cast<std::size_t>(t), workspace, outputs);
            std::vector<double>& row = trajectory[z].emplace_back();
            for (std::size_t k = 0; k < outputs.n_rows(); ++k) {
                row.push_back(outputs.row(k)[0]);
            }
        }
    }
    return {spec, trajectory};
}

}  // namespace hepta::tests
