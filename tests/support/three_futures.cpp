#include "support/three_futures.hpp"

#include "hepta/sampling/distribution.hpp"

#include <fstream>

namespace hepta::tests {

namespace {

nlohmann::json read_data(const std::string& name)
{
    const std::string folder = HEPTA_SOURCE_DIR "/tests/data/three_futures/";
    std::ifstream file(folder + name + ".json");
    return nlohmann::json::parse(file);
}

}  // namespace

config::RunConfig seven_sectors()
{
    return config::load(
        HEPTA_SOURCE_DIR "/configs/seven_sectors.toml",
        {{"scenarios",
          R"(["reference", "stated", "net_zero", "net_zero_prices_only"])"}});
}

std::vector<double> input_rows(const sampling::DesignSpec& design,
                               const std::map<std::string, double>& values)
{
    std::vector<double> rows(design.n_rows, 0.0);
    for (const sampling::Input& input : design.inputs) {
        const auto given = values.find(input.name);
        rows.at(input.row) = given != values.end()
                                 ? given->second
                                 : sampling::central(input.distribution);
    }
    for (const sampling::PathKnot& knot : design.knots) {
        rows.at(knot.row) =
            sampling::quantile(knot.distribution, rows.at(knot.quantile_row));
    }
    return rows;
}

std::vector<std::vector<double>> three_futures(
    const sampling::DesignSpec& design)
{
    std::vector<std::vector<double>> samples;
    for (const nlohmann::json& values : read_data("inputs")) {
        samples.push_back(
            input_rows(design, values.get<std::map<std::string, double>>()));
    }
    return samples;
}

nlohmann::json three_outcomes(const std::string& scenario,
                              const std::string& form)
{
    return read_data(scenario + "_" + form);
}

}  // namespace hepta::tests
