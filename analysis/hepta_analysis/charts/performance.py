"""How sure and how fast: convergence with samples, scaling with processors."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr
from matplotlib.figure import Figure

from ..errors import ResultError
from . import style


def convergence(table: xr.Dataset, final: float | None = None) -> Figure:
    """A percentile and its interval over the number of samples, from
    `tables.convergence`; `final` is its value of all samples."""
    with style.styled():
        figure = style.new_figure(6.5, 3.4)
        axes = figure.subplots()
        n = table.n.values
        axes.fill_between(n, table.lower, table.upper, color=style.LINES[0],
                          alpha=0.25, linewidth=0, label="95 % interval")
        axes.plot(n, table.value, "o-", color=style.LINES[0], markersize=4,
                  linewidth=1.5, label=f"percentile {table.percentile:g}")
        if final is not None:
            axes.axhline(final, color=style.LINES[1], linewidth=1.2,
                         linestyle="--", label="of all samples")
        axes.set_xscale("log", base=2)
        axes.set_xticks(n, [f"{int(k)}" for k in n], fontsize=8)
        axes.minorticks_off()
        axes.set_xlabel("samples")
        axes.set_ylabel(str(table.units))
        axes.legend()
        name = style.readable(str(table.output).replace("/", " · "))
        style.title(figure, f"convergence of {name}")
    return figure


def precision(table: xr.Dataset) -> Figure:
    """How far a run with a rule to stop was from its target at each look, from
    `tables.precision`: the least precise percentile, which may be another one
    each time."""
    n = table.n.values
    ratio = table.half_width.values / table.target.values
    with style.styled():
        figure = style.new_figure(6.5, 3.4)
        axes = figure.subplots()
        axes.plot(n, ratio, "o-", color=style.LINES[0], markersize=5,
                  label="least precise percentile")
        axes.plot(n, ratio[0] * np.sqrt(n[0] / n), "--", color=style.FAINT,
                  linewidth=1.2, label="as 1/√n")
        axes.axhline(1.0, color=style.LINES[1], linewidth=1.4,
                     label="wanted")
        for x, y, p in zip(n, ratio, table.percentile.values):
            axes.annotate(f"P{p:g}", (x, y), xytext=(5, 5), fontsize=8,
                          textcoords="offset points")
        axes.set_xscale("log", base=2)
        axes.set_xticks(n, [f"{int(k)}" for k in n], fontsize=8)
        axes.minorticks_off()
        axes.set_xlim(n[0] / 1.2, n[-1] * 1.3)
        axes.set_ylim(0, 1.15 * float(ratio.max()))
        axes.set_xlabel("samples")
        axes.set_ylabel("half width over its target (1)")
        axes.legend(loc="lower left")
        style.title(figure, "looks at the precision of the headline totals")
    return figure


def scaling(workers: Sequence[int], seconds: Sequence[float], *,
            unit: str = "ranks", weak: bool = False) -> Figure:
    """Speed-up and efficiency over the number of workers, relative to the
    fewest; weak: the work grows with the workers."""
    if len(workers) != len(seconds) or len(workers) < 2:
        raise ResultError("scaling needs the same number of workers and of "
                          "seconds, at least two")
    order = np.argsort(workers)
    w = np.asarray(workers, np.float64)[order]
    s = np.asarray(seconds, np.float64)[order]
    efficiency = s[0] / s if weak else s[0] * w[0] / (s * w)
    speed_up = efficiency * w / w[0]
    with style.styled():
        figure = style.new_figure(7.5, 3.4)
        left, right = figure.subplots(1, 2)
        left.plot(w, w / w[0], color=style.FAINT, linewidth=1, label="ideal")
        left.plot(w, speed_up, "o-", color=style.LINES[0], label="measured")
        left.set_xscale("log", base=2)
        left.set_yscale("log", base=2)
        left.set_ylabel(f"speed-up over {w[0]:g} {unit} (1)")
        left.set_yticks(w / w[0], [f"{k:g}" for k in w / w[0]])
        left.legend()
        right.axhline(100, color=style.FAINT, linewidth=1)
        right.plot(w, 100 * efficiency, "o-", color=style.LINES[0])
        right.set_xscale("log", base=2)
        right.set_ylim(0, max(115.0, 105.0 * float(efficiency.max())))
        right.set_ylabel("efficiency, %")
        for axes in (left, right):
            axes.set_xlabel(unit)
            axes.set_xticks(w, [f"{k:g}" for k in w])
            axes.minorticks_off()
        style.title(figure, f"{'weak' if weak else 'strong'} scaling")
    return figure
