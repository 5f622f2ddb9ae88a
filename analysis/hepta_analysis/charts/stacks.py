"""What adds up, one part upon another over the years."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..result import Result, units_of
from . import style


def mean_stack(result: Result, metric: str, over: str, *,
               scenarios: Sequence[str] | None = None, divide_by: float = 1.0,
               unit: str | None = None, **labels: Any) -> Figure:
    """Means of `metric` for each item of the dimension `over`, one upon
    another over the years, a panel a scenario; what is below 0 hangs below.

    Means add up where medians do not; a line is the sum. Sectors are those of
    the model, without portfolios. `unit` names the unit after `divide_by`.
    """
    moments = result.group("moments")
    means = moments[metric].sel(moment="mean", **labels)
    means = means.sel(scenario=list(scenarios or result.scenarios))
    if over == "sector":
        means = means.sel(sector=result.sectors)
    # flows of the last year and parts that are always 0 have nothing to show
    means = (means / divide_by).dropna("year", how="all").fillna(0.0)
    means = means.isel({over: abs(means).max(["scenario", "year"]) > 0.0})
    names = [str(name) for name in means.scenario.values]
    with style.styled():
        figure = style.new_figure(1.6 + 2.5 * len(names), 3.8)
        panels = figure.subplots(1, len(names), squeeze=False, sharey=True)[0]
        for axes, name in zip(panels, names):
            _stack(axes, means.sel(scenario=name).transpose(over, "year"))
            axes.set_title(style.readable(name))
            style.year_axis(axes, means.year.values)
        panels[0].set_ylabel(unit or units_of(moments[metric]))
        panels[-1].legend(*_in_order(panels[0]), loc="upper left",
                          bbox_to_anchor=(1.02, 1.0), fontsize=8)
        what = [style.readable(str(v)) for v in labels.values()]
        style.title(figure, " · ".join([style.readable(metric), *what]))
        n = int(result.provenance["samples"])
        style.note(figure, f"means of {n:,} samples; line: their sum")
    return figure


def _stack(axes: Axes, parts: xr.DataArray) -> None:
    years = parts.year.values
    up, down = np.zeros(years.size), np.zeros(years.size)
    for k, part in enumerate(parts):
        value = part.values
        above, below = np.maximum(value, 0.0), np.minimum(value, 0.0)
        colour = style.AREAS[k % len(style.AREAS)]
        hatch = "///" if k >= len(style.AREAS) else None
        name = style.readable(str(part[parts.dims[0]].item()))
        axes.fill_between(years, up, up + above, color=colour, label=name,
                          hatch=hatch, edgecolor="white", linewidth=0.3)
        axes.fill_between(years, down, down + below, color=colour,
                          hatch=hatch, edgecolor="white", linewidth=0.3)
        up, down = up + above, down + below
    axes.plot(years, up + down, color=style.INK, linewidth=1.2)


def _in_order(axes: Axes) -> tuple[list[Any], list[str]]:
    """Handles and names, the uppermost first."""
    handles, names = axes.get_legend_handles_labels()
    return handles[::-1], names[::-1]
