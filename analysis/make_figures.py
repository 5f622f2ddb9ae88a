"""Make the pictures of docs/analysis.md from a result:

    python3 analysis/make_figures.py results/seven_sectors.h5 docs/figures
"""
from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from hepta_analysis import Result, charts, open_result, tables  # noqa: E402

TECHNOLOGIES = ("steel/h2_dri_eaf", "cement/kiln_ccs",
                "aluminium/primary_inert_anode",
                "chemicals/electric_cracker_green_h2",
                "aviation/power_to_liquid", "shipping/green_ammonia",
                "trucking/bev")
COMPONENTS = ("ccs_capture", "h2_dri", "battery", "electrolyser")


def make(result: Result, folder: Path, ending: str = ".svg") -> list[Path]:
    """All pictures that need nothing but a result."""
    last, first = result.scenarios[-1], result.scenarios[0]
    everything = tables.output_name(last, "all", 2050)
    steel = tables.output_name(last, "steel", 2050)
    shares = tables.tipping_probability(result, 0.05, TECHNOLOGIES)
    figures = {
        "fan_steel": charts.fan_chart(result, "emissions", sector="steel",
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
    folder.mkdir(parents=True, exist_ok=True)
    return [charts.save(figure, folder / f"{name}{ending}")
            for name, figure in figures.items()]


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open_result(sys.argv[1]) as opened:
        for path in make(opened, Path(sys.argv[2])):
            print(path)
