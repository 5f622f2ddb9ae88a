/// \file
/// Inputs that are drawn again while those of some groups stay as they were.
#pragma once

#include "hepta/campaign/saltelli.hpp"
#include "hepta/sampling/conditional.hpp"
#include "hepta/sampling/design.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hepta::campaign {

/// Two draws of all inputs of a tile, and mixtures of them: of the groups that
/// are known the first, of the others the second, drawn given what is known.
class KnownGroups
{
  public:
    /// \param twice  draws the inputs of `single` twice (`doubled`); rows
    ///               after these are one number a group
    KnownGroups(const sampling::DesignSpec& single,
                const sampling::Design& twice,
                const std::vector<InputGroup>& groups);

    void draw(std::uint64_t first_point);

    /// \param known   [group] the lanes in which it is, bit i for lane i
    /// \param inputs  receives all rows of `single`
    void take(const std::vector<std::uint32_t>& known, Tile& inputs);

    /// The group's number of the point; the smallest becomes known first.
    [[nodiscard]] double place_in_order(std::size_t group,
                                        std::size_t lane) const
    {
        return both_.row(2 * n_rows_ + group)[lane];
    }

  private:
    const sampling::Design& twice_;
    const std::vector<InputGroup>& groups_;
    std::size_t n_rows_;
    Tile both_;
    sampling::Design::Workspace drawing_;
    std::vector<double> scores_;  ///< as they were drawn
    sampling::ConditionalScores conditional_;
};

}  // namespace hepta::campaign
