"""Sorted samples of cells as far as their counts tell.

The twin of `src/statistics/order_statistics.cpp` and `percentile.cpp`: where a
percentile is stored in the file, these functions give the same number.
"""
from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from .axis import (ATOM, FIRST_INNER, FIRST_OUTER, Floats, Ints, Plan,
                   axis_bin, lower_edge)

_LARGE_VARIANCE = 1000.0


@dataclass(frozen=True)
class Cells:
    """Counted cells with the same number of bins."""

    plan: Plan
    counts: Ints      # (cell, bin)
    minimum: Floats   # of values other than the atom
    maximum: Floats

    def take(self, cells: Ints) -> Cells:
        return Cells(self.plan.take(cells), self.counts[cells],
                     self.minimum[cells], self.maximum[cells])


@dataclass(frozen=True)
class Sorted:
    """The cells with what every look-up of a rank needs."""

    cells: Cells
    atom_bin: Ints    # (cell), the bin that the atom lies in
    n_atom: Ints      # (cell)
    end: Ints         # (cell, bin), samples in this bin and below
    minimum: Floats   # (cell), the atom included
    maximum: Floats

    @property
    def n(self) -> Ints:
        """Valid samples of each cell."""
        return self.end[:, -1]


def sort(cells: Cells) -> Sorted:
    """Prepare cells for `value_at`."""
    plan, counts = cells.plan, cells.counts
    atom_bin = axis_bin(plan, plan.atom)
    n_atom = counts[:, ATOM]
    inside = counts.copy()
    inside[:, :FIRST_OUTER] = 0
    inside[np.arange(len(counts)), atom_bin] += n_atom
    minimum = np.where(n_atom > 0, np.minimum(cells.minimum, plan.atom),
                       cells.minimum)
    maximum = np.where(n_atom > 0, np.maximum(cells.maximum, plan.atom),
                       cells.maximum)
    return Sorted(cells, atom_bin, n_atom, inside.cumsum(axis=1), minimum,
                  maximum)


def value_at(data: Sorted, cell: Ints, rank: Ints) -> Floats:
    """Sample `rank` (from 0) of cell `cell`, interpolated within its bin."""
    end = data.end[cell]
    b = np.minimum((end <= rank[:, None]).sum(axis=1), end.shape[1] - 1)
    row = np.arange(len(cell))
    below = np.where(b > 0, end[row, b - 1], 0)
    n_in_bin = end[row, b] - below
    i = rank - below
    plan = data.cells.plan.take(cell)
    low, high, start, stop = _span(data, plan, cell, b)
    value = _evenly(start, stop, i, n_in_bin)
    at_atom = (b == data.atom_bin[cell]) & (data.n_atom[cell] > 0)
    beside = _beside_atom(data, plan, cell, i, n_in_bin, low, high)
    value = np.where(at_atom, beside, value)
    value = np.where(rank == data.n[cell] - 1, data.maximum[cell], value)
    return np.where(rank == 0, data.minimum[cell], value)


def _span(data: Sorted, plan: Plan, cell: Ints, b: Ints) -> tuple[Floats, ...]:
    """What a bin can hold (low, high), and what to interpolate between."""
    n = len(b)
    edges = lower_edge(plan.take(np.tile(np.arange(n), 2)),
                       np.concatenate([b, b + 1]))
    lower, upper = edges[:n], edges[n:]
    minimum, maximum = data.minimum[cell], data.maximum[cell]
    low = np.clip(lower, minimum, maximum)
    high = np.clip(np.nextafter(upper, lower), minimum, maximum)
    whole = ((plan.edges_per_unit != 0.0) & (b >= FIRST_INNER)
             & (b < FIRST_INNER + plan.n_inner))
    per_unit = np.where(whole, plan.edges_per_unit, 1.0)
    exact = np.clip(plan.origin[:, 0] + (b - plan.offset) / per_unit,
                    minimum, maximum)
    return low, high, np.where(whole, exact, low), np.where(whole, exact, high)


def _beside_atom(data: Sorted, plan: Plan, cell: Ints, i: Ints, n_in_bin: Ints,
                 low: Floats, high: Floats) -> Floats:
    """Sample i of the bin that the atom lies in."""
    atom, n_atom = plan.atom, data.n_atom[cell]
    n_others = n_in_bin - n_atom
    n_below = _n_below_atom(data, plan, cell, n_others, low, high)
    under = _evenly(low, atom, i, n_below)
    over = _evenly(atom, high, i - n_below - n_atom, n_others - n_below)
    return np.where(i < n_below, under,
                    np.where(i >= n_below + n_atom, over, atom))


def _n_below_atom(data: Sorted, plan: Plan, cell: Ints, n_others: Ints,
                  low: Floats, high: Floats) -> Ints:
    """How many of the bin's other samples are taken to be below the atom."""
    width = high - low
    part = np.where(width > 0.0,
                    (plan.atom - low) / np.where(width > 0.0, width, 1.0), 0.0)
    part = np.where(data.cells.maximum[cell] < plan.atom, 1.0, part)
    part = np.where(data.cells.minimum[cell] > plan.atom, 0.0, part)
    n_below: Ints = np.floor(n_others * part).astype(np.int64)
    return n_below


def _evenly(low: Floats, high: Floats, i: Ints, n: Ints) -> Floats:
    """Sample i of n that lie evenly in [low, high]."""
    part: Floats = (i + 0.5) / np.maximum(n, 1)
    return low + part * (high - low)


@dataclass(frozen=True)
class Percentiles:
    """Percentiles with the limits of their intervals, each (cell, p)."""

    value: Floats
    lower: Floats
    upper: Floats


def percentiles(cells: Cells, p: Floats, confidence: float) -> Percentiles:
    """Percentiles p (0 < p < 100) as of a full sort; NaN without samples."""
    data = sort(cells)
    shape = (len(data.n), len(p))
    n = np.repeat(data.n, len(p))
    cell = np.repeat(np.arange(len(data.n)), len(p))
    percent = np.tile(p, len(data.n))
    valid = n > 0
    rank = percent / 100.0 * (np.maximum(n, 1) - 1)
    below = rank.astype(np.int64)
    part = rank - below
    limits = {key: rank_limits(key[0], key[1] / 100.0, confidence)
              for key in set(zip(n[valid].tolist(), percent[valid].tolist()))}
    pairs = np.array([limits.get(key, (0, 1))
                      for key in zip(n.tolist(), percent.tolist())])
    last = np.maximum(n - 1, 0)
    ranks = np.stack([below, np.minimum(below + 1, last),
                      np.clip(pairs[:, 0] - 1, 0, last),
                      np.clip(pairs[:, 1] - 1, 0, last)])
    with np.errstate(invalid="ignore"):  # cells without samples
        a, b, lower, upper = value_at(
            data, np.tile(cell, 4), ranks.ravel()).reshape(4, -1)
        value = a + part * (np.where(part > 0.0, b, a) - a)
    out = (value,
           np.where(pairs[:, 0] >= 1, lower, -np.inf),
           np.where(pairs[:, 1] <= n, upper, np.inf))
    return Percentiles(*(np.where(valid, x, np.nan).reshape(shape)
                         for x in out))


def rank_limits(n: int, fraction: float, confidence: float) -> tuple[int, int]:
    """Ranks (from 1) of the samples that enclose a quantile; 0, or more than
    n, where n is too small.

    Source: David & Nagaraja (2003), Order Statistics, section 7.1.
    """
    tail = 0.5 * (1.0 - confidence)
    low = binomial_quantile(n, fraction, tail)
    high = binomial_quantile(n, fraction, 1.0 - tail)
    return max(low - 1, 0), high + 1


def binomial_quantile(n: int, fraction: float, probability: float) -> int:
    """Smallest k with P(B <= k) >= probability; beyond a variance of 1000 from
    the normal distribution with corrections (within one)."""
    mean = n * fraction
    variance = mean * (1.0 - fraction)
    if variance > _LARGE_VARIANCE:
        z = NormalDist().inv_cdf(probability)
        skewness = (z * z - 1.0) * (1.0 - 2.0 * fraction) / 6.0
        return math.ceil(mean + z * math.sqrt(variance) + skewness - 0.5)
    reach = 20.0 * math.sqrt(variance) + 40.0
    first = max(math.floor(mean - reach), 0)
    last = min(math.ceil(mean + reach), n)
    log_p, log_q = math.log(fraction), math.log1p(-fraction)
    whole = math.lgamma(n + 1)
    total = 0.0
    for k in range(first, last + 1):
        total += math.exp(whole - math.lgamma(k + 1) - math.lgamma(n - k + 1)
                          + k * log_p + (n - k) * log_q)
        if total >= probability:
            return k
    return last


def distribution(cells: Cells) -> tuple[Floats, Ints]:
    """Points of the distribution of one cell: x, and the samples below it.

    Exact at every edge of a bin; interpolate between. A value that many samples
    share is a step and comes twice, first with the samples below, then with
    those at it as well.
    """
    data = sort(cells)
    bins = np.flatnonzero(np.diff(data.end[0], prepend=0))
    here = np.zeros(len(bins), np.int64)
    plan = cells.plan.take(here)
    low, high, start, stop = _span(data, plan, here, bins)
    below, upto = data.end[0, bins - 1], data.end[0, bins]
    x = np.stack([start, stop], axis=1).ravel()
    n = np.stack([below, upto], axis=1).ravel()
    n_atom = data.n_atom[0]
    at = np.flatnonzero(bins == data.atom_bin[0])
    if n_atom > 0:
        others = upto - below - n_atom
        n_below = (below + _n_below_atom(data, plan, here, others, low,
                                         high))[at[0]]
        x = np.insert(x, 2 * at[0] + 1, [plan.atom[0]] * 2)
        n = np.insert(n, 2 * at[0] + 1, [n_below, n_below + n_atom])
    return x, n
