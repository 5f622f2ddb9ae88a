"""The bins of a cell: number of the bin of a value, and edges of a bin.

The same arithmetic as in `src/statistics/cell.cpp`, bit for bit, on arrays of
plans: see `include/hepta/statistics/cell.hpp` for what a plan means.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

N_TERMS = 3
INVALID, ATOM, FIRST_OUTER, N_OUTER = 0, 1, 2, 32
FIRST_INNER = FIRST_OUTER + N_OUTER
_LOWEST_INT = np.iinfo(np.int64).min
_TWO_52 = 2.0**52


@dataclass(frozen=True)
class Plan:
    """`CellPlan` of many cells: one element, or row of terms, a cell."""

    origin: Floats          # (cell, term)
    delta: Floats           # (cell, term)
    bins_per_t: Floats      # (cell, term)
    offset: Floats
    low: Floats
    high: Floats
    atom: Floats
    atom_width: Floats
    n_inner: Ints
    edges_per_unit: Floats

    def take(self, cells: Ints) -> Plan:
        """The plans of some cells, repeated where `cells` repeats."""
        return Plan(**{name: values[cells]
                       for name, values in vars(self).items()})

    @property
    def n_bins(self) -> Ints:
        return FIRST_INNER + self.n_inner + N_OUTER


def fma(x: Floats, y: Floats, z: Floats) -> Floats:
    """x y + z rounded once, for magnitudes far from overflow.

    Source: Boldo & Melquiond (2008), Emulation of FMA and correctly rounded
    sums, doi:10.1109/TC.2007.70819, figure 4; exact products by Veltkamp's
    split.
    """
    product = x * y
    x_high, x_low = _split(x)
    y_high, y_low = _split(y)
    product_low = ((x_high * y_high - product) + x_high * y_low
                   + x_low * y_high) + x_low * y_low
    t_high, t_low = _two_sum(z, product_low)
    v_high, v_low = _two_sum(product, t_high)
    return v_high + _sum_to_odd(t_low, v_low)


def _split(x: Floats) -> tuple[Floats, Floats]:
    scaled = 134217729.0 * x  # 2^27 + 1
    high = scaled - (scaled - x)
    return high, x - high


def _two_sum(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    total = a + b
    part = total - a
    return total, (a - (total - part)) + (b - part)


def _sum_to_odd(a: Floats, b: Floats) -> Floats:
    """a + b; of its two neighbours the one with an odd last bit."""
    total, error = _two_sum(a, b)
    is_even = (total.view(np.int64) & 1) == 0
    toward = np.where(error > 0.0, np.inf, -np.inf)
    inexact = (error != 0.0) & is_even
    return np.where(inexact, np.nextafter(total, toward), total)


def _log_of_bits(y: Floats) -> Floats:
    return (np.ascontiguousarray(y).view(np.int64) >> 12).astype(np.float64)


def axis_bin(plan: Plan, x: Floats) -> Ints:
    """Outer or inner bin of finite x, the atom not taken out; an x a plan."""
    u = plan.offset
    used = np.ones(x.shape, bool)
    for k in range(N_TERMS):
        used = used & (plan.bins_per_t[:, k] != 0.0)
        if not used.any():
            break
        v = x - plan.origin[:, k]
        t = np.copysign(_log_of_bits(np.abs(v) + plan.delta[:, k])
                        - _log_of_bits(plan.delta[:, k]), v)
        u = np.where(used, fma(t, plan.bins_per_t[:, k], u), u)
    inner = np.minimum(np.maximum(u, FIRST_INNER - 0.5),
                       FIRST_INNER + plan.n_inner.astype(np.float64))
    excess = u - inner
    octave = np.frexp(1.0 + np.abs(excess))[1] - 1.0
    octave = np.minimum(octave, N_OUTER - 1.0)
    bins: Ints = (inner + np.copysign(octave, excess)).astype(np.int64)
    return bins


def _order_of(x: Floats) -> Ints:
    """The doubles as integers in the same order."""
    bits = np.ascontiguousarray(x).view(np.int64)
    return np.where(bits < 0, _LOWEST_INT - bits, bits)


def _from_order(i: Ints) -> Floats:
    return np.where(i < 0, _LOWEST_INT - i, i).view(np.float64)


def lower_edge(plan: Plan, b: Ints) -> Floats:
    """The smallest double that goes into bin b or beyond, a bin a plan."""
    lowest = np.full(b.shape, np.finfo(np.float64).min)
    is_first = axis_bin(plan, lowest) >= b
    below = _order_of(np.where(axis_bin(plan, plan.low) < b, plan.low, lowest))
    above = _order_of(
        np.where(axis_bin(plan, plan.high) >= b, plan.high, np.inf))
    while True:
        middle = (below & above) + ((below ^ above) >> 1)  # cannot overflow
        is_open = middle > below
        if not is_open.any():
            return np.where(is_first, lowest, _from_order(above))
        is_above = axis_bin(plan, _from_order(middle)) >= b
        above = np.where(is_open & is_above, middle, above)
        below = np.where(is_open & ~is_above, middle, below)
