"""How likely: exceedance curves, tipping years, budgets, differences."""
from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..axis import Floats, Ints
from ..errors import ResultError
from ..result import Result
from . import style


def exceedance(result: Result, metric: str, *,
               scenarios: Sequence[str] | None = None, tail: bool = False,
               **labels: Any) -> Figure:
    """Probability that a metric exceeds x, over x; from the counts, so every
    sample is in it. `tail`: the rarer half, on a logarithmic axis."""
    names = list(scenarios or result.scenarios)
    with style.styled():
        figure = style.new_figure(6.5, 3.6)
        axes = figure.subplots()
        for name, colour in zip(names, style.LINES):
            points = result.distribution(metric, scenario=name, **labels)
            axes.plot(points.x, 100.0 * (1.0 - points), color=colour,
                      linewidth=1.8, label=style.readable(name))
        axes.set_ylim(0, 100)
        if tail:
            n = int(result.provenance["samples"])
            axes.set_yscale("log")
            axes.set_ylim(max(100.0 * 10 / n, 1e-6), 50)
            axes.set_xlim(left=float(points.x[int((points < 0.5).sum())]))
        axes.set_ylabel("samples above, %")
        axes.set_xlabel(f"{points.x.long_name}, {points.x.units}")
        axes.grid(axis="x")
        axes.legend()
        what = " · ".join(style.readable(str(v)) for v in labels.values())
        style.title(figure, f"how likely more than x: {what}")
    return figure


def tipping_violins(counts: xr.DataArray, *, heading: str | None = None
                    ) -> Figure:
    """Violins of the years in which something happens, from
    `tables.year_counts` with an item and `year` left: as wide as the part of the
    samples in that year. Items that never get there keep their line."""
    (item,) = (d for d in counts.dims if d != "year")
    years = counts.year.values[np.isfinite(counts.year.values)]
    names = [str(n) for n in counts[item].values]
    if not names:
        raise ResultError("there are no years to draw")
    n = counts.sum("year").values
    happens = counts.sel(year=years).values
    part = happens / np.maximum(n, 1)[:, None]
    widest = max(float(part.max()), 1e-300)
    with style.styled():
        figure = style.new_figure(6.5, 1.0 + 0.34 * len(names))
        axes = figure.subplots()
        for place, (row, total) in enumerate(zip(part, n)):
            axes.fill_between(years, place - 0.45 * row / widest,
                              place + 0.45 * row / widest, step="mid",
                              color=style.LINES[4], linewidth=0, alpha=0.8)
            _middle(axes, years, happens[place], place)
            never = 100.0 * (1.0 - row.sum()) if total else math.nan
            axes.annotate(f"never: {never:.0f} %", (1.0, place),
                          xycoords=("axes fraction", "data"), fontsize=8,
                          xytext=(5, 0), textcoords="offset points",
                          va="center")
        _tipping_axes(axes, names, int(years[-1]), int(years[0]))
        style.title(figure, heading or str(counts.attrs["long_name"]))
        style.note(figure, "width: part of the samples in that year; dot: "
                   "median, bar: 25 to 75 %, of the futures in which it "
                   "happens")
    return figure


def _middle(axes: Axes, years: Floats, counts: Ints, place: int) -> None:
    upto = np.cumsum(counts)
    if upto[-1] == 0:
        return
    low, middle, high = (years[int(np.searchsorted(4 * upto, k * upto[-1]))]
                         for k in (1, 2, 3))
    axes.plot([low, high], [place, place], color=style.LINES[0], linewidth=3)
    axes.plot(middle, place, "o", color="white", markersize=5,
              markeredgecolor=style.LINES[0])


def tipping_curves(probability: xr.DataArray, scenario: str,
                   technologies: Sequence[str]) -> Figure:
    """Violins from `tables.tipping_probability`: as wide as the probability
    that the share of a technology is at the threshold in that year."""
    threshold = float(probability.attrs["threshold"])
    with style.styled():
        figure = style.new_figure(6.5, 1.0 + 0.55 * len(technologies))
        axes = figure.subplots()
        years = probability.year.values
        for place, name in enumerate(technologies):
            part = probability.sel(scenario=scenario, technology=name).values
            axes.fill_between(years, place - 0.42 * part, place + 0.42 * part,
                              color=style.LINES[4], linewidth=0, alpha=0.7)
            likely = years[part >= 0.5]
            if len(likely):
                axes.plot(likely[0], place, "o", color="white", markersize=6,
                          markeredgecolor=style.LINES[0])
            axes.annotate(f"{100 * part[-1]:.0f} % in {years[-1]}",
                          (1.0, place), xycoords=("axes fraction", "data"),
                          fontsize=8, xytext=(5, 0),
                          textcoords="offset points", va="center")
        _tipping_axes(axes, technologies, int(years[-1]), int(years[0]))
        style.title(figure, f"share of at least {100 * threshold:g} %, "
                    + style.readable(scenario))
        style.note(figure, "width: probability in that year; dot: first year "
                   "in which it is at least 50 %")
    return figure


def _tipping_axes(axes: Axes, names: Sequence[str], last: int,
                  first: int | None = None) -> None:
    axes.set_yticks(range(len(names)),
                    [style.readable(n.replace("/", ": ")) for n in names])
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xlim(right=last, left=first)
    axes.set_xlabel("year")
    axes.grid(visible=False, axis="y")
    axes.grid(axis="x")


def budget_clocks(result: Result, *, sector: str = "all",
                  scenarios: Sequence[str] | None = None) -> Figure:
    """Dials of the part of each carbon budget that is used: once around is the
    whole budget. Hands: medians of every tenth year; shade: 5 to 95 % of the
    last."""
    names = list(scenarios or result.scenarios)
    budgets = [str(b) for b in result.bands.budget.values]
    used = result.band("budget_used", percentile=[5, 50, 95], sector=sector,
                       scenario=names).value
    with style.styled():
        figure = style.new_figure(0.3 + 2.3 * len(names),
                                  0.8 + 2.5 * len(budgets))
        panels = figure.subplots(len(budgets), len(names), squeeze=False,
                                 subplot_kw={"projection": "polar"})
        for row, budget in zip(panels, budgets):
            for axes, name, colour in zip(row, names, style.LINES):
                _clock(axes, used.sel(scenario=name, budget=budget), colour)
                axes.set_title(f"{style.readable(name)}\n{_budget(budget)}",
                               fontsize=8.5, loc="center")
        figure.get_layout_engine().set(hspace=0.12)
        style.title(figure, "carbon budget used by "
                    + style.readable(sector))
        style.note(figure, "hands: medians; shade: 5 to 95 % of the samples "
                   f"in {int(used.year[-1])}; once around is the whole budget")
    return figure


def _clock(axes: Axes, used: xr.DataArray, colour: str) -> None:
    axes.set_theta_zero_location("N")
    axes.set_theta_direction(-1)
    axes.set_ylim(0, 1.0)
    axes.set_yticks([])
    axes.set_xticks(np.arange(4) * math.pi / 2, ["0", "25 %", "50 %", "75 %"],
                    fontsize=7.5)
    axes.tick_params(axis="x", pad=-1)
    axes.spines["polar"].set_color(style.FAINT)
    axes.grid(visible=False)
    last = used.isel(year=-1)
    low, middle, high = (2.0 * math.pi * float(last.sel(percentile=p))
                         for p in (5, 50, 95))
    axes.bar((low + high) / 2, 1.0, width=high - low, color=colour, alpha=0.25,
             linewidth=0)
    decades = [int(y) for y in used.year.values if y % 10 == 0][1:]
    for k, year in enumerate(decades):
        angle = 2.0 * math.pi * float(used.sel(year=year, percentile=50))
        length = 0.55 + 0.45 * (k + 1) / len(decades)
        axes.plot([0, angle], [0, length], color=colour,
                  linewidth=1.0 + k * 0.6, solid_capstyle="round")
        axes.annotate(str(year), (angle, length * 0.72), fontsize=6.5,
                      ha="center", va="center",
                      bbox={"facecolor": "white", "edgecolor": "none",
                            "pad": 0.6, "alpha": 0.85})
    percent = 100.0 * middle / (2.0 * math.pi)
    axes.set_xlabel(f"{percent:.0f} % used in {int(last.year)}", fontsize=8)


def _budget(name: str) -> str:
    """`1.5C_50` as words."""
    warming, _, likelihood = name.partition("C_")
    return f"{warming} °C at {likelihood} %" if likelihood else name


def differences(table: xr.Dataset) -> Figure:
    """Paired differences of two scenarios by sector, from
    `tables.paired_differences`; open bars: as if unpaired."""
    low, middle, high = (table.value.isel(percentile=k).values
                         for k in (0, 1, -1))
    wide = table.unpaired
    places = np.arange(table.sizes["sector"])
    ends = [100 - float(table.percentile[-1]), float(table.percentile[-1])]
    with style.styled():
        figure = style.new_figure(6.5, 1.1 + 0.3 * len(places))
        axes = figure.subplots()
        axes.barh(places, wide.isel(percentile=-1) - wide.isel(percentile=0),
                  left=wide.isel(percentile=0), height=0.62, facecolor="none",
                  edgecolor=style.FAINT, linewidth=0.8, label="if unpaired")
        axes.barh(places, high - low, left=low, height=0.62,
                  color=style.LINES[0], alpha=0.35,
                  label=f"{ends[0]:g} to {ends[1]:g} %")
        axes.plot(middle, places, "|", color=style.LINES[0], markersize=11,
                  markeredgewidth=2.2, label="median")
        axes.axvline(0.0, color=style.INK, linewidth=0.8)
        axes.set_yticks(places, [style.readable(str(s))
                                 for s in table.sector.values])
        axes.invert_yaxis()
        axes.grid(axis="x")
        axes.grid(visible=False, axis="y")
        axes.set_xlabel(f"difference in {table.year}, {table.units}")
        axes.legend(loc="lower left")
        style.title(figure, f"{style.readable(table.scenario)} less "
                    f"{style.readable(table.baseline)}, in the same futures")
        style.note(figure, f"from {table.n} draws")
    return figure
