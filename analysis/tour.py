# %% [markdown]
# # A tour of a result
#
# Run it whole (`python3 analysis/tour.py results/seven_sectors.h5 pictures`) or
# cell by cell in an editor that knows `# %%`.

# %%
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from hepta_analysis import charts, open_result, tables, units_of  # noqa: E402
from hepta_analysis.report import write_report  # noqa: E402

PATH = sys.argv[1] if len(sys.argv) > 1 else "results/seven_sectors.h5"
PICTURES = Path(sys.argv[2] if len(sys.argv) > 2 else "results/pictures")
PICTURES.mkdir(parents=True, exist_ok=True)

# %% [markdown]
# ## What is in it

# %%
result = open_result(PATH)
print(result)
print("scenarios:", ", ".join(result.scenarios))
print("metrics:", ", ".join(result.metrics))
print("hash:", result.provenance["result_hash"])
FIRST, LAST = result.scenarios[0], result.scenarios[-1]

# %% [markdown]
# ## Selecting by label
#
# `value` with `lower` and `upper`, the limits of the interval that the number of
# samples leaves.

# %%
steel = result.band("emissions", sector="steel", scope="scope1+2",
                    scenario=LAST)
print(steel.sel(year=2050).to_dataframe()[["value", "lower", "upper"]])
print("unit:", units_of(steel))

# %% [markdown]
# ## Any percentile
#
# The file holds eleven; its counts give every other one.

# %%
likely = result.band("emissions", sector="steel", scope="scope1+2",
                     scenario=LAST, percentile=[17, 83], year=2050)
print("17 to 83 % in 2050:", likely.value.values)

# %% [markdown]
# ## Bands

# %%
charts.save(charts.fan_chart(result, "emissions", sector="steel",
                             scope="scope1+2"), PICTURES / "fan.svg")
charts.save(charts.sector_multiples(result), PICTURES / "sectors.svg")
charts.save(charts.technology_stack(result, "steel"), PICTURES / "steel.svg")
charts.save(charts.learning_fans(result, LAST), PICTURES / "learning.svg")

# %% [markdown]
# ## How likely

# %%
events = tables.events(result)
for name in events.event.values[:5]:
    one = events.sel(event=name, scenario=LAST)
    print(f"{100 * one.value.item():5.1f} %  {one.meaning.item()}")
charts.save(charts.exceedance(result, "emissions", sector="all",
                              scope="scope1+2", year=2050),
            PICTURES / "exceedance.svg")
charts.save(charts.budget_clocks(result), PICTURES / "budget.svg")

# %% [markdown]
# ## When technologies tip

# %%
names = ["steel/h2_dri_eaf", "trucking/bev"]
probability = tables.tipping_probability(result, 0.05, names)
charts.save(charts.tipping_curves(probability, LAST, names),
            PICTURES / "tipping.svg")

# %% [markdown]
# ## What policy changes, future by future

# %%
if FIRST != LAST:
    paired = tables.paired_differences(result, LAST, FIRST, 2050)
    print(paired.value.sel(percentile=50).to_series())
    charts.save(charts.differences(paired), PICTURES / "differences.svg")

# %% [markdown]
# ## What drives it
#
# Rank correlations over the draws; a file with `/sensitivity` has Sobol indices
# as well: `tables.sensitivity(result, output)` and `charts.sobol`.

# %%
output = tables.output_name(LAST, "steel", 2050)
drivers = tables.rank_correlation(result, output)
charts.save(charts.tornado(drivers), PICTURES / "tornado.svg")

# %% [markdown]
# ## Are the samples enough?

# %%
charts.save(charts.convergence(tables.convergence(result, output)),
            PICTURES / "convergence.svg")

# %% [markdown]
# ## One file for those without Python

# %%
print(write_report(result, PICTURES / "report.html"))
result.close()
