#include "structure.hpp"

#include "hepta/campaign/headline.hpp"
#include "hepta/statistics/variance_split.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace hepta::campaign {
namespace {

constexpr std::size_t fewest_samples = 64;
constexpr std::uint32_t n_classes = 16;

/// One column of an array of /draws; empty if there is no such label.
std::vector<double> column(const io::Group& draws,
                           const std::string& dimension,
                           const std::string& variable,
                           const std::string& label)
{
    const auto& labels =
        std::get<std::vector<std::string>>(draws.dimension(dimension).labels);
    const auto& values =
        std::get<std::vector<double>>(draws.variable(variable).values);
    const auto found = std::find(labels.begin(), labels.end(), label);
    std::vector<double> out;
    if (found != labels.end()) {
        for (auto k = static_cast<std::size_t>(found - labels.begin());
             k < values.size();
             k += labels.size()) {
            out.push_back(values[k]);
        }
    }
    return out;
}

std::string form_input(const config::RunConfig& config)
{
    for (const sampling::Input& input : config.design.inputs) {
        if (input.row == config.model.form_weight) {
            return input.name;
        }
    }
    return {};
}

/// Samples whose output is finite.
void keep_finite(std::vector<double>& x, std::vector<double>& y)
{
    std::size_t n = 0;
    for (std::size_t k = 0; k < y.size(); ++k) {
        if (std::isfinite(y[k])) {
            x[n] = x[k];
            y[n] = y[k];
            ++n;
        }
    }
    x.resize(n);
    y.resize(n);
}

}  // namespace

io::Group make_structure(const io::Group& draws,
                         const config::RunConfig& config,
                         const model::OutputLayout& layout)
{
    const std::vector<double> form =
        column(draws, "input", "inputs", form_input(config));
    std::vector<std::string> names;
    std::vector<double> total, between, within, share;
    for (const HeadlineOutput& output : headline_totals(config, layout)) {
        std::vector<double> y = column(draws, "output", "outputs", output.name);
        std::vector<double> x = form;
        x.resize(y.size());  // a fixed form is one class
        keep_finite(x, y);
        if (y.size() < fewest_samples) {
            return {};
        }
        const auto split = statistics::split_variance(x, y, n_classes);
        names.push_back(output.name);
        total.push_back(split.total);
        between.push_back(split.between);
        within.push_back(split.within);
        share.push_back(split.share);
    }
    io::Group group;
    group.name = "structure";
    group.dimensions = {{"output", names, {{"long_name", "headline total"}}}};
    const auto add = [&](const char* name,
                         std::vector<double>&& values,
                         const char* unit,
                         const char* meaning) {
        group.variables.push_back({name,
                                   {"output"},
                                   std::move(values),
                                   {{"units", unit}, {"long_name", meaning}},
                                   true,
                                   false});
    };
    add("variance", std::move(total), "(Mt CO2e/yr)^2", "variance");
    add("variance_of_form",
        std::move(between),
        "(Mt CO2e/yr)^2",
        "between classes of the weight of the model's forms");
    add("variance_of_numbers",
        std::move(within),
        "(Mt CO2e/yr)^2",
        "within classes of the weight of the model's forms");
    add("share_of_form",
        std::move(share),
        "1",
        "part of the variance due to the form, corrected for chance");
    return group;
}

}  // namespace hepta::campaign
