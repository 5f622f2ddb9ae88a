"""Side by side: chances of events, parts of a variance, a condition."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..errors import ResultError
from ..result import Result, units_of
from . import style


def chances(table: xr.Dataset, names: Sequence[str] | None = None, *,
            heading: str = "chances") -> Figure:
    """Probabilities of events by scenario with their intervals, from
    `tables.events`; `names` of events, else all."""
    chosen = table if names is None else table.sel(event=list(names))
    places = np.arange(chosen.sizes["event"])
    scenarios = [str(s) for s in chosen.scenario.values]
    step = 0.7 / len(scenarios)
    with style.styled():
        figure = style.new_figure(6.5, 1.1 + 0.36 * len(places))
        axes = figure.subplots()
        for k, (name, colour) in enumerate(zip(scenarios, style.LINES)):
            part = chosen.sel(scenario=name)
            value = 100.0 * part.value.values
            reach = np.maximum([value - 100.0 * part.lower.values,
                                100.0 * part.upper.values - value], 0.0)
            axes.errorbar(value, places + (k + 0.5) * step - 0.35, xerr=reach,
                          fmt="o", color=colour, markersize=4, capsize=2,
                          elinewidth=1.0, label=style.readable(name))
        _rows(axes, [str(e) for e in chosen.event.values])
        most = max(10.0, 105.0 * float(chosen.upper.max()))
        axes.set_xlim(-0.02 * most, most)
        axes.set_xlabel("probability, %")
        axes.legend(loc="best", fontsize=8)
        style.title(figure, heading)
    return figure


def structure(result: Result) -> Figure:
    """Variance of the headline totals, divided into the part of the model's form
    and that of its numbers, from `/structure`."""
    parts = result.group("structure")
    form = np.clip(100.0 * parts.share_of_form.values, 0.0, 100.0)
    names = [" · ".join((n.split("/")[0], n.split("/")[-1]))
             for n in map(str, parts.output.values)]
    places = np.arange(len(names))
    with style.styled():
        figure = style.new_figure(6.5, 1.1 + 0.34 * len(names))
        axes = figure.subplots()
        axes.barh(places, form, height=0.62, color=style.LINES[1],
                  label="form of the model")
        axes.barh(places, 100.0 - form, left=form, height=0.62,
                  color=style.LINES[4], alpha=0.6, label="its numbers")
        for place, part in zip(places, form):
            axes.annotate(f"{part:.0f} %", (part, place), xytext=(4, 0),
                          textcoords="offset points", va="center", fontsize=8)
        _rows(axes, names)
        axes.set_xlim(0, 100)
        axes.set_xlabel("part of the variance, %")
        axes.legend(loc="lower right", bbox_to_anchor=(1.0, 0.98), ncols=2,
                    fontsize=8)
        style.title(figure, "what the emissions of all sectors are uncertain by")
    return figure


def condition(table: xr.Dataset, what: str) -> Figure:
    """Emissions by sector of all draws and of those that meet a condition, from
    `tables.conditional`; `what` says the condition."""
    if table.sizes["percentile"] < 3:
        raise ResultError("a range needs at least three percentiles")
    sectors = [str(s) for s in table.sector.values]
    places = np.arange(len(sectors))
    rows = (("value", -0.17, style.FAINT, f"all {table.n} draws"),
            ("given", 0.17, style.LINES[1], f"{table.n_given} with {what}"))
    with style.styled():
        figure = style.new_figure(6.5, 1.2 + 0.36 * len(sectors))
        axes = figure.subplots()
        for name, offset, colour, label in rows:
            low, *_, high = table[name].values
            middle = table[name].values[table.sizes["percentile"] // 2]
            axes.hlines(places + offset, low, high, color=colour, linewidth=3,
                        alpha=0.6)
            axes.plot(middle, places + offset, "o", color=colour, markersize=4,
                      label=label)
        _rows(axes, sectors)
        axes.set_xlim(left=0.0)
        axes.set_xlabel(f"emissions in {table.year}, {table.units}")
        axes.legend(loc="best", fontsize=8)
        style.title(figure, f"{style.readable(table.scenario)}, given {what}")
        style.note(figure, f"dot: median; line: {table.percentile.values[0]:g} "
                   f"to {table.percentile.values[-1]:g} %")
    return figure


def response(result: Result, metric: str, x: Sequence[float], what: str, *,
             years: Sequence[int], **labels: Any) -> Figure:
    """Median and 5 to 95 % of a metric in some years over a number that the
    scenarios differ by, `x` in their order; `what` names it, with its unit."""
    band = result.band(metric, percentile=[5, 50, 95], **labels).value
    if len(x) != band.sizes["scenario"]:
        raise ResultError(f"{result.path}: has {band.sizes['scenario']} "
                          f"scenarios, not {len(x)}")
    with style.styled():
        figure = style.new_figure(6.5, 3.6)
        axes = figure.subplots()
        for year, colour in zip(years, style.LINES):
            low, middle, high = (band.sel(year=year, percentile=p).values
                                 for p in (5, 50, 95))
            axes.fill_between(x, low, high, color=colour, alpha=0.18,
                              linewidth=0)
            axes.plot(x, middle, "o-", color=colour, markersize=4,
                      label=str(year))
        axes.set_ylim(bottom=0.0)
        axes.set_xlabel(what)
        axes.set_ylabel(units_of(band))
        axes.legend()
        style.title(figure, _heading(metric, labels))
        style.note(figure, f"line: median; shade: 5 to 95 % of {_n(result)} "
                   "samples")
    return figure


def runs(results: Mapping[str, Result], metric: str, **labels: Any) -> Figure:
    """Median and 5 to 95 % of one quantity in several runs, by name."""
    with style.styled():
        figure = style.new_figure(6.5, 3.6)
        axes = figure.subplots()
        for (name, result), colour in zip(results.items(), style.LINES):
            band = result.band(metric, percentile=[5, 50, 95], **labels).value
            for p, look in ((5, "--"), (50, "-"), (95, "--")):
                axes.plot(band.year, band.sel(percentile=p), look,
                          color=colour, linewidth=1.6,
                          label=name if p == 50 else None)
        style.year_axis(axes, band.year.values)
        axes.set_ylim(bottom=0.0)
        axes.set_ylabel(units_of(band))
        axes.legend(loc="upper left")
        style.title(figure, _heading(metric, labels))
        style.note(figure, f"line: median; dashed: 5 and 95 % of "
                   f"{_n(result)} samples")
    return figure


def ranges(results: Mapping[str, Result], metric: str, **labels: Any) -> Figure:
    """Median and 5 to 95 % of one number in several runs, by name."""
    names = list(results)
    places = np.arange(len(names))
    with style.styled():
        figure = style.new_figure(6.5, 1.2 + 0.34 * len(names))
        axes = figure.subplots()
        for place, result in zip(places, results.values()):
            band = result.band(metric, percentile=[5, 50, 95], **labels).value
            low, middle, high = band.values
            axes.hlines(place, low, high, color=style.LINES[0], linewidth=3,
                        alpha=0.5)
            axes.plot(middle, place, "o", color=style.LINES[0], markersize=5)
        axes.axvline(float(results[names[0]].band(
            metric, percentile=50, **labels).value), color=style.FAINT,
            linewidth=0.8, linestyle=":")
        _rows(axes, names)
        axes.set_xlabel(units_of(band))
        style.title(figure, _heading(metric, labels))
        style.note(figure, f"dot: median; line: 5 to 95 % of {_n(result)} "
                   "samples")
    return figure


def _heading(metric: str, labels: Mapping[str, Any]) -> str:
    what = " · ".join(style.readable(str(v)) for v in labels.values())
    return f"{style.readable(metric)}: {what}"


def _n(result: Result) -> str:
    return f"{int(result.provenance['samples']):,}"


def _rows(axes: Axes, names: Sequence[str]) -> None:
    axes.set_yticks(range(len(names)), [style.readable(n) for n in names],
                    fontsize=8)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.grid(visible=False, axis="y")
    axes.grid(axis="x")
