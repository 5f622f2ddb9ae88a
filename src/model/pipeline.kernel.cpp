/// \file
/// Projects of one group, one register of samples at a time.
#include "hepta/core/simd.hpp"
#include "hepta/core/tile.hpp"
#include "project_task.hpp"

namespace hepta::model {
namespace HEPTA_ISA {
namespace {

using namespace simd;

/// What a register of samples needs in every year.
struct Group
{
    Vec announced, operating, decided;
    Vec hazard, delay, success;
};

Group load_group(const ProjectTask& task, std::size_t lane)
{
    Group group{load(task.announced + lane),
                {},
                {},
                load(task.hazard + lane),
                load(task.delay + lane),
                load(task.success + lane)};
    if (task.operating != nullptr) {
        group.operating = load(task.operating + lane);
        group.decided = load(task.decided + lane);
    } else {
        const Vec past = load(task.past_decision + lane);
        const Vec share = load(task.operating_share + lane);
        group.operating = share * past;
        group.decided = past - group.operating;
    }
    return group;
}

/// Part of the announced that is decided after a time, in years.
Vec decided_after(const Group& group, Vec time)
{
    return set(1.0) - exp(set(0.0) - group.hazard * time);
}

/// Projects in operation `gap` years after the count; the counts are stored.
Vec count_year(const Group& group, double gap, double* count, std::size_t pitch)
{
    const Vec time = set(gap);
    const Vec decided = group.announced * decided_after(group, time);
    const Vec late = decided_after(group, max(set(0.0), time - group.delay));
    const Vec due = fma(group.announced,
                        late,
                        group.decided * min(set(1.0), time / group.delay));
    const Vec started = group.success * due;
    const Vec operating = group.operating + started;
    store(count, group.announced - decided);
    store(count + pitch, group.operating + group.decided + decided);
    store(count + 2 * pitch, group.decided + decided - due);
    store(count + 3 * pitch, operating);
    store(count + 4 * pitch, due - started);
    return started;
}

}  // namespace

void projects_of_group(const ProjectTask& task)
{
    const std::size_t pitch = task.n_years * tile_lanes;
    for (std::size_t lane = 0; lane < tile_lanes; lane += width) {
        const Group group = load_group(task, lane);
        Vec sum = set(0.0), last = set(0.0);
        for (std::uint32_t t = 0; t < task.n_years; ++t) {
            const std::size_t at = t * tile_lanes + lane;
            const double gap = task.first_gap + static_cast<double>(t);
            const Vec started = count_year(group, gap, task.count + at, pitch);
            if (task.capacity == nullptr) {
                continue;
            }
            const Vec capacity = started * load(task.capacity + lane);
            const Vec avoided = capacity * load(task.avoided + lane);
            const double step = t == 0 ? task.first_gap : 1.0;
            sum = fma(set(0.5 * step), last + avoided, sum);
            last = avoided;
            store(task.capacity_added + at, capacity);
            store(task.avoided_yearly + at, avoided);
            store(task.avoided_since + at, sum);
        }
    }
}

}  // namespace HEPTA_ISA
}  // namespace hepta::model
