#include "side_group.hpp"

#include "bands.hpp"
#include "hepta/campaign/cell_statistics.hpp"
#include "hepta/statistics/percentile.hpp"

#include <algorithm>
#include <utility>

namespace hepta::campaign {
namespace {

void add_axis(io::Group& group, const SideAxis& axis)
{
    const bool is_there = std::any_of(
        group.dimensions.begin(),
        group.dimensions.end(),
        [&](const io::Dimension& other) { return other.name == axis.name; });
    if (is_there) {
        return;
    }
    if (!axis.labels.empty()) {
        group.dimensions.push_back({axis.name, axis.labels, {}});
        return;
    }
    std::vector<std::int32_t> years(axis.n_years);
    for (std::size_t t = 0; t < years.size(); ++t) {
        years[t] = axis.first_year + static_cast<std::int32_t>(t);
    }
    group.dimensions.push_back({axis.name,
                                std::move(years),
                                {{"long_name", "calendar year, 1 January"}}});
}

io::Group& group_called(std::vector<io::Group>& groups,
                        const std::string& name,
                        const config::RunConfig& config)
{
    for (io::Group& group : groups) {
        if (group.name == name) {
            return group;
        }
    }
    io::Group& group = groups.emplace_back();
    group.name = name;
    group.attributes = {{"confidence", config.confidence},
                        {"description", "the same in every scenario"}};
    group.dimensions = {percentile_dimension(config), moment_dimension()};
    return group;
}

void add_quantity(io::Group& group,
                  const SideQuantity& quantity,
                  const CellStatistics& statistics_of,
                  std::size_t n_percentiles,
                  std::size_t first_cell)
{
    std::vector<double> value, lower, upper, moment;
    std::vector<statistics::Percentile> found(n_percentiles);
    for (const std::uint32_t row : quantity.rows) {
        statistics_of.percentiles(first_cell + row, found);
        for (const statistics::Percentile& p : found) {
            value.push_back(p.value);
            lower.push_back(p.lower);
            upper.push_back(p.upper);
        }
        moment.resize(moment.size() + n_moments);
        statistics_of.moments(first_cell + row,
                              moment.data() + moment.size() - n_moments);
    }
    std::vector<std::string> dimensions;
    for (const SideAxis& axis : quantity.axes) {
        add_axis(group, axis);
        dimensions.push_back(axis.name);
    }
    const auto add = [&](const char* suffix,
                         const char* last,
                         std::vector<double>&& values,
                         const char* meaning) {
        std::vector<std::string> over = dimensions;
        over.emplace_back(last);
        group.variables.push_back(
            {quantity.name + suffix,
             std::move(over),
             std::move(values),
             {{"units", quantity.unit},
              {"long_name", quantity.long_name + meaning}},
             true,
             true});
    };
    add("", "percentile", std::move(value), "");
    add("_lower", "percentile", std::move(lower), ", lower confidence limit");
    add("_upper", "percentile", std::move(upper), ", upper confidence limit");
    add("_moments", "moment", std::move(moment), ", moments");
}

}  // namespace

std::vector<io::Group> make_side_groups(const State& state,
                                        const config::RunConfig& config,
                                        const SideOutputs& side,
                                        const CellMap& cells)
{
    std::vector<io::Group> groups;
    const CellStatistics statistics_of(
        state, config.percentiles, config.confidence);
    for (const SideQuantity& quantity : side.quantities()) {
        add_quantity(group_called(groups, quantity.group, config),
                     quantity,
                     statistics_of,
                     config.percentiles.size(),
                     cells.first_side_cell());
    }
    return groups;
}

}  // namespace hepta::campaign
