"""Bands over years: fan charts, sectors side by side, learning curves."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from ..result import Result, units_of
from . import style

Range = tuple[float, float]
RANGES: tuple[Range, ...] = ((5, 95), (25, 75))


def draw_fan(axes: Axes, band: xr.Dataset, colour: str,
             ranges: Sequence[Range] = RANGES, intervals: bool = False) -> None:
    """Nested ranges and the median of a band (year, percentile).

    With `intervals` each percentile drawn has its confidence interval as a
    strip: narrower than a line where there are many samples.
    """
    years = band.year.values
    for k, (low, high) in enumerate(ranges):
        axes.fill_between(
            years, band.value.sel(percentile=low),
            band.value.sel(percentile=high), color=colour, linewidth=0,
            alpha=0.18 + 0.14 * k)
    if intervals:
        for p in band.percentile.values:
            one = band.sel(percentile=p)
            axes.fill_between(years, one.lower, one.upper, color=colour,
                              linewidth=0, alpha=0.55)
    axes.plot(years, band.value.sel(percentile=50), color=colour, linewidth=1.8)


def fan_chart(result: Result, metric: str, *,
              scenarios: Sequence[str] | None = None,
              ranges: Sequence[Range] = RANGES, intervals: bool = False,
              **labels: Any) -> Figure:
    """One metric of one item, a panel a scenario: fan_chart(result,
    "emissions", sector="steel", scope="scope1+2")."""
    names = list(scenarios or result.scenarios)
    needed = sorted({50.0, *(float(p) for r in ranges for p in r)})
    with style.styled():
        figure = style.new_figure(2.1 + 2.0 * len(names), 3.4)
        panels = figure.subplots(1, len(names), sharey=True, squeeze=False)[0]
        for axes, name, colour in zip(panels, names, style.LINES):
            band = result.band(metric, percentile=needed, scenario=name,
                               **labels)
            draw_fan(axes, band, colour, ranges, intervals)
            axes.set_title(style.readable(name), color=colour)
            style.year_axis(axes, band.year.values)
        if np.nanmin(band.value) >= 0.0:
            panels[0].set_ylim(bottom=0.0)
        panels[0].set_ylabel(units_of(band))
        what = " · ".join(style.readable(str(v)) for v in labels.values())
        style.title(figure, f"{band.long_name}: {what}")
        style.note(figure, _ranges_in_words(ranges, intervals, result))
    return figure


def _ranges_in_words(ranges: Sequence[Range], intervals: bool,
                     result: Result) -> str:
    words = ", ".join(f"{low:g} to {high:g} %" for low, high in ranges)
    text = f"line: median; shades: {words} of the samples"
    if intervals:
        text += f"; strips: {100 * result.confidence:g} % intervals"
    return text


def sector_multiples(result: Result, metric: str = "emissions", *,
                     scenarios: Sequence[str] | None = None,
                     ranges: Sequence[Range] = ((5, 95),),
                     **labels: Any) -> Figure:
    """Every sector in a panel, scenarios in colours, each axis from 0."""
    names = list(scenarios or result.scenarios)
    items = [*result.sectors, *result.portfolios[:1]]
    if metric == "emissions":
        labels = {"scope": "scope1+2", **labels}
    needed = sorted({50.0, *(float(p) for r in ranges for p in r)})
    band = result.band(metric, percentile=needed, scenario=names, sector=items,
                       **labels)
    n_columns = 4
    n_rows = -(-len(items) // n_columns)
    with style.styled():
        figure = style.new_figure(8.5, 0.9 + 1.9 * n_rows)
        panels = figure.subplots(n_rows, n_columns, sharex=True,
                                 squeeze=False)
        for axes, item in zip(panels.flat, items):
            one = band.sel(sector=item)
            for name, colour in zip(names, style.LINES):
                draw_fan(axes, one.sel(scenario=name), colour, ranges)
            axes.set_title(style.readable(item))
            axes.set_ylim(bottom=min(0.0, float(one.value.min())))
            axes.set_ylabel(units_of(one), fontsize=7.5)
            style.year_axis(axes, band.year.values)
            axes.set_xlabel("")
        for axes in panels.flat[len(items):]:
            axes.set_visible(False)
        for axes in panels[-1]:
            axes.set_xlabel("year")
        figure.legend(
            handles=[Line2D([], [], color=c, linewidth=2,
                            label=style.readable(n))
                     for n, c in zip(names, style.LINES)],
            loc="upper right", ncols=len(names))
        style.title(figure, str(band.long_name))
        style.note(figure, _ranges_in_words(ranges, False, result))
    return figure


def learning_fans(result: Result, scenario: str, *,
                  components: Sequence[str] | None = None,
                  against: str = "experience",
                  ranges: Sequence[Range] = RANGES) -> Figure:
    """Cost of components relative to 2020, against the median of the
    cumulative deployment (log-log: Wright's law is a line) or `year`."""
    names = list(components or map(str, result.bands.component.values))
    needed = sorted({50.0, *(float(p) for r in ranges for p in r)})
    cost = result.band("component_cost", percentile=needed, scenario=scenario,
                       component=names)
    experience = result.band("experience", percentile=50, scenario=scenario,
                             component=names)
    n_columns = min(4, len(names))
    n_rows = -(-len(names) // n_columns)
    with style.styled():
        figure = style.new_figure(2.2 * n_columns + 0.5, 0.8 + 1.9 * n_rows)
        panels = figure.subplots(n_rows, n_columns, sharey=True, squeeze=False)
        for axes, name in zip(panels.flat, names):
            one = cost.sel(component=name)
            built = experience.sel(component=name)
            if against == "year":
                draw_fan(axes, one, style.LINES[0], ranges)
                style.year_axis(axes, one.year.values)
            else:
                _learning_curve(axes, one, built, ranges)
            axes.set_title(style.readable(name), fontsize=9)
        for axes in panels[:, 0]:
            axes.set_ylabel("cost, 2020 = 1", fontsize=8)
        for axes in panels.flat[len(names):]:
            axes.set_visible(False)
        style.title(figure, "cost of components that learn, "
                    + style.readable(scenario))
        style.note(figure, _ranges_in_words(ranges, False, result)
                   + ("" if against == "year" else
                      "; rings: 2020, 2030, 2040, 2050"))
    return figure


def _learning_curve(axes: Axes, cost: xr.Dataset, built: xr.Dataset,
                    ranges: Sequence[Range]) -> None:
    x = built.value.values
    colour = style.LINES[0]
    for k, (low, high) in enumerate(ranges):
        axes.fill_between(x, cost.value.sel(percentile=low),
                          cost.value.sel(percentile=high), color=colour,
                          linewidth=0, alpha=0.18 + 0.14 * k)
    median = cost.value.sel(percentile=50).values
    axes.plot(x, median, color=colour, linewidth=1.8)
    decades = cost.year.values % 10 == 0
    axes.plot(x[decades], median[decades], "o", color=colour, markersize=4,
              markerfacecolor="white")
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_yticks([0.1, 0.2, 0.5, 1.0, 2.0],
                    ["0.1", "0.2", "0.5", "1", "2"])
    axes.minorticks_off()
    axes.set_xlabel(f"deployed, {units_of(built)}",
                    fontsize=7.5)
