#include "hepta/campaign/replay.hpp"

#include "hepta/campaign/engine.hpp"
#include "hepta/campaign/labels.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace hepta::campaign {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value)
{
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

/// Values of a quantity, under the labels of its axes; years as a list.
void add_side(Json& out,
              const SideQuantity& quantity,
              const Tile& side,
              std::size_t lane)
{
    for (std::size_t k = 0; k < quantity.rows.size(); ++k) {
        Json* at = &out;
        std::size_t n = quantity.rows.size();
        bool by_year = false;
        for (const SideAxis& axis : quantity.axes) {
            n /= axis.size();
            if (axis.labels.empty()) {
                by_year = true;
            } else {
                at = &(*at)[axis.labels[k / n % axis.size()]];
            }
        }
        const Json value = number(side.row(quantity.rows[k])[lane]);
        if (by_year) {
            at->push_back(value);
        } else {
            *at = value;
        }
    }
}

}  // namespace

Json replay_json(const config::RunConfig& config,
                 std::uint64_t sample,
                 InstructionSet set)
{
    const Engine engine(config, set);
    const model::Spec& spec = config.model;
    const model::OutputLayout& layout = engine.model().layout();
    const std::size_t lane = sample % tile_lanes;
    Engine::Worker worker = engine.make_worker();
    engine.draw(sample - lane, worker);

    Json out;
    out["sample"] = sample;
    out["seed"] = config.seed;
    out["first_year"] = spec.first_year;
    for (const sampling::Input& input : config.design.inputs) {
        out["inputs"][input.name] = number(worker.inputs.row(input.row)[lane]);
    }
    engine.evaluate_side(worker);
    for (const SideQuantity& quantity : engine.side().quantities()) {
        add_side(
            out[quantity.group][quantity.name], quantity, worker.side, lane);
    }
    const auto n_years = static_cast<std::size_t>(spec.n_years());
    engine.simulate(
        worker,
        [&](std::uint32_t scenario, std::size_t year, const Tile& outputs) {
            Json& of_scenario = out["scenarios"][spec.scenarios[scenario].name];
            for (const model::Metric& metric : layout.metrics()) {
                const auto items = item_labels(metric.kind, spec);
                const auto inner = inner_labels(metric.inner, spec);
                const bool defined = !metric.is_flow || year + 1 < n_years;
                for (std::uint32_t i = 0; i < metric.n_items; ++i) {
                    for (std::uint32_t k = 0; k < metric.n_inner; ++k) {
                        Json& at = of_scenario[metric.name][items[i]];
                        const double value =
                            outputs.row(metric.row(i, k))[lane];
                        (metric.inner.empty() ? at : at[inner[k]])
                            .push_back(defined ? number(value) : Json(nullptr));
                    }
                }
            }
        });
    return out;
}

std::string replay_text(const Json& replay)
{
    std::string out = fmt::format("sample {} of seed {}\n\ninputs\n",
                                  replay["sample"].get<std::uint64_t>(),
                                  replay["seed"].get<std::uint64_t>());
    for (const auto& [name, value] : replay["inputs"].items()) {
        out += fmt::format("  {:<56} {}\n", name, value.dump());
    }
    const int first_year = replay["first_year"].get<int>();
    const auto line = [&](const std::string& name, const Json& years) {
        out += fmt::format("  {:<52}", name);
        for (const Json& value : years) {
            out += value.is_null()
                       ? fmt::format("{:>12}", "-")
                       : fmt::format("{:>12.5g}", value.get<double>());
        }
        out += "\n";
    };
    for (const auto& [scenario, metrics] : replay["scenarios"].items()) {
        for (const auto& [metric, items] : metrics.items()) {
            out += fmt::format("\n{}, {}\n  {:<52}", scenario, metric, "");
            const Json& first = items.begin().value();
            const std::size_t n_years =
                first.is_object() ? first.begin().value().size() : first.size();
            for (std::size_t t = 0; t < n_years; ++t) {
                out += fmt::format("{:>12}", first_year + static_cast<int>(t));
            }
            out += "\n";
            for (const auto& [item, value] : items.items()) {
                if (!value.is_object()) {
                    line(item, value);
                    continue;
                }
                for (const auto& [inner, years] : value.items()) {
                    line(item + ", " + inner, years);
                }
            }
        }
    }
    return out;
}

}  // namespace hepta::campaign
