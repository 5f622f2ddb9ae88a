#include "resolved_json.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <map>

namespace hepta::config {
namespace {

using nlohmann::json;

struct DistributionJson
{
    json operator()(const sampling::Fixed& d) const
    {
        return {{"kind", "fixed"}, {"value", d.value}};
    }
    json operator()(const sampling::Uniform& d) const
    {
        return {{"kind", "uniform"}, {"low", d.low}, {"high", d.high}};
    }
    json operator()(const sampling::Triangular& d) const
    {
        return {{"kind", "triangular"},
                {"low", d.low},
                {"mode", d.mode},
                {"high", d.high}};
    }
    json operator()(const sampling::Normal& d) const
    {
        return {{"kind", "normal"}, {"mean", d.mean}, {"sd", d.sd}};
    }
    /// JSON has no infinity: a bound that is none is left out.
    json operator()(const sampling::TruncatedNormal& d) const
    {
        json text = {
            {"kind", "truncated_normal"}, {"mean", d.mean}, {"sd", d.sd}};
        if (std::isfinite(d.low)) {
            text["low"] = d.low;
        }
        if (std::isfinite(d.high)) {
            text["high"] = d.high;
        }
        return text;
    }
    json operator()(const sampling::Lognormal& d) const
    {
        return {{"kind", "lognormal"},
                {"median", d.median},
                {"sigma_low", d.sigma_low},
                {"sigma_high", d.sigma_high}};
    }
    json operator()(const sampling::Beta& d) const
    {
        return {{"kind", "beta"},
                {"alpha", d.alpha},
                {"beta", d.beta},
                {"low", d.low},
                {"high", d.high}};
    }
    json operator()(const sampling::Discrete& d) const
    {
        return {
            {"kind", "discrete"}, {"values", d.value}, {"weights", d.weight}};
    }
    json operator()(const sampling::Empirical& d) const
    {
        return {{"kind", "empirical"},
                {"probabilities", d.probability},
                {"values", d.value}};
    }
};

json input_json(const sampling::Input& input)
{
    json text = {
        {"name", input.name},
        {"id", sampling::input_id(input.name)},
        {"row", input.row},
        {"distribution", std::visit(DistributionJson{}, input.distribution)},
        {"unit", input.unit},
        {"source", input.source},
        {"group", input.group}};
    if (!input.description.empty()) {
        text["description"] = input.description;
    }
    return text;
}

json knots_json(const sampling::DesignSpec& design)
{
    std::map<std::uint32_t, std::string> names;
    for (const sampling::Input& input : design.inputs) {
        names[input.row] = input.name;
    }
    json list = json::array();
    for (const sampling::PathKnot& knot : design.knots) {
        list.push_back({{"name", knot.name},
                        {"row", knot.row},
                        {"quantile", names.at(knot.quantile_row)},
                        {"distribution",
                         std::visit(DistributionJson{}, knot.distribution)},
                        {"unit", knot.unit},
                        {"source", knot.source}});
    }
    return list;
}

}  // namespace

json design_json(const sampling::DesignSpec& design)
{
    json inputs = json::array();
    for (const sampling::Input& input : design.inputs) {
        inputs.push_back(input_json(input));
    }
    json latents = json::array();
    for (const sampling::Latent& latent : design.latents) {
        latents.push_back(
            {{"name", latent.name}, {"id", sampling::input_id(latent.name)}});
    }
    // The yearly blocks share their matrix: each is written once.
    std::map<std::vector<double>, std::size_t> numbers;
    json blocks = json::array(), matrices = json::array();
    for (const sampling::CorrelatedBlock& block : design.blocks) {
        const auto [found, is_new] =
            numbers.emplace(block.correlation, matrices.size());
        if (is_new) {
            matrices.push_back(block.correlation);
        }
        blocks.push_back(
            {{"members", block.members}, {"matrix", found->second}});
    }
    json loadings = json::array();
    for (const sampling::FactorLoading& loading : design.loadings) {
        loadings.push_back({{"input", loading.input},
                            {"factor", loading.factor},
                            {"loading", loading.loading}});
    }
    return {{"inputs", std::move(inputs)},
            {"latents", std::move(latents)},
            {"matrices", std::move(matrices)},
            {"blocks", std::move(blocks)},
            {"loadings", std::move(loadings)},
            {"knots", knots_json(design)},
            {"n_rows", design.n_rows}};
}

}  // namespace hepta::config
