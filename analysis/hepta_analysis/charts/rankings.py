"""Which inputs matter: tornado and Sobol charts."""
from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from . import style


def _top(table: xr.Dataset, n: int) -> xr.Dataset:
    """The n inputs of the largest |value|, the largest first."""
    strength = np.abs(np.nan_to_num(table.value.values))
    order = np.argsort(-strength, kind="stable")[:n]
    return table.isel(input=order)


def tornado(table: xr.Dataset, *, n: int = 12) -> Figure:
    """Signed strength (rank correlation) of the strongest inputs, from a table
    with `value` and, if there, `lower` and `upper` by `input`."""
    top = _top(table, n)
    value = top.value.values
    places = np.arange(len(value))
    with style.styled():
        figure = style.new_figure(6.5, 1.0 + 0.27 * len(value))
        axes = figure.subplots()
        colours = np.where(value >= 0, style.LINES[1], style.LINES[0])
        axes.barh(places, value, color=colours, height=0.66)
        _error_bars(axes, top, places)
        axes.axvline(0.0, color=style.INK, linewidth=0.8)
        axes.set_yticks(places, [_input_name(i) for i in top.input.values],
                        fontsize=8)
        axes.invert_yaxis()
        axes.grid(axis="x")
        axes.grid(visible=False, axis="y")
        axes.set_xlabel(f"{_measure(table)} (1), orange: raises it, "
                        "blue: lowers it")
        style.title(figure, _what(table))
    return figure


def sobol(first_order: xr.Dataset, total: xr.Dataset | None = None, *,
          n: int = 12) -> Figure:
    """Part of the variance by input: alone (first order), and with all its
    interactions (total) where known."""
    top = _top(first_order if total is None else total, n)
    places = np.arange(top.sizes["input"])
    first = first_order.sel(input=top.input)
    with style.styled():
        figure = style.new_figure(6.5, 1.0 + 0.3 * len(places))
        axes = figure.subplots()
        if total is not None:
            whole = total.sel(input=top.input)
            axes.barh(places, whole.value, height=0.74, color=style.LINES[4],
                      alpha=0.55, label="total, with interactions")
            _error_bars(axes, whole, places + 0.18)
        axes.barh(places, first.value, height=0.38, color=style.LINES[0],
                  label="first order, alone")
        _error_bars(axes, first, places - (0.0 if total is None else 0.12))
        axes.set_yticks(places, [_input_name(i) for i in top.input.values],
                        fontsize=8)
        axes.invert_yaxis()
        axes.grid(axis="x")
        axes.grid(visible=False, axis="y")
        axes.set_xlim(left=0.0)
        axes.set_xlabel("part of the variance (1)")
        if total is not None:
            axes.legend(loc="lower right")
        style.title(figure, _what(first_order))
    return figure


def _error_bars(axes: Axes, table: xr.Dataset, places: Any) -> None:
    if "lower" in table and "upper" in table:
        value = table.value.values
        reach = np.maximum([value - table.lower.values,
                            table.upper.values - value], 0.0)
        axes.errorbar(value, places, xerr=reach, fmt="none",
                      ecolor=style.INK, elinewidth=1.0, capsize=2)


def _input_name(name: object) -> str:
    return style.readable(str(name))


def _measure(table: xr.Dataset) -> str:
    names = {"spearman": "rank correlation", "first_order": "first order"}
    measure = str(table.attrs.get("measure", "strength"))
    return names.get(measure, measure)


def _what(table: xr.Dataset) -> str:
    output = str(table.attrs.get("output", "output"))
    return "what drives " + style.readable(output.replace("/", " · "))
