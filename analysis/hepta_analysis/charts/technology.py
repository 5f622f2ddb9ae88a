"""Which technologies a sector is made of, and how sure that is."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from ..errors import unknown
from ..result import Result
from . import style


def technology_stack(result: Result, sector: str, *,
                     scenarios: Sequence[str] | None = None,
                     year: int | None = None) -> Figure:
    """Median shares one upon another over the years, a panel a scenario;
    beside them the medians and ranges of one year (the last).

    Medians of shares need not add up to 1: what is missing stays white.
    """
    names = list(scenarios or result.scenarios)
    technologies = [str(t) for t in result.bands.technology.values
                    if str(t).split("/")[0] == sector]
    if not technologies:
        raise unknown("sector", sector, result.sectors)
    share = 100.0 * result.band("share", percentile=[5, 50, 95],
                                scenario=names, technology=technologies).value
    when = int(share.year[-1]) if year is None else year
    colours = [style.AREAS[k % len(style.AREAS)]
               for k in range(len(technologies))]
    places = np.arange(len(technologies))
    with style.styled():
        figure = style.new_figure(8.5, 1.1 + 2.1 * len(names))
        panels = figure.subplots(len(names), 2, squeeze=False, sharex="col",
                                 width_ratios=(1.5, 1))
        for (stack, dots), name in zip(panels, names):
            one = share.sel(scenario=name)
            medians = one.sel(percentile=50).transpose("technology", "year")
            stack.stackplot(one.year.values, medians.values, colors=colours,
                            edgecolor="white", linewidth=0.4)
            stack.set_ylim(0, 105)
            stack.set_title(style.readable(name))
            stack.set_ylabel("% of activity")
            style.year_axis(stack, one.year.values)
            last = one.sel(year=when)
            middle = last.sel(percentile=50).values
            reach = [middle - last.sel(percentile=5).values,
                     last.sel(percentile=95).values - middle]
            dots.errorbar(middle, places, xerr=reach, fmt="none",
                          ecolor=style.FAINT, elinewidth=1.5)
            dots.scatter(middle, places, c=colours, s=45, zorder=3,
                         edgecolors=style.INK, linewidths=0.6)
            dots.set_yticks(places, [style.readable(t.split("/")[1])
                                     for t in technologies], fontsize=8)
            dots.invert_yaxis()
            dots.grid(visible=False)
            dots.set_xlim(-3, 103)
            dots.set_title(f"{when}")
        panels[-1][1].set_xlabel("% of activity")
        for stack in panels[:-1, 0]:
            stack.set_xlabel("")
        style.title(figure, f"technologies of {style.readable(sector)}")
        style.note(figure, "areas and dots: medians; lines: 5 to 95 % of the "
                   "samples; white: medians do not add up to 100 %")
    return figure
