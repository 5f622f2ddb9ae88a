#include "hepta/sampling/conditional.hpp"

#include <Eigen/Cholesky>

#include <algorithm>
#include <bit>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace hepta::sampling {
namespace {

/// Gains kept of a component; all 2^8 sets of eight groups.
constexpr std::size_t most_gains = 256;

/// What an input's score is made of: its factor, or itself.
struct Origin
{
    std::string factor;
    double loading = 1.0;
};

struct Place
{
    std::size_t block = 0;
    std::size_t member = 0;
};

/// Covariances of the scores of a design.
class Covariances
{
  public:
    explicit Covariances(const DesignSpec& spec) : blocks_(spec.blocks)
    {
        for (const FactorLoading& l : spec.loadings) {
            origins_[l.input] = {l.factor, l.loading};
        }
        for (std::size_t b = 0; b < blocks_.size(); ++b) {
            for (std::size_t i = 0; i < blocks_[b].members.size(); ++i) {
                places_[blocks_[b].members[i]] = {b, i};
            }
        }
    }

    /// Inputs of different components are independent.
    [[nodiscard]] std::string component(const std::string& input) const
    {
        const std::string factor = origin(input).factor;
        const auto place = places_.find(factor);
        return place == places_.end()
                   ? "factor " + factor
                   : "block " + std::to_string(place->second.block);
    }

    /// Of two inputs of one component.
    [[nodiscard]] double operator()(const std::string& a,
                                    const std::string& b) const
    {
        if (a == b) {
            return 1.0;
        }
        const Origin of_a = origin(a), of_b = origin(b);
        const double between = of_a.factor == of_b.factor
                                   ? 1.0
                                   : in_block(of_a.factor, of_b.factor);
        return of_a.loading * of_b.loading * between;
    }

  private:
    [[nodiscard]] Origin origin(const std::string& input) const
    {
        const auto found = origins_.find(input);
        return found == origins_.end() ? Origin{input} : found->second;
    }
    [[nodiscard]] double in_block(const std::string& a,
                                  const std::string& b) const
    {
        const Place at = places_.at(a), to = places_.at(b);
        const CorrelatedBlock& block = blocks_[at.block];
        return block.correlation[at.member * block.members.size() + to.member];
    }

    const std::vector<CorrelatedBlock>& blocks_;
    std::unordered_map<std::string, Origin> origins_;
    std::unordered_map<std::string, Place> places_;
};

Eigen::Index index_of(std::size_t i)
{
    return static_cast<Eigen::Index>(i);
}

}  // namespace

ConditionalScores::ConditionalScores(const DesignSpec& spec,
                                     const std::vector<ScorePair>& pairs)
{
    const Covariances covariance(spec);
    std::map<std::string, Component> by_name;
    for (const ScorePair& pair : pairs) {
        by_name[covariance.component(pair.input)].pairs.push_back(pair);
    }
    for (auto& item : by_name) {
        Component& component = item.second;
        const std::vector<ScorePair>& of = component.pairs;
        for (const ScorePair& pair : of) {
            component.groups.push_back(pair.group);
        }
        std::sort(component.groups.begin(), component.groups.end());
        component.groups.erase(
            std::unique(component.groups.begin(), component.groups.end()),
            component.groups.end());
        if (component.groups.size() < 2) {
            continue;
        }
        component.covariance.resize(index_of(of.size()), index_of(of.size()));
        for (std::size_t i = 0; i < of.size(); ++i) {
            for (std::size_t j = 0; j < of.size(); ++j) {
                component.covariance(index_of(i), index_of(j)) =
                    covariance(of[i].input, of[j].input);
            }
        }
        components_.push_back(std::move(component));
    }
}

void ConditionalScores::condition(std::span<const std::uint32_t> known,
                                  Tile& scores)
{
    static_assert(tile_lanes == 32);
    for (Component& component : components_) {
        std::vector<bool> is_known(component.groups.size());
        // lanes that know the same, together
        for (std::uint32_t rest = ~0U; rest != 0;) {
            const int lane = std::countr_zero(rest);
            std::uint32_t lanes = rest;
            for (std::size_t g = 0; g < is_known.size(); ++g) {
                const std::uint32_t where = known[component.groups[g]];
                is_known[g] = (where >> lane & 1U) != 0;
                lanes &= is_known[g] ? where : ~where;
            }
            rest &= ~lanes;
            apply(component, is_known, lanes, scores);
        }
    }
}

const ConditionalScores::Matrix& ConditionalScores::gain(
    Component& component, const std::vector<bool>& known)
{
    const auto found = component.gains.find(known);
    if (found != component.gains.end()) {
        return found->second;
    }
    if (component.gains.size() >= most_gains) {
        component.gains.clear();
    }
    std::vector<Eigen::Index> u, v;
    for (std::size_t i = 0; i < component.pairs.size(); ++i) {
        const auto group = std::lower_bound(component.groups.begin(),
                                            component.groups.end(),
                                            component.pairs[i].group);
        const auto g =
            static_cast<std::size_t>(group - component.groups.begin());
        (known[g] ? u : v).push_back(index_of(i));
    }
    const Matrix& s = component.covariance;
    const Matrix of_known = s(u, u), with_known = s(u, v);
    Matrix gain = of_known.llt().solve(with_known).transpose();
    return component.gains.emplace(known, std::move(gain)).first->second;
}

void ConditionalScores::apply(Component& component,
                              const std::vector<bool>& known,
                              std::uint32_t lanes,
                              Tile& scores)
{
    const auto n_known = std::count(known.begin(), known.end(), true);
    if (n_known == 0 || n_known == index_of(known.size())) {
        return;
    }
    const Matrix& gains = gain(component, known);
    std::vector<const ScorePair*> u, v;
    for (const ScorePair& pair : component.pairs) {
        const auto group = std::lower_bound(
            component.groups.begin(), component.groups.end(), pair.group);
        const auto g =
            static_cast<std::size_t>(group - component.groups.begin());
        (known[g] ? u : v).push_back(&pair);
    }
    for (std::size_t i = 0; i < v.size(); ++i) {
        double shift[tile_lanes] = {};
        for (std::size_t j = 0; j < u.size(); ++j) {
            const double gain = gains(index_of(i), index_of(j));
            const double* z = scores.row(u[j]->row);
            const double* z_again = scores.row(u[j]->again);
            for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
                shift[lane] += gain * (z[lane] - z_again[lane]);
            }
        }
        double* z = scores.row(v[i]->again);
        for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
            if ((lanes >> lane & 1U) != 0) {
                z[lane] += shift[lane];
            }
        }
    }
}

}  // namespace hepta::sampling
