#include "hepta/model/pipeline.hpp"

#include "project_task.hpp"

#include <algorithm>

namespace hepta::model {

namespace avx2 {
void projects_of_group(const ProjectTask& task);
}
namespace avx512 {
void projects_of_group(const ProjectTask& task);
}

namespace {

ProjectTask task_of(const ProjectSpec& spec,
                    const ProjectLayout& layout,
                    std::uint32_t g,
                    const Tile& inputs,
                    Tile& outputs)
{
    const ProjectGroup& group = spec.groups[g];
    const auto row = [&](Row r) {
        return r == no_row ? nullptr : inputs.row(r);
    };
    ProjectTask task{
        .announced = row(group.announced),
        .operating = row(group.operating),
        .decided = row(group.decided),
        .past_decision = row(group.past_decision),
        .operating_share = row(spec.operating_share),
        .hazard = row(spec.decision_hazard),
        .delay = row(spec.delay),
        .success = row(spec.success),
        .capacity = row(group.capacity),
        .avoided = row(group.avoided),
        .count = outputs.row(layout.count(g, ProjectStage::announced)),
        .first_gap = spec.first_year - group.date,
        .n_years = layout.n_years()};
    if (g < layout.n_sized()) {
        task.capacity_added = outputs.row(layout.capacity(g));
        task.avoided_yearly = outputs.row(layout.avoided(g));
        task.avoided_since = outputs.row(layout.cumulative(g));
    }
    return task;
}

/// Add up what the groups avoid.
void add_sums(const ProjectLayout& layout, Tile& outputs)
{
    const std::size_t n = std::size_t{layout.n_years()} * tile_lanes;
    const auto add = [&](auto row_of) {
        double* sum = outputs.row(row_of(layout.n_sized()));
        std::fill_n(sum, n, 0.0);
        for (std::uint32_t g = 0; g < layout.n_sized(); ++g) {
            const double* part = outputs.row(row_of(g));
            for (std::size_t i = 0; i < n; ++i) {
                sum[i] += part[i];
            }
        }
    };
    add([&](std::uint32_t g) { return layout.avoided(g); });
    add([&](std::uint32_t g) { return layout.cumulative(g); });
}

}  // namespace

ProjectLayout::ProjectLayout(const ProjectSpec& spec)
    : n_groups_(static_cast<std::uint32_t>(spec.groups.size())),
      n_years_(static_cast<std::uint32_t>(
          std::max(spec.last_year - spec.first_year + 1, 0))),
      n_sized_(static_cast<std::uint32_t>(std::count_if(
          spec.groups.begin(),
          spec.groups.end(),
          [](const ProjectGroup& group) { return group.capacity != no_row; })))
{
}

void project_pipeline(InstructionSet set,
                      const ProjectSpec& spec,
                      const Tile& inputs,
                      Tile& outputs)
{
    const ProjectLayout layout(spec);
    const auto run = set == InstructionSet::avx512 ? avx512::projects_of_group
                                                   : avx2::projects_of_group;
    for (std::uint32_t g = 0; g < layout.n_groups(); ++g) {
        run(task_of(spec, layout, g, inputs, outputs));
    }
    if (layout.n_sized() > 0) {
        add_sums(layout, outputs);
    }
}

}  // namespace hepta::model
