/// \file
/// Names of single numbers of a result, and the datasets of two that match.
#pragma once

#include "hepta/campaign/compare.hpp"
#include "hepta/io/tree.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace hepta::campaign {

/// "/bands/emissions (scenario=stated, year=2050, …)" of element `index`.
[[nodiscard]] std::string place(const io::Group& group,
                                const io::Variable& variable,
                                std::size_t index);

[[nodiscard]] std::string dataset_name(const io::Group& group,
                                       const std::string& variable);

/// Item called `name`, or nullptr.
template <class T>
const T* find_named(const std::vector<T>& items, const std::string& name)
{
    const auto found = std::find_if(
        items.begin(), items.end(), [&](const T& i) { return i.name == name; });
    return found == items.end() ? nullptr : &*found;
}

/// Groups and variables that only one has, and dimensions of `group` whose
/// labels differ, as datasets that differ.
void note_missing(Comparison& comparison, const io::Tree& a, const io::Tree& b);
/// \return false if a label differs, so that cells do not correspond
bool note_labels(Comparison& comparison,
                 const io::Group& a,
                 const io::Group& b);

/// The largest of many differences.
class Largest
{
  public:
    void add(double size, std::size_t index)
    {
        ++n_;
        const auto before =
            std::find_if(found_.begin(), found_.end(), [&](const auto& other) {
                return other.first < size;
            });
        found_.insert(before, {size, index});
        found_.resize(std::min(found_.size(), most));
    }
    [[nodiscard]] std::uint64_t n() const { return n_; }
    [[nodiscard]] const std::vector<std::pair<double, std::size_t>>& found()
        const
    {
        return found_;
    }

  private:
    static constexpr std::size_t most = 3;
    std::vector<std::pair<double, std::size_t>> found_;  // size, index
    std::uint64_t n_ = 0;
};

}  // namespace hepta::campaign
