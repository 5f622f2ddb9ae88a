"""Make the pictures of the manual.

From a result of configs/seven_sectors.toml, those of docs/tutorial.md,
docs/analysis.md and docs/methods:

    python3 analysis/make_figures.py results/seven_sectors.h5 docs/figures

From the results of the studies in configs/examples, those of docs/examples.md:

    python3 analysis/make_figures.py --examples results docs/figures/examples

From the results of docs/methods/variants.md, named as in VARIANTS:

    python3 analysis/make_figures.py --variants results docs/figures
"""
from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from matplotlib.figure import Figure  # noqa: E402

from hepta_analysis import Result, charts, open_result, tables  # noqa: E402

TECHNOLOGIES = ("steel/h2_dri_eaf", "cement/kiln_ccs",
                "aluminium/primary_inert_anode",
                "chemicals/electric_cracker_green_h2",
                "aviation/power_to_liquid", "shipping/green_ammonia",
                "trucking/bev")
COMPONENTS = ("ccs_capture", "h2_dri", "battery", "electrolyser")


def of_analysis(result: Result) -> dict[str, Figure]:
    last, first = result.scenarios[-1], result.scenarios[0]
    everything = tables.output_name(last, "all", 2050)
    steel = tables.output_name(last, "steel", 2050)
    shares = tables.tipping_probability(result, 0.05, TECHNOLOGIES)
    return {
        "fan_steel": charts.fan_chart(result, "emissions", sector="steel",
                                      scope="scope1+2"),
        "fan_cement": charts.fan_chart(result, "emissions", sector="cement",
                                       scope="scope1+2"),
        "sectors": charts.sector_multiples(result),
        "technologies_steel": charts.technology_stack(result, "steel"),
        "exceedance_all": charts.exceedance(
            result, "emissions", sector="all", scope="scope1+2", year=2050),
        "learning": charts.learning_fans(result, last, components=COMPONENTS),
        "tipping": charts.tipping_curves(shares, last, TECHNOLOGIES),
        "budget": charts.budget_clocks(result),
        "differences": charts.differences(
            tables.paired_differences(result, last, first, 2050)),
        "tornado_steel": charts.tornado(
            tables.rank_correlation(result, steel)),
        "first_order_all": charts.sobol(
            tables.sensitivity(result, everything)),
        "convergence": charts.convergence(
            tables.convergence(result, steel, 95.0),
            final=float(result.band("emissions", percentile=95, scenario=last,
                                    sector="steel", scope="scope1+2",
                                    year=2050).value)),
    }


def of_methods(result: Result) -> dict[str, Figure]:
    last = result.scenarios[-1]
    tipping = tables.year_counts(result).sel(
        scenario=last, share_level=0.05, newcomer=list(TECHNOLOGIES))
    budgets = tables.year_counts(result, "sector_budget_exhausted_year")
    milestones = [str(m) for m in result.group("derived").milestone.values]
    dear = tables.conditional(result, last, 2050,
                              {"u:driver/carbon_price": (0.8, 1.0)})
    return {
        "tipping_years": charts.tipping_violins(
            tipping, heading="first year with 5 % of the sector, "
            + last.replace("_", " ")),
        "budget_years": charts.tipping_violins(
            budgets.sel(scenario=last),
            heading="year in which a sector's budget is used up, "
            + last.replace("_", " ")),
        "milestones": charts.chances(tables.events(result), milestones,
                                     heading="chance of meeting a milestone"),
        "structure": charts.structure(result),
        "pipeline": charts.projects(result),
        "commitments": charts.delivered(result),
        "condition": charts.condition(dear, "a carbon price in its upper "
                                            "fifth"),
        "avoided": charts.mean_stack(
            result, "avoided_by_cause", "cause",
            scenarios=result.scenarios[1:], divide_by=1e3, unit="Gt CO2e/yr",
            sector="all"),
        "investment": charts.mean_stack(
            result, "investment", "sector", divide_by=1e9,
            unit="billion USD2020 a year"),
        "carriers": charts.mean_stack(
            result, "cumulative_investment", "carrier_or_none",
            divide_by=1e12, unit="trillion USD2020 since 2020"),
    }


def of_examples(results: Mapping[str, Result]) -> dict[str, Figure]:
    sweep = results["carbon_price_sweep"]
    price = float(sweep.band("price", commodity="carbon_price", year=2050,
                             percentile=50).value[-1])
    parts = [0.0, 0.25, 0.5, 0.75, 1.0]
    return {
        "one_sector": charts.fan_chart(
            results["one_sector"], "emissions", sector="steel",
            scope="scope1+2"),
        "carbon_price_sweep": charts.response(
            sweep, "emissions", [part * price for part in parts],
            "carbon price paid in 2050, USD2020 per t CO2 (median)",
            years=[2030, 2040, 2050], sector="cement", scope="scope1+2"),
        "correlated_prices": charts.runs(
            {"correlated": results["correlated_prices"],
             "independent": results["independent_prices"]},
            "levelised_cost", technology="chemicals/fossil_conventional",
            scenario="reference"),
        "tail_risk": charts.exceedance(
            results["tail_risk"], "emissions", tail=True, sector="all",
            scope="scope1+2", year=2050),
        "precision_stop": charts.precision(
            tables.precision(results["precision_stop"])),
    }


def save(figures: Mapping[str, Figure], folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    return [charts.save(figure, folder / f"{name}.svg")
            for name, figure in figures.items()]


def of_variants(results: Mapping[str, Result]) -> dict[str, Figure]:
    return {"variants": charts.ranges(
        results, "emissions", sector="all", scope="scope1+2",
        scenario="net_zero", year=2050)}


VARIANTS = ("none", "no_spillover", "acceleration", "ramp_up", "retrofit")
EXAMPLES = ("one_sector", "carbon_price_sweep", "correlated_prices",
            "independent_prices", "tail_risk", "precision_stop")


def main(arguments: list[str]) -> None:
    if len(arguments) == 3 and arguments[0] in ("--examples", "--variants"):
        names, make = ((EXAMPLES, of_examples)
                       if arguments[0] == "--examples" else
                       (VARIANTS, of_variants))
        figures = make({name: open_result(Path(arguments[1], f"{name}.h5"))
                        for name in names})
    elif len(arguments) == 2:
        result = open_result(arguments[0])
        figures = {**of_analysis(result), **of_methods(result)}
    else:
        sys.exit(__doc__)
    for path in save(figures, Path(arguments[-1])):
        print(path)


if __name__ == "__main__":
    main(sys.argv[1:])
