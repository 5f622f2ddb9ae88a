"""What stands beside the trajectories: announced projects, commitments."""
from __future__ import annotations

import xarray as xr
from matplotlib.figure import Figure

from ..result import Result
from . import style
from .fans import draw_fan


def projects(result: Result, stage: str = "operating") -> Figure:
    """Announced projects in a stage, a panel a sector, each axis from 0."""
    counts = result.group("pipeline").projects.sel(stage=stage)
    names = [str(name) for name in counts.sector.values]
    n_columns = 4
    n_rows = -(-len(names) // n_columns)
    with style.styled():
        figure = style.new_figure(8.5, 0.9 + 1.9 * n_rows)
        panels = figure.subplots(n_rows, n_columns, sharex=True,
                                 squeeze=False)
        for axes, name in zip(panels.flat, names):
            band = xr.Dataset({"value": counts.sel(sector=name)})
            draw_fan(axes, band, style.LINES[0])
            axes.set_title(style.readable(name))
            axes.set_ylim(bottom=0.0)
            style.year_axis(axes, band.year.values)
            axes.set_xlabel("")
        for axes in panels.flat[len(names):]:
            axes.set_visible(False)
        for axes in panels[-1]:
            axes.set_xlabel("year")
        for axes in panels[:, 0]:
            axes.set_ylabel("projects")
        style.title(figure, f"announced projects, {style.readable(stage)}")
        style.note(figure, "line: median; shades: 5 to 95 %, 25 to 75 % of "
                           "the samples; all: its own, later count")
    return figure


def delivered(result: Result) -> Figure:
    """Share of activity of committed companies that deliver, by sector."""
    shares = 100.0 * result.group("commitments").delivered_share
    names = [str(name) for name in shares.sector.values]
    with style.styled():
        figure = style.new_figure(6.0, 1.1 + 0.3 * len(names))
        axes = figure.subplots()
        for (low, high), width in (((5, 95), 2.0), ((25, 75), 7.0)):
            axes.hlines(names, shares.sel(percentile=low),
                        shares.sel(percentile=high), color=style.LINES[0],
                        linewidth=width, alpha=0.5)
        axes.plot(shares.sel(percentile=50), names, "o", markersize=4,
                  color=style.LINES[0])
        axes.invert_yaxis()
        axes.grid(axis="y", visible=False)
        axes.grid(axis="x", visible=True)
        axes.set_xlim(left=0.0)
        axes.set_xlabel("% of the sector's activity")
        style.title(figure, "activity of committed companies that deliver")
        style.note(figure, "dot: median; lines: 5 to 95 %, 25 to 75 % of the "
                           "samples")
    return figure
