"""Make the pictures and the tables of the hindcast in docs/validation.md.

    /usr/bin/python3 analysis/make_hindcast.py docs/figures

The series stand in analysis/data, the learning rates and the noise of the model in
configs/components.toml. Takes half a minute, needs no result.
"""
from __future__ import annotations

import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import numpy as np  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402

from hepta_analysis import charts, hindcast  # noqa: E402
from hepta_analysis.charts import style  # noqa: E402
from hepta_analysis.hindcast import Prior, Series, Verdict  # noqa: E402

LEAST, MOST = 10, 15  # changes before a start; years ahead
HISTORIES = 4000
COMPONENTS = {"solar_modules": "solar_pv", "wind_electricity": "onshore_wind",
              "wind_turbines_denmark": "onshore_wind"}
DRAWN = {"fit": "fitted, random walk", "walk": "inputs, random walk",
         "stationary": "inputs, as shipped"}
METHODS = {**DRAWN, "half": "inputs, half the noise"}
BANDS_FROM = (1995, 2005)
UNITS = {"solar_modules": "USD per W", "wind_electricity": "USD2022 per MWh"}
AHEAD = ((1, 5), (6, 10), (11, MOST))


def prior_of(component: str, persistence: float, noise: float = 1.0) -> Prior:
    with (HERE.parent / "configs" / "components.toml").open("rb") as file:
        numbers = tomllib.load(file)["components"][component]

    def corners(key: str) -> tuple[float, float, float]:
        entry = numbers[key]
        assert entry["distribution"] == "triangular"
        return (entry["low"], entry["central"], entry["high"])

    low, central, high = corners("noise_sd")
    return Prior(corners("learning_rate"),
                 (noise * low, noise * central, noise * high), persistence)


def persistence_of_model() -> float:
    with (HERE.parent / "configs" / "components.toml").open("rb") as file:
        return float(tomllib.load(file)["global"]["learning_noise_persistence"]
                     ["value"])


def judge(series: Series) -> dict[str, Verdict]:
    chosen = hindcast.windows(len(series.years), LEAST, MOST)
    rng = np.random.default_rng(2026)
    found = {"fit": hindcast.judge(
        hindcast.fitted(series, chosen), series.log_cost,
        hindcast.histories_of_fit(series, HISTORIES, rng))}
    if series.name in COMPONENTS:
        component, shipped = COMPONENTS[series.name], persistence_of_model()
        for name, prior in (("walk", prior_of(component, 1.0)),
                            ("stationary", prior_of(component, shipped)),
                            ("half", prior_of(component, shipped, 0.5))):
            found[name] = hindcast.judge(
                hindcast.of_model(series, chosen, prior), series.log_cost,
                hindcast.histories_of_model(series, HISTORIES // 10, rng,
                                            prior))
    return found


def pit_figure(verdicts: dict[str, dict[str, Verdict]]) -> Figure:
    with style.styled():
        figure = style.new_figure(6.5, 1.4 * len(verdicts) + 0.9)
        grid = figure.subplots(len(verdicts), len(DRAWN), sharex=True,
                               sharey=True, squeeze=False)
        for row, (name, found) in zip(grid, verdicts.items()):
            for axes, method in zip(row, DRAWN):
                axes.hist(found[method].places, bins=np.linspace(0, 1, 11),
                          density=True, color=style.LINES[4],
                          edgecolor="white")
                axes.axhline(1.0, color=style.INK, linewidth=0.8)
                axes.set_xlim(0, 1)
            row[0].set_ylabel(style.readable(name), fontsize=8)
        for axes, label in zip(grid[0], DRAWN.values()):
            axes.set_title(label, fontsize=8)
        for axes in grid[-1]:
            axes.set_xlabel("place in the forecast")
        style.title(figure, "where in its forecast the cost came to lie")
    return figure


def bands_figure(series: list[Series]) -> Figure:
    with style.styled():
        figure = style.new_figure(6.5, 3.2)
        for axes, one in zip(figure.subplots(1, len(series)), series):
            axes.plot(one.years, np.exp(one.log_cost), "o", markersize=2.5,
                      color=style.INK)
            for year, colour in zip(BANDS_FROM, style.LINES):
                start = int(np.searchsorted(one.years, year))
                if start < LEAST or start >= len(one.years) - 1:
                    continue
                ahead = range(1, min(MOST, len(one.years) - 1 - start) + 1)
                chosen = [hindcast.Window(start, h) for h in ahead]
                places = hindcast.fitted(one, chosen)
                edges = [[hindcast.band(places, one, w, p, k)
                          for k, w in enumerate(chosen)]
                         for p in (0.05, 0.5, 0.95)]
                reached = one.years[start + 1:start + 1 + len(chosen)]
                axes.fill_between(reached, edges[0], edges[2], alpha=0.25,
                                  color=colour, linewidth=0)
                axes.plot(reached, edges[1], color=colour, linewidth=1.2,
                          label=f"from {year}")
            axes.set_yscale("log")
            axes.set_title(style.readable(one.name), fontsize=8)
            axes.set_ylabel(UNITS[one.name])
            axes.set_xlabel("year")
            axes.legend(fontsize=7)
        style.title(figure, "forecasts of 5 to 95 %, and what happened")
    return figure


def by_horizon(series: Series, verdict: Verdict) -> str:
    """Part inside 90 % of forecasts that look little, more and far ahead."""
    horizons = np.array([w.horizon for w in hindcast.windows(
        len(series.years), LEAST, MOST)])
    parts = []
    for first, last in AHEAD:
        chosen = (horizons >= first) & (horizons <= last)
        inside = float(hindcast.coverage(verdict.places[chosen])) if any(
            chosen) else np.nan
        parts.append(f"{100.0 * inside:.0f}")
    return " / ".join(parts)


def below_floor(series: Series) -> str:
    """How often a cost fell below the model's floor in the longest forecasts."""
    with (HERE.parent / "configs" / "components.toml").open("rb") as file:
        floor = tomllib.load(file)["components"][COMPONENTS[series.name]][
            "cost_floor_fraction"]["central"]
    if len(series.years) <= LEAST + MOST:
        return f"{series.name}: too short for {MOST} years ahead"
    moved = np.exp(series.log_cost[LEAST + MOST:]
                   - series.log_cost[LEAST:-MOST])
    return (f"{series.name}: least part of a cost left after {MOST} years "
            f"{moved.min():.2f}, below the floor of {floor} in "
            f"{int((moved < floor).sum())} of {len(moved)}")


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: make_hindcast.py FOLDER, where the pictures go")
    folder = Path(sys.argv[1])
    data = HERE / "data"
    costs = hindcast.read_experience(data / "experience.csv")
    shares = hindcast.read_shares(data / "electricity.csv")
    every = {**costs, **shares}
    verdicts = {name: judge(series) for name, series in every.items()}
    print("series | method | forecasts | inside 90 % (expected) | distance | p "
          "| inside at " + ", ".join(f"{a}-{b}" for a, b in AHEAD) + " years")
    for name, found in verdicts.items():
        for method, verdict in found.items():
            print(f"{name} | {METHODS[method]} | {verdict.row()} | "
                  f"{by_horizon(every[name], verdict)}")
    for one in costs.values():
        dx, dy = np.diff(one.log_experience), np.diff(one.log_cost)
        rate = -float(dy @ dx) / float(dx @ dx)
        sd = np.sqrt(float(((dy + rate * dx)**2).sum()) / (len(dx) - 1))
        print(f"{one.name}: {one.years[0]} to {one.years[-1]}, learning rate "
              f"{1 - 2**-rate:.3f}, noise {sd:.3f}")
        print(below_floor(one))
    charts.save(pit_figure({name: verdicts[name] for name in costs}),
                folder / "hindcast_pit.svg")
    charts.save(bands_figure([costs["solar_modules"],
                              costs["wind_electricity"]]),
                folder / "hindcast_bands.svg")


if __name__ == "__main__":
    main()
