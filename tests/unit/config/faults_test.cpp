// What is wrong with an input, said with its place and a remedy.
#include "unit/config/small_run.hpp"

namespace hepta::config {
namespace {

using namespace testing;

struct Fault
{
    const char* name;
    const char* from;  ///< text of the small run
    const char* to;
    const char* message;  ///< part of what is said
    const char* place;    ///< text of the line it is said of; "" for none
};

void PrintTo(const Fault& fault, std::ostream* stream)
{
    *stream << fault.name;
}

class FaultIn : public ::testing::TestWithParam<Fault>
{
};

TEST_P(FaultIn, IsReportedWithItsPlaceAndRemedy)
{
    const Fault& fault = GetParam();
    const std::string text = replaced(small_run(), fault.from, fault.to);

    const std::string message = faults_of(text);

    EXPECT_NE(message.find(fault.message), std::string::npos) << message;
    EXPECT_NE(message.find("\n  hint: "), std::string::npos) << message;
    const std::size_t at = text.find(fault.place);
    ASSERT_NE(at, std::string::npos);
    const auto line =
        1 + std::count(text.begin(),
                       text.begin() + static_cast<std::ptrdiff_t>(at),
                       '\n');
    const std::string place = *fault.place == '\0'
                                  ? std::string("run.toml:")
                                  : "run.toml:" + std::to_string(line) + ":";
    EXPECT_NE(message.find(place), std::string::npos) << message;
}

std::string name_of(const ::testing::TestParamInfo<Fault>& info)
{
    return info.param.name;
}

const Fault numbers[] = {
    {"UnknownKey",
     "lifetime = {value = 25, unit = \"yr\", source = \"s\"}\n"
     "capex_2020 = {distribution = \"lognormal\", low = 700",
     "lifetme = {value = 25, unit = \"yr\", source = \"s\"}\n"
     "capex_2020 = {distribution = \"lognormal\", low = 700",
     "lifetme is not a known key\n  hint: did you mean `lifetime`?",
     "lifetme ="},
    {"MissingKey",
     "choice_spread = {value = 0.1, unit = \"fraction\", source = \"s\"}\n",
     "",
     "sectors.steel.choice_spread is missing\n  hint: add `choice_spread`",
     "[sectors.steel]"},
    {"MissingUnit",
     "choice_spread = {value = 0.1, unit = \"fraction\",",
     "choice_spread = {value = 0.1,",
     "sectors.steel.choice_spread.unit is missing\n  hint: add `unit`: "
     "fraction",
     "choice_spread"},
    {"BareNumber",
     "choice_spread = {value = 0.1, unit = \"fraction\", source = \"s\"}",
     "choice_spread = 0.1",
     "choice_spread has no unit\n  hint: write {value = ..., unit = "
     "\"fraction\", source = \"...\"}",
     "choice_spread"},
    {"MissingSource",
     "choice_spread = {value = 0.1, unit = \"fraction\", source = \"s\"}",
     "choice_spread = {value = 0.1, unit = \"fraction\"}",
     "choice_spread.source is missing",
     "choice_spread"},
    {"WrongUnit",
     "USD2020 per (t steel per yr)\", source = \"book\"",
     "EUR per (t steel per yr)\", source = \"book\"",
     "capex_2020.unit \"EUR per (t steel per yr)\" is not the unit "
     "expected\n  hint: the key is in USD2020 per (t steel per yr)",
     "low = 700"},
    {"NegativeLifetime",
     "lifetime = {value = 25, unit = \"yr\", source = \"s\"}\n"
     "capex_2020 = {distribution = \"lognormal\", low = 700",
     "lifetime = {value = -25, unit = \"yr\", source = \"s\"}\n"
     "capex_2020 = {distribution = \"lognormal\", low = 700",
     "lifetime low -25 yr is outside (0, inf)",
     "lifetime = {value = -25"},
    {"PercentForFraction",
     "max_share_2050 = {value = 0.6",
     "max_share_2050 = {value = 60",
     "max_share_2050 low 60 fraction is outside (0, 1]",
     "max_share_2050 = {value = 60"},
    {"NegativeRate",
     "efficiency_improvement = {value = 0.01",
     "efficiency_improvement = {value = -0.01",
     "is outside [0, 1)",
     "efficiency_improvement"},
    {"YearOutOfRange",
     "availability_year = {value = 2026",
     "availability_year = {value = 202",
     "is outside [1900, 2200]",
     "availability_year = {value = 202,"},
    {"LowAboveHigh",
     "low = 0.1, central = 0.15, high = 0.2",
     "low = 0.3, central = 0.15, high = 0.2",
     "diffusion_rate low 0.3 is above high 0.2",
     "low = 0.3"},
    {"ValueOutsideRange",
     "low = 0.1, central = 0.15, high = 0.2",
     "low = 0.1, central = 0.25, high = 0.2",
     "value 0.25 is outside [low, high] = [0.1, 0.2]",
     "central = 0.25"},
    {"SharesNotSummingToOne",
     "share_2020 = {value = 0.9",
     "share_2020 = {value = 0.8",
     "share_2020 of its technologies sums to 0.9, not 1",
     "[sectors.steel]"},
    {"UncertainShare",
     "share_2020 = {value = 0.9",
     "share_2020 = {distribution = \"uniform\", low = 0.8, high = 1",
     "is uncertain, but shares must sum to 1",
     "share_2020 = {dist"},
    {"ComponentsAboveCapex",
     "capex_component_share.furnace = {value = 0.5",
     "capex_component_share.stack = {value = 0.6, unit = \"fraction\", source "
     "= \"s\"}\ncapex_component_share.furnace = {value = 0.5",
     "capex_component_share sums to 1.1, more than 1",
     ""},
    {"UnknownConfidence",
     "confidence = \"verified_data\"",
     "confidence = \"verified_dta\"",
     "did you mean `verified_data`?",
     "verified_dta"},
    {"NotAYear",
     "limit.2020",
     "limit.soon",
     "resources.hydrogen_supply.limit.soon is not a year",
     "limit.soon"},
    {"NoActivityOf2019",
     "2019 = {distribution = \"normal\", low = 1855, central = 1875, high = "
     "1895, unit = \"Mt steel\", source = \"book\"}\n",
     "",
     "sectors.steel.activity has no 2019",
     "[sectors.steel.activity]"},
    {"OneOfTwoNoiseParameters",
     "volatility = {value = 0.25, unit = \"1/sqrt(yr)\", source = \"s\"}\n",
     "",
     "has one of `volatility` and `mean_reversion`",
     "[drivers.coal]"},
};
INSTANTIATE_TEST_SUITE_P(Numbers,
                         FaultIn,
                         ::testing::ValuesIn(numbers),
                         name_of);

const Fault links[] = {
    {"UnknownCarrier",
     "energy_input.coal",
     "energy_input.cole",
     "refers to carrier `cole`, which is not defined\n  hint: did you mean "
     "`coal`?",
     "energy_input.cole"},
    {"UnknownComponent",
     "capex_component_share.furnace",
     "capex_component_share.furnance",
     "did you mean `furnace`?",
     "capex_component_share.furnance"},
    {"UnknownResource",
     "component_intensity.furnace",
     "resource_input.scrap = {value = 1, unit = \"t scrap per t steel\", "
     "source = \"s\"}\ncomponent_intensity.furnace",
     "refers to resource `scrap`",
     "resource_input.scrap"},
    {"UnknownDriver",
     "carbon_price = \"tax\"",
     "carbon_price = \"taxx\"",
     "roles.carbon_price refers to driver `taxx`, which is not defined\n  "
     "hint: did you mean `tax`?",
     "carbon_price = \"taxx\""},
    {"EmptyName",
     "carbon_price = \"tax\"",
     "carbon_price = \"\"",
     "roles.carbon_price is empty",
     "carbon_price ="},
    {"RoleOfWrongUnit",
     "carbon_price = \"tax\"",
     "carbon_price = \"grid\"",
     "is in g CO2 per kWh\n  hint: the role needs USD2020 per t CO2",
     "carbon_price = \"grid\""},
    {"CarrierWithoutPrice",
     "driver = \"power\"\n",
     "",
     "carriers.power has no price",
     "[carriers.power]"},
    {"UnknownScenario",
     "scenarios = [\"reference\"]",
     "scenarios = [\"refernce\"]",
     "refers to scenario `refernce`, which is not defined\n  hint: did you "
     "mean `reference`?",
     "scenarios ="},
    {"NoScenario",
     "scenarios = [\"reference\"]",
     "scenarios = []",
     "scenarios is empty",
     ""},
    {"UnknownBaseline",
     "scenarios = [\"reference\"]",
     "scenarios = [\"reference\"]\nbaseline = \"stated\"",
     "refers to scenario of the run `stated`",
     "baseline"},
    {"UnknownSectorOfPortfolio",
     "all = [\"steel\"]",
     "all = [\"stel\"]",
     "refers to sector `stel`, which is not defined\n  hint: did you mean "
     "`steel`?",
     "all = "},
    {"PortfolioCalledAsASector",
     "all = [\"steel\"]",
     "all = [\"steel\"]\nsteel = [\"steel\"]",
     "has the name of a sector",
     "steel = [\"steel\"]"},
    {"UnknownTechnologyOfLever",
     "end_of_new_builds.\"steel/blast\"",
     "end_of_new_builds.\"steel/blst\"",
     "did you mean `steel/blast`?",
     "steel/blst"},
    {"MisspeltSectorOfLever",
     "end_of_new_builds.\"steel/blast\"",
     "end_of_new_builds.\"stel/blast\"",
     "refers to technology `stel/blast`",
     "stel/blast"},
    {"UnknownPathOfDriver",
     "[scenario.reference]",
     "[scenario.reference]\npath.tax = \"low\"",
     "refers to path `low`, which is not defined\n  hint: known: central",
     "path.tax"},
    {"UnknownCorrelation",
     "[\"price:coal\", \"price:power\", 0.5]",
     "[\"price:cole\", \"price:power\", 0.5]",
     "refers to driver `cole`, which is not defined\n  hint: did you mean "
     "`coal`?",
     "price:cole"},
    {"UnknownKindOfCorrelation",
     "[\"price:coal\", \"price:power\", 0.5]",
     "[\"prize:coal\", \"price:power\", 0.5]",
     "did you mean `price`?",
     "prize:coal"},
    {"CorrelationOfOne",
     "[\"price:coal\", \"price:power\", 0.5]",
     "[\"price:coal\", \"price:power\", 1]",
     "correlation 1 is outside (-1, 1)",
     "\"price:power\", 1]"},
    {"PairGivenTwice",
     "[\"price:coal\", \"price:power\", 0.5],",
     "[\"price:coal\", \"price:power\", 0.5],\n[\"price:power\", "
     "\"price:coal\", 0.5],",
     "gives the pair price:power, price:coal twice",
     "[\"price:power\", \"price:coal\""},
    {"CircularConverters",
     "[components.stack]",
     "[converters.back]\noutput = \"power\"\ninput = \"hydrogen\"\ncomponent "
     "= \"stack\"\ncapacity_factor = {value = 0.5, unit = \"fraction\", "
     "source = \"s\"}\nfom = {value = 0.04, unit = \"fraction\", source = "
     "\"s\"}\ninstall_factor = {value = 1, unit = \"-\", source = "
     "\"s\"}\nlifetime = {value = 25, unit = \"yr\", source = "
     "\"s\"}\nheating_value = {value = 120, unit = \"GJ per t\", source = "
     "\"s\"}\nspecific_energy.2020 = {value = 500, unit = \"kWh per t\", "
     "source = \"s\"}\n[components.stack]",
     "is part of a circle: cell <- back <- cell",
     "[converters.cell]"},
    {"ConverterOfWrongComponent",
     "component = \"stack\"",
     "component = \"furnace\"",
     "needs `furnace` in GW with a unit_cost in USD2020 per kW",
     "[converters.cell]"},
    {"UnknownOutputOfEvent",
     "metric = \"emissions\"",
     "metric = \"emisions\"",
     "did you mean `emissions`?",
     "halved"},
    {"UnknownItemOfEvent",
     "item = \"all\"",
     "item = \"al\"",
     "did you mean `all`?",
     "halved"},
    {"UnknownScopeOfEvent",
     "inner = \"scope1\"",
     "inner = \"scope9\"",
     "is not one of `emissions`",
     "halved"},
    {"EventWithoutThreshold",
     "below = 0.5, ",
     "",
     "needs one of `below` and `above`",
     "halved"},
};
INSTANTIATE_TEST_SUITE_P(Links, FaultIn, ::testing::ValuesIn(links), name_of);

const Fault sums_and_years[] = {
    {"SeedsOfMoreThanTheSector",
     "max_share_2050 = {value = 1, unit = \"fraction\", source = \"s\"}\n",
     "max_share_2050 = {value = 1, unit = \"fraction\", source = \"s\"}\n"
     "seed_share = {value = 1, unit = \"fraction\", source = \"s\"}\n",
     "scenario.reference.seed_factor = 1 makes the largest seeds of `steel` "
     "sum to 1",
     "[scenario.reference]"},
    {"RecoveryInTheFirstYear",
     "choice_spread = {",
     "recovery_year = {value = 2020, unit = \"calendar year\", source = "
     "\"s\"}\n"
     "choice_spread = {",
     "sectors.steel.recovery_year is not between 2020 and 2050",
     "recovery_year"},
    {"RecoveryThatMayComeAfterTheNextKnot",
     "choice_spread = {",
     "recovery_year = {distribution = \"uniform\", low = 2022, high = 2049.6, "
     "unit = \"calendar year\", source = \"s\"}\n"
     "choice_spread = {",
     "sectors.steel.recovery_year is not between 2020 and 2050",
     "recovery_year"},
};
INSTANTIATE_TEST_SUITE_P(SumsAndYears,
                         FaultIn,
                         ::testing::ValuesIn(sums_and_years),
                         name_of);

const Fault run_keys[] = {
    {"PercentileOf101",
     "percentiles = [5, 50, 95]",
     "percentiles = [5, 50, 101]",
     "percentiles[2] = 101 is outside (0, 100)",
     "percentiles"},
    {"UnorderedPercentiles",
     "percentiles = [5, 50, 95]",
     "percentiles = [50, 5]",
     "is not an ascending list",
     "percentiles"},
    {"UnknownRunKey",
     "percentiles = [5, 50, 95]",
     "percentile = [5, 50, 95]",
     "did you mean `percentiles`?",
     "percentile"},
    {"WrongType",
     "percentiles = [5, 50, 95]",
     "percentiles = 5",
     "percentiles is a number, not an array",
     "percentiles"},
    {"NoSamples",
     "percentiles = [5, 50, 95]",
     "samples = 0",
     "samples = 0 is outside [1,",
     "samples"},
    {"FractionOfSamples",
     "percentiles = [5, 50, 95]",
     "samples = 1.5",
     "samples is a number, not a whole number",
     "samples"},
    {"UnevenBlock",
     "percentiles = [5, 50, 95]",
     "block_size = 100",
     "block_size = 100 is no multiple of 32",
     "block_size"},
    {"UnknownSampler",
     "percentiles = [5, 50, 95]",
     "sampler = \"sobal\"",
     "sampler \"sobal\" is not a sampler",
     "sampler"},
    {"SobolOfNoPowerOfTwo",
     "percentiles = [5, 50, 95]",
     "sampler = \"sobol\"\nsamples = 1000",
     "samples = 1000 is not 16 randomisations times a power of 2",
     "samples"},
    {"RandomisationsOfNoPowerOfTwo",
     "percentiles = [5, 50, 95]",
     "randomisations = 12",
     "randomisations = 12 is not a power of 2",
     "randomisations"},
    {"AntitheticSobol",
     "percentiles = [5, 50, 95]",
     "sampler = \"sobol\"\nsamples = 1024\nantithetic = true",
     "antithetic = true goes with the sampler \"mc\", not \"sobol\"",
     "antithetic"},
    {"StopWithoutTarget",
     "percentiles = [5, 50, 95]",
     "stop = {first_look = 2048}",
     "stop has no target",
     "stop"},
    {"StopAtNoPercentile",
     "percentiles = [5, 50, 95]",
     "stop = {relative_half_width = 0.1, percentiles = [100]}",
     "stop.percentiles has 100, outside (0, 100)",
     "percentiles"},
    {"ConfidenceInPercent",
     "percentiles = [5, 50, 95]",
     "confidence = 95",
     "confidence = 95 is outside [0.5, 1)",
     "confidence"},
    {"HeadlineYearOutsideTheRun",
     "percentiles = [5, 50, 95]",
     "headline_years = [2030, 2070]",
     "= 2070 is outside [2020, 2050]",
     "headline_years"},
    {"NanInARunKey",
     "percentiles = [5, 50, 95]",
     "confidence = nan",
     "confidence = nan is not finite",
     "confidence"},
    {"DuplicateTable",
     "[carriers.power]",
     "[carriers.coal]",
     "cannot redefine existing table 'carriers.coal'",
     ""},
};
INSTANTIATE_TEST_SUITE_P(RunKeys,
                         FaultIn,
                         ::testing::ValuesIn(run_keys),
                         name_of);

}  // namespace
}  // namespace hepta::config
