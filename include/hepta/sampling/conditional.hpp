/// \file
/// Draws of some inputs given the values of others.
#pragma once

#include "hepta/core/tile.hpp"
#include "hepta/sampling/design.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace hepta::sampling {

/// The two normal scores of an input that is drawn twice, independently.
struct ScorePair
{
    std::string input;
    std::uint32_t group = 0;  ///< inputs of a group become known together
    std::size_t row = 0;      ///< of the scores: the first draw
    std::size_t again = 0;    ///< the second draw
};

/// From two independent draws z and z' of all scores, a draw of the unknown
/// ones given that the known ones are those of z:
///
///     z'_v + S_vu S_uu^-1 (z_u - z'_u),
///
/// u known, v unknown, S the covariance of the scores. It is exact, needs no
/// draws of its own, and leaves z'_v alone where it depends on nothing known.
/// What a group has in common with others through factors that no input
/// carries is in S. For inputs whose values say less than their scores
/// (discrete ones), it is the scores that are known.
/// Source: Journel (1974), Geostatistics for conditional simulation of ore
/// bodies, Economic Geology 69, 673-687.
///
/// Not for two threads at once.
class ConditionalScores
{
  public:
    ConditionalScores(const DesignSpec& spec,
                      const std::vector<ScorePair>& pairs);

    /// Whether inputs of different groups depend on each other.
    [[nodiscard]] bool is_needed() const noexcept
    {
        return !components_.empty();
    }

    /// Change the second draws of each lane to draws given what is known.
    /// \param known   [group] the lanes in which it is, bit i for lane i
    /// \param scores  all second draws as they were drawn
    void condition(std::span<const std::uint32_t> known, Tile& scores);

  private:
    using Matrix = Eigen::MatrixXd;

    /// Inputs that depend on each other, of at least two groups.
    struct Component
    {
        std::vector<ScorePair> pairs;
        std::vector<std::uint32_t> groups;  ///< ascending
        Matrix covariance;
        /// By which of the groups are known: [unknown x known].
        std::map<std::vector<bool>, Matrix> gains;
    };

    static const Matrix& gain(Component& component,
                              const std::vector<bool>& known);
    static void apply(Component& component,
                      const std::vector<bool>& known,
                      std::uint32_t lanes,
                      Tile& scores);

    std::vector<Component> components_;
};

}  // namespace hepta::sampling
