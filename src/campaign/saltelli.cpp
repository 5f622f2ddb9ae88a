#include "hepta/campaign/saltelli.hpp"

#include "hepta/campaign/side_outputs.hpp"
#include "hepta/core/error.hpp"
#include "simulate_outputs.hpp"
#include "twice_drawn.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <variant>

namespace hepta::campaign {
namespace {

bool is_fixed(const sampling::Input& input)
{
    return std::holds_alternative<sampling::Fixed>(input.distribution);
}

/// Evaluates the matrices at one tile of points after the other.
class Evaluator
{
  public:
    Evaluator(const Engine& engine,
              const sampling::Design& design,
              const std::vector<HeadlineOutput>& outputs,
              const std::vector<InputGroup>& groups,
              PointValues& values)
        : engine_(engine),
          design_(design),
          outputs_(outputs),
          groups_(groups),
          values_(values),
          worker_(engine.make_worker()),
          both_(design.spec().n_rows),
          drawing_(design.make_workspace()),
          n_rows_(design.spec().n_rows / 2)
    {
        design.fill_fixed(both_);
    }

    void evaluate(std::uint64_t first)
    {
        design_.draw(first, both_, drawing_);
        take_all(n_rows_);
        simulate(1, first);
        take_all(0);
        simulate(0, first);
        for (std::size_t g = 0; g < groups_.size(); ++g) {
            take(groups_[g].rows, n_rows_);
            simulate(2 + g, first);
            take(groups_[g].rows, 0);
        }
    }

  private:
    void take_all(std::size_t offset)
    {
        std::copy_n(
            both_.row(offset), n_rows_ * tile_lanes, worker_.inputs.row(0));
    }
    void take(const std::vector<std::uint32_t>& rows, std::size_t offset)
    {
        for (const std::uint32_t row : rows) {
            std::copy_n(
                both_.row(offset + row), tile_lanes, worker_.inputs.row(row));
        }
    }
    void simulate(std::size_t matrix, std::uint64_t first)
    {
        simulate_outputs(
            engine_, worker_, outputs_, [&](std::size_t o, const double* row) {
                values_.put(matrix, o, first, row);
            });
    }

    const Engine& engine_;
    const sampling::Design& design_;
    const std::vector<HeadlineOutput>& outputs_;
    const std::vector<InputGroup>& groups_;
    PointValues& values_;
    Engine::Worker worker_;
    Tile both_;
    sampling::Design::Workspace drawing_;
    std::size_t n_rows_;
};

}  // namespace

void add_knots(const sampling::DesignSpec& design, InputGroup& group)
{
    std::vector<std::uint32_t> knots;
    for (const sampling::PathKnot& knot : design.knots) {
        if (std::find(group.rows.begin(),
                      group.rows.end(),
                      knot.quantile_row) != group.rows.end()) {
            knots.push_back(knot.row);
        }
    }
    group.rows.insert(group.rows.end(), knots.begin(), knots.end());
    std::sort(group.rows.begin(), group.rows.end());
}

std::vector<InputGroup> single_inputs(const sampling::DesignSpec& design)
{
    std::vector<InputGroup> groups;
    for (const sampling::Input& input : design.inputs) {
        if (!is_fixed(input)) {
            groups.push_back({input.name, {input.row}});
            add_knots(design, groups.back());
        }
    }
    return groups;
}

std::vector<InputGroup> groups_of(const sampling::DesignSpec& design,
                                  const model::Spec& model,
                                  const std::vector<std::string>& wanted)
{
    std::map<std::string, InputGroup> known;
    std::set<std::string> moving;
    for (const sampling::Input& input : design.inputs) {
        if (!is_fixed(input)) {
            known[input.group].rows.push_back(input.row);
            known[input.group].name = input.group;
            if (!is_side_input(input, model)) {
                moving.insert(input.group);
            }
        }
    }
    std::vector<InputGroup> groups;
    for (const std::string& name : wanted) {
        const auto input = std::find_if(
            design.inputs.begin(), design.inputs.end(), [&](const auto& i) {
                return i.name == name && !is_fixed(i);
            });
        if (known.contains(name)) {
            groups.push_back(known[name]);
        } else if (input != design.inputs.end()) {
            groups.push_back({name, {input->row}});
        } else {
            std::vector<std::string> names;
            for (const auto& item : known) {
                names.push_back(item.first);
            }
            throw InputError(fmt::format(
                "command line: --group '{}' is no group and no uncertain "
                "input\n  hint: groups are {}",
                name,
                fmt::join(names, ", ")));
        }
    }
    if (wanted.empty()) {
        for (auto& item : known) {
            if (moving.contains(item.first)) {
                groups.push_back(std::move(item.second));
            }
        }
    }
    for (InputGroup& group : groups) {
        add_knots(design, group);
    }
    return groups;
}

std::vector<std::string> correlated_groups(
    const sampling::DesignSpec& design, const std::vector<InputGroup>& groups)
{
    const auto group_of = [&](const std::string& name) -> std::string {
        for (const sampling::Input& input : design.inputs) {
            if (input.name != name) {
                continue;
            }
            for (const InputGroup& group : groups) {
                if (std::binary_search(
                        group.rows.begin(), group.rows.end(), input.row)) {
                    return group.name;
                }
            }
        }
        return {};
    };
    std::map<std::string, std::set<std::string>> linked;
    for (std::size_t b = 0; b < design.blocks.size(); ++b) {
        for (const std::string& member : design.blocks[b].members) {
            linked["block " + std::to_string(b)].insert(group_of(member));
        }
    }
    for (const sampling::FactorLoading& loading : design.loadings) {
        auto& factor = linked["factor " + loading.factor];
        factor.insert(group_of(loading.input));
        factor.insert(group_of(loading.factor));
    }
    std::set<std::string> texts;
    for (auto& item : linked) {
        item.second.erase("");
        if (item.second.size() > 1) {
            texts.insert(fmt::format("{}", fmt::join(item.second, " and ")));
        }
    }
    return {texts.begin(), texts.end()};
}

sampling::DesignSpec doubled(const sampling::DesignSpec& design)
{
    sampling::DesignSpec out = design;
    const std::uint32_t n = design.n_rows;
    out.n_rows = 2 * n;
    for (sampling::Input input : design.inputs) {
        input.name += "'";
        input.row += n;
        out.inputs.push_back(std::move(input));
    }
    for (sampling::Latent latent : design.latents) {
        latent.name += "'";
        out.latents.push_back(std::move(latent));
    }
    for (sampling::CorrelatedBlock block : design.blocks) {
        for (std::string& member : block.members) {
            member += "'";
        }
        out.blocks.push_back(std::move(block));
    }
    for (sampling::FactorLoading loading : design.loadings) {
        loading.input += "'";
        loading.factor += "'";
        out.loadings.push_back(std::move(loading));
    }
    for (sampling::PathKnot knot : design.knots) {
        knot.name += "'";
        knot.quantile_row += n;
        knot.row += n;
        out.knots.push_back(std::move(knot));
    }
    return out;
}

std::vector<statistics::SobolIndices> saltelli_indices(
    const Engine& engine,
    const std::vector<HeadlineOutput>& outputs,
    const std::vector<InputGroup>& groups,
    const SaltelliOptions& options,
    const std::vector<std::string>& order,
    const parallel::Communicator& comm)
{
    check_size(options);
    const sampling::Design design = make_design(doubled(engine.design().spec()),
                                                engine.design().spec(),
                                                options,
                                                order,
                                                engine.instruction_set());
    PointValues values(2 + groups.size(), outputs.size(), options);
    std::vector<Evaluator> evaluators;
    for (int i = 0; i < options.n_threads; ++i) {
        evaluators.emplace_back(engine, design, outputs, groups, values);
    }
    for_each_tile(options, comm, [&](int thread, std::uint64_t first) {
        evaluators[static_cast<std::size_t>(thread)].evaluate(first);
    });
    values.reduce(comm);
    std::vector<statistics::SobolIndices> indices;
    if (!comm.is_root()) {
        return indices;
    }
    for (std::size_t o = 0; o < outputs.size(); ++o) {
        statistics::SaltelliValues all{values.of(0, o), values.of(1, o), {}};
        for (std::size_t g = 0; g < groups.size(); ++g) {
            all.ab.push_back(values.of(2 + g, o));
        }
        indices.push_back(statistics::sobol_indices(
            statistics::in_parts(all, n_batches), options.confidence));
    }
    return indices;
}

}  // namespace hepta::campaign
