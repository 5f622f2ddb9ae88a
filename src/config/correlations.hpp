/// \file
/// Rank correlations of the files as blocks, latents and loadings of a design.
#pragma once

#include "catalogue.hpp"
#include "hepta/sampling/design.hpp"

#include <string>
#include <vector>

namespace hepta::config {

/// A correlation matrix with the labels of its members, as in the files.
struct LabelledMatrix
{
    std::vector<std::string> labels;  ///< in order of first appearance
    std::vector<double> correlation;  ///< of normal scores, row-major
};

/// The connected parts of the pairs; pairs not given are 0.
[[nodiscard]] std::vector<LabelledMatrix> connected_blocks(
    const std::vector<CorrelationPair>& pairs);

/// Add blocks, loadings and latents to a design whose inputs are complete.
/// A member of a block that is no input of the design becomes a latent of the
/// same name, so that the draws of the others do not depend on it.
void add_correlations(const Catalogue& catalogue,
                      int first_year,
                      int last_year,
                      sampling::DesignSpec& design);

}  // namespace hepta::config
