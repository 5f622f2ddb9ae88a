#include "correlations.hpp"

#include "exact_math.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

namespace hepta::config {
namespace {

std::size_t index_of(const std::vector<std::string>& names,
                     const std::string& name)
{
    return static_cast<std::size_t>(
        std::find(names.begin(), names.end(), name) - names.begin());
}

std::pair<std::string, std::string> split_label(const std::string& label)
{
    const std::size_t colon = label.find(':');
    return colon == std::string::npos
               ? std::pair(std::string(), label)
               : std::pair(label.substr(0, colon), label.substr(colon + 1));
}

/// Name of the input, or latent, that a label stands for.
std::string input_of(const std::string& label)
{
    const auto [kind, name] = split_label(label);
    if (kind == "activity") {
        return fmt::format("u:{}/activity", name);
    }
    if (kind == "learning") {
        return fmt::format("component/{}/learning_rate", name);
    }
    if (kind == "diffusion") {
        return label;
    }
    return fmt::format("u:driver/{}", name);
}

/// Name of the innovation of a year, where the label has one.
std::optional<std::string> innovation_of(const std::string& label,
                                         int year,
                                         const Catalogue& catalogue)
{
    const auto [kind, name] = split_label(label);
    if (kind == "activity") {
        return fmt::format("eps:{}/activity/{}", name, year);
    }
    if (kind != "price") {
        return std::nullopt;
    }
    const DriverEntry* driver = find_named(catalogue.drivers, name);
    if (driver == nullptr || driver->numbers.count("volatility") == 0) {
        return std::nullopt;
    }
    return fmt::format("eps:driver/{}/{}", name, year);
}

class CorrelationBuilder
{
  public:
    CorrelationBuilder(const Catalogue& catalogue, sampling::DesignSpec& design)
        : catalogue_(&catalogue), design_(&design)
    {
        for (const sampling::Input& input : design.inputs) {
            named_.insert(input.name);
            if (!std::holds_alternative<sampling::Fixed>(input.distribution)) {
                sampled_.insert(input.name);
            }
        }
    }

    void add_block(const LabelledMatrix& matrix)
    {
        std::vector<std::string> members;
        for (const std::string& label : matrix.labels) {
            members.push_back(input_of(label));
        }
        add(std::move(members), matrix.correlation);
    }

    void add_innovations(const LabelledMatrix& matrix, int year)
    {
        std::vector<std::string> members;
        std::vector<std::size_t> kept;
        for (std::size_t i = 0; i < matrix.labels.size(); ++i) {
            if (auto name =
                    innovation_of(matrix.labels[i], year, *catalogue_)) {
                members.push_back(std::move(*name));
                kept.push_back(i);
            }
        }
        const std::size_t n = matrix.labels.size();
        std::vector<double> correlation;
        for (const std::size_t i : kept) {
            for (const std::size_t j : kept) {
                correlation.push_back(matrix.correlation[i * n + j]);
            }
        }
        if (members.size() > 1) {
            add(std::move(members), std::move(correlation));
        }
    }

    /// z = sqrt(r) z0 + sqrt(1 - r) z_i.
    void add_shared_factor(const SharedFactor& shared)
    {
        const double loading = std::sqrt(shared.rank);
        const std::string& parameter = shared.parameter.name;
        for (const SectorEntry& sector : catalogue_->sectors) {
            for (const TechnologyEntry& technology : sector.technologies) {
                const std::string head = fmt::format(
                    "{}/{}/{}", sector.name, technology.name, parameter);
                const std::string factor =
                    fmt::format("block:{}/{}", parameter, sector.name);
                if (parameter != "energy_input") {
                    load(head, factor, loading);
                    continue;
                }
                for (const NamedNumber& use : technology.energy_input) {
                    load(fmt::format("{}/{}", head, use.name),
                         fmt::format("{}/{}", factor, use.name),
                         loading);
                }
            }
        }
    }

    /// z = r z_factor + sqrt(1 - r^2) z_i, of newcomers.
    void add_newcomer_factor(const NewcomerFactor& newcomer)
    {
        for (const SectorEntry& sector : catalogue_->sectors) {
            for (const TechnologyEntry& technology : sector.technologies) {
                if (technology.numbers.count("seed_share") != 0) {
                    load(fmt::format("{}/{}/{}",
                                     sector.name,
                                     technology.name,
                                     newcomer.parameter.name),
                         input_of(newcomer.factor.name),
                         newcomer.rank);
                }
            }
        }
    }

  private:
    /// Latents are listed once, in order of first use.
    void ensure(const std::string& name)
    {
        if (named_.insert(name).second) {
            design_->latents.push_back({name});
        }
    }

    void add(std::vector<std::string> members, std::vector<double> correlation)
    {
        for (const std::string& member : members) {
            ensure(member);
        }
        design_->blocks.push_back({std::move(members), std::move(correlation)});
    }

    void load(const std::string& input,
              const std::string& factor,
              double loading)
    {
        if (sampled_.count(input) != 0 && loading != 0.0) {
            ensure(factor);
            design_->loadings.push_back({input, factor, loading});
        }
    }

    const Catalogue* catalogue_;
    sampling::DesignSpec* design_;
    std::set<std::string> named_;    ///< inputs and latents so far
    std::set<std::string> sampled_;  ///< inputs that are not fixed
};

}  // namespace

std::vector<LabelledMatrix> connected_blocks(
    const std::vector<CorrelationPair>& pairs)
{
    std::vector<std::string> labels;
    std::vector<std::size_t> part;  // smallest index connected to each label
    const auto place = [&](const std::string& label) {
        const std::size_t i = index_of(labels, label);
        if (i == labels.size()) {
            labels.push_back(label);
            part.push_back(i);
        }
        return i;
    };
    for (const CorrelationPair& pair : pairs) {
        const std::size_t a = part[place(pair.first.name)];
        const std::size_t b = part[place(pair.second.name)];
        std::replace(part.begin(), part.end(), std::max(a, b), std::min(a, b));
    }
    std::vector<LabelledMatrix> blocks;
    for (std::size_t root = 0; root < labels.size(); ++root) {
        LabelledMatrix block;
        for (std::size_t i = root; i < labels.size(); ++i) {
            if (part[i] == root) {
                block.labels.push_back(labels[i]);
            }
        }
        const std::size_t n = block.labels.size();
        if (n < 2) {
            continue;
        }
        block.correlation.assign(n * n, 0.0);
        for (std::size_t i = 0; i < n; ++i) {
            block.correlation[i * n + i] = 1.0;
        }
        for (const CorrelationPair& pair : pairs) {
            const std::size_t i = index_of(block.labels, pair.first.name);
            const std::size_t j = index_of(block.labels, pair.second.name);
            if (i < n && j < n && i != j) {
                const double r = normal_correlation(pair.rank);
                block.correlation[i * n + j] = r;
                block.correlation[j * n + i] = r;
            }
        }
        blocks.push_back(std::move(block));
    }
    return blocks;
}

void add_correlations(const Catalogue& catalogue,
                      int first_year,
                      int last_year,
                      sampling::DesignSpec& design)
{
    CorrelationBuilder builder(catalogue, design);
    const std::vector<LabelledMatrix> blocks =
        connected_blocks(catalogue.correlation_pairs);
    for (const LabelledMatrix& block : blocks) {
        builder.add_block(block);
    }
    for (int year = first_year + 1; year <= last_year; ++year) {
        for (const LabelledMatrix& block : blocks) {
            builder.add_innovations(block, year);
        }
    }
    for (const SharedFactor& shared : catalogue.shared_factors) {
        builder.add_shared_factor(shared);
    }
    for (const NewcomerFactor& newcomer : catalogue.newcomer_factors) {
        builder.add_newcomer_factor(newcomer);
    }
}

}  // namespace hepta::config
