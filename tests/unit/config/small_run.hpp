/// \file
/// A complete run of one sector in one file, to be spoilt by tests.
#pragma once

#include "hepta/config/run_config.hpp"
#include "hepta/core/error.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace hepta::config::testing {

/// A folder of its own, removed at the end.
class Folder
{
  public:
    Folder()
    {
        std::string name =
            (std::filesystem::temp_directory_path() / "hepta_XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) {
            throw std::runtime_error("no temporary folder");
        }
        path_ = name;
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    /// Write a file and return its path.
    std::string write(const std::string& name, const std::string& text) const
    {
        const std::filesystem::path path = path_ / name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << text;
        return path.string();
    }
    [[nodiscard]] std::string path(const std::string& name) const
    {
        return (path_ / name).string();
    }

  private:
    std::filesystem::path path_;
};

/// Two technologies of steel, one of them a newcomer on hydrogen.
inline std::string small_run()
{
    return R"toml(scenarios = ["reference"]
percentiles = [5, 50, 95]

[portfolios]
all = ["steel"]

[budgets]
small = {value = 500, unit = "Gt CO2", source = "s"}

[events]
halved = {metric = "emissions", item = "all", inner = "scope1", year = 2050, below = 0.5, relative_to_first_year = true, unit = "-", source = "s"}

[sources]
book = "A. Author (2020), The book of steel"

[sectors.steel]
activity_unit = "Mt steel"
functional_unit = "t steel"
discount_rate_real = {value = 0.08, unit = "1/yr", source = "s"}
efficiency_improvement = {value = 0.01, unit = "1/yr", source = "s"}
early_retirement_rate = {value = 0.02, unit = "1/yr", source = "s"}
choice_spread = {value = 0.1, unit = "fraction", source = "s"}
demand_price_elasticity = {value = -0.2, unit = "-", source = "s"}
demand_reduction_2050 = {value = 0.1, unit = "fraction", source = "s"}
activity_noise_sd = {value = 0.03, unit = "-", source = "s"}
activity_noise_phi = {value = 0.8, unit = "-", source = "s"}
[sectors.steel.activity]
2019 = {distribution = "normal", low = 1855, central = 1875, high = 1895, unit = "Mt steel", source = "book"}
2020 = {distribution = "normal", low = 1864, central = 1878, high = 1890, unit = "Mt steel", source = "s"}
2050 = {distribution = "triangular", low = 1470, central = 2150, high = 2600, unit = "Mt steel", source = "s"}
[sectors.steel.technologies.blast]
share_2020 = {value = 0.9, unit = "fraction", source = "s"}
max_share_2050 = {value = 1, unit = "fraction", source = "s"}
availability_year = {value = 2020, unit = "calendar year", source = "s"}
diffusion_rate = {distribution = "triangular", low = 0.1, central = 0.15, high = 0.2, unit = "1/yr", source = "s"}
lifetime = {value = 25, unit = "yr", source = "s"}
capex_2020 = {distribution = "lognormal", low = 700, central = 872, high = 1070, unit = "USD2020 per (t steel per yr)", source = "book", confidence = "verified_data"}
opex_non_energy = {value = 124, unit = "USD2020 per t steel", source = "s"}
feedstock_cost = {value = 162, unit = "USD2020 per t steel", source = "s"}
energy_input.coal = {distribution = "triangular", low = 17, central = 19.5, high = 22, unit = "GJ per t steel", source = "s"}
process_ghg = {value = 0.07, unit = "t CO2e per t steel", source = "s"}
capture_rate = {value = 0, unit = "fraction", source = "s"}
[sectors.steel.technologies.hydrogen_route]
share_2020 = {value = 0.1, unit = "fraction", source = "s"}
max_share_2050 = {value = 0.6, unit = "fraction", source = "s"}
availability_year = {value = 2026, unit = "calendar year", source = "s"}
seed_share = {value = 0.001, unit = "fraction", source = "s"}
diffusion_rate = {distribution = "triangular", low = 0.1, central = 0.2, high = 0.4, unit = "1/yr", source = "s"}
lifetime = {value = 25, unit = "yr", source = "s"}
capex_2020 = {distribution = "lognormal", low = 600, central = 700, high = 1050, unit = "USD2020 per (t steel per yr)", source = "s"}
opex_non_energy = {value = 118, unit = "USD2020 per t steel", source = "s"}
feedstock_cost = {value = 165, unit = "USD2020 per t steel", source = "s"}
energy_input.hydrogen = {value = 8.7, unit = "GJ per t steel", source = "s"}
process_ghg = {value = 0.08, unit = "t CO2e per t steel", source = "s"}
capture_rate = {value = 0, unit = "fraction", source = "s"}
capex_component_share.furnace = {value = 0.5, unit = "fraction", source = "s"}
component_intensity.furnace = {value = 1, unit = "component units per activity unit", source = "s"}

[carriers.coal]
driver = "coal"
ef_direct = {value = 0.0946, unit = "t CO2 per GJ", source = "s"}
ef_upstream = {value = 0.0128, unit = "t CO2e per GJ", source = "s"}
price_link = {value = 1, unit = "-", source = "s"}
price_adder = {value = 0.3, unit = "USD2020 per GJ", source = "s"}
grid_fraction = {value = 0, unit = "fraction", source = "s"}
[carriers.power]
driver = "power"
ef_direct = {value = 0, unit = "t CO2 per GJ", source = "s"}
ef_upstream = {value = 0, unit = "t CO2e per GJ", source = "s"}
price_link = {value = 1, unit = "-", source = "s"}
price_adder = {value = 0, unit = "USD2020 per GJ", source = "s"}
grid_fraction = {value = 1, unit = "fraction", source = "s"}
[carriers.hydrogen]
ef_direct = {value = 0, unit = "t CO2 per GJ", source = "s"}
ef_upstream = {value = 0, unit = "t CO2e per GJ", source = "s"}
price_adder = {value = 2, unit = "USD2020 per GJ", source = "s"}
grid_fraction = {value = 0, unit = "fraction", source = "s"}

[converters.cell]
output = "hydrogen"
input = "power"
component = "stack"
capacity_factor = {value = 0.5, unit = "fraction", source = "s"}
fom = {value = 0.04, unit = "fraction of capex per yr", source = "s"}
install_factor = {value = 1.2, unit = "-", source = "s"}
lifetime = {value = 25, unit = "yr", source = "s"}
heating_value = {value = 120, unit = "GJ per t", source = "s"}
specific_energy.2020 = {value = 53000, unit = "kWh per t", source = "s"}

[components.stack]
unit = "GW"
unit_cost = {value = 1400, unit = "USD2020 per kW", source = "s"}
cumulative = {value = 15, unit = "GW", source = "s"}
learning_rate = {distribution = "triangular", low = 0.09, central = 0.16, high = 0.22, unit = "fraction per doubling", source = "s"}
cost_floor_fraction = {value = 0.2, unit = "fraction", source = "s"}
noise_sd = {value = 0.2, unit = "-", source = "s"}
[components.furnace]
unit = "Mt per yr"
cumulative = {value = 2, unit = "Mt per yr", source = "s"}
learning_rate = {distribution = "triangular", low = 0.02, central = 0.06, high = 0.12, unit = "fraction per doubling", source = "s"}
cost_floor_fraction = {value = 0.7, unit = "fraction", source = "s"}
noise_sd = {value = 0.08, unit = "-", source = "s"}
[components.unused]
unit = "Mt per yr"
cumulative = {value = 2, unit = "Mt per yr", source = "s"}
learning_rate = {value = 0.06, unit = "fraction per doubling", source = "s"}
cost_floor_fraction = {value = 0.7, unit = "fraction", source = "s"}
noise_sd = {value = 0.08, unit = "-", source = "s"}

[resources.hydrogen_supply]
unit = "PJ/yr"
limits = "carriers"
carriers = ["hydrogen"]
limit.2020 = {distribution = "triangular", low = 0.5, central = 1, high = 2, unit = "EJ per yr", source = "s"}

[roles]
carbon_price = "tax"
grid_intensity = "grid"
co2_storage_price = "storage"
co2_feedstock_price = "storage"

[drivers.coal]
unit = "USD2020 per GJ"
volatility = {value = 0.25, unit = "1/sqrt(yr)", source = "s"}
mean_reversion = {value = 0.35, unit = "1/yr", source = "s"}
path.central.2020 = {distribution = "lognormal", low = 2, central = 2.5, high = 3, unit = "USD2020 per GJ", source = "s"}
[drivers.power]
unit = "USD2020 per GJ"
path.central.2020 = {distribution = "lognormal", low = 8, central = 12, high = 18, unit = "USD2020 per GJ", source = "s"}
[drivers.tax]
unit = "USD2020 per t CO2"
group = "policy"
path.central.2020 = {distribution = "triangular", low = 0, central = 5, high = 9, unit = "USD2020 per t CO2", source = "s"}
[drivers.grid]
unit = "g CO2 per kWh"
path.central.2020 = {distribution = "triangular", low = 440, central = 459, high = 480, unit = "g CO2 per kWh", source = "s"}
[drivers.storage]
unit = "USD2020 per t CO2"
path.central.2020 = {value = 20, unit = "USD2020 per t CO2", source = "s"}

[correlations]
unit = "-"
source = "s"
pairs = [
    ["price:coal", "price:power", 0.5],
    ["price:power", "activity:steel", 0.3, 0.1, 0.6],
    ["diffusion:push", "price:tax", 0.5],
]
within_sector = [["capex_2020", 0.7]]
newcomers = [["diffusion_rate", "diffusion:push", 0.5]]

[global]
form_weight = {distribution = "uniform", low = 0, high = 1, unit = "-", source = "s"}
learning_noise_rho = {value = 0.19, unit = "-", source = "s"}
learning_noise_persistence = {value = 0.8, unit = "-", source = "s"}
tcre = {distribution = "normal", low = 0.14, central = 0.45, high = 0.76, unit = "K per 1000 Gt CO2", source = "s"}
converter_discount_rate = {value = 0.08, unit = "1/yr", source = "s"}

[scenario.reference]
end_of_new_builds."steel/blast" = {value = 2035, unit = "calendar year", source = "s"}

[reference]
steel.ref_emissions.2020 = {value = 3100, low = 3000, high = 3700, unit = "Mt CO2", source = "book"}
)toml";
}

/// `text` with its only `from` replaced.
inline std::string replaced(std::string text,
                            const std::string& from,
                            const std::string& to)
{
    const std::size_t at = text.find(from);
    if (at == std::string::npos ||
        text.find(from, at + 1) != std::string::npos) {
        throw std::logic_error("not there exactly once: " + from);
    }
    return text.replace(at, from.size(), to);
}

inline RunConfig load_text(const std::string& text,
                           const std::vector<Override>& overrides = {})
{
    const Folder folder;
    return load(folder.write("run.toml", text), overrides);
}

/// The message of the faults of a run, without the path of its folder; empty
/// if there is none.
inline std::string faults_in(const std::string& path,
                             const std::vector<Override>& overrides = {})
{
    try {
        (void)load(path, overrides);
    } catch (const InputError& error) {
        std::string message = error.what();
        const std::string folder =
            std::filesystem::path(path).parent_path().string() + "/";
        for (std::size_t at = message.find(folder); at != std::string::npos;
             at = message.find(folder)) {
            message.erase(at, folder.size());
        }
        return message;
    }
    return "";
}

inline std::string faults_of(const std::string& text,
                             const std::vector<Override>& overrides = {})
{
    const Folder folder;
    return faults_in(folder.write("run.toml", text), overrides);
}

/// Faults of the small run with one text replaced.
inline std::string faults_with(const std::string& from, const std::string& to)
{
    return faults_of(replaced(small_run(), from, to));
}

/// Line of the small run that holds `text`.
inline std::string line_of(const std::string& text)
{
    const std::string run = small_run();
    const auto end = run.begin() + static_cast<std::ptrdiff_t>(run.find(text));
    return std::to_string(1 + std::count(run.begin(), end, '\n'));
}

}  // namespace hepta::config::testing
