"""Cells of `/state`: which ones hold a metric, and their counts and plans."""
from __future__ import annotations

from collections.abc import Iterator, Sequence

import h5py
import numpy as np

from .axis import N_TERMS, Floats, Ints, Plan
from .errors import ResultError
from .order import Cells, Percentiles, percentiles

# Decompressing all counts is faster than finding this many cells among them.
_MANY_CELLS = 2000
_CELLS_AT_ONCE = 400


class State:
    """The integer state of a result, from which every percentile follows."""

    def __init__(self, file: h5py.File) -> None:
        self._group = file["state"]
        self._plan = self._read_plan()
        ends = np.cumsum(self._plan.n_bins)
        self._first_bin: Ints = ends - self._plan.n_bins
        self._rows, n_rows, outer = _rows_of_metrics(file["bands"])
        n_cells = n_rows * outer + _n_side_cells(file)
        if n_cells != len(ends):
            raise ResultError(
                f"{file.filename}: /state has {len(ends)} cells where the "
                f"bands have {n_cells}, so the two do not fit together")
        self._n_rows = n_rows

    def cells_of(self, metric: str, index: Sequence[Ints],
                 shape: Sequence[int]) -> Ints:
        """Numbers of the cells at `index` (scenario, item[, inner], year) of a
        metric of that shape, the year fastest; -1 for items without cells."""
        scenario, *items, year = np.ix_(*index)
        rows = self._rows[metric]
        row = np.ravel_multi_index(items, shape[1:-1])
        cells = (scenario * shape[-1] + year) * self._n_rows + rows.start + row
        cells = np.where(row < len(rows), cells, -1).astype(np.int64)
        return cells

    def percentiles(self, cells: Ints, p: Floats,
                    confidence: float) -> Percentiles:
        """Of each cell: arrays (cell, p)."""
        out = Percentiles(*(np.full((len(cells), len(p)), np.nan)
                            for _ in range(3)))
        for places, some in self._read(cells):
            part = percentiles(some, p, confidence)
            for name, values in vars(part).items():
                getattr(out, name)[places] = values
        return out

    def cell(self, number: int) -> Cells:
        """One cell; `number` is not -1."""
        (_, found), = self._read(np.array([number]))
        return found

    def derived_years(self) -> Ints:
        """Samples by scenario, rule and outcome, flat; `tables.year_counts` has
        them by label."""
        counts: Ints = self._group["derived_years"][...].astype(np.int64)
        return counts

    def _read(self, cells: Ints) -> Iterator[tuple[Ints, Cells]]:
        """Cells in groups of one size, with their places in `cells`."""
        counts = self._group["counts"]
        if len(cells) > _MANY_CELLS:
            counts = counts[...]
        sizes = np.where(cells >= 0, self._plan.n_inner[cells], 0)
        for size in np.unique(sizes[sizes > 0]):
            places = np.flatnonzero(sizes == size)
            for first in range(0, len(places), _CELLS_AT_ONCE):
                some = places[first:first + _CELLS_AT_ONCE]
                yield some, self._take(cells[some], counts)

    def _take(self, cells: Ints, counts: h5py.Dataset | Ints) -> Cells:
        plan = self._plan.take(cells)
        n_bins = int(plan.n_bins[0])
        rows = np.stack([counts[first:first + n_bins]
                         for first in self._first_bin[cells]])
        order = np.argsort(cells, kind="stable")
        sorted_cells = cells[order]
        ends = []
        for name in ("minimum", "maximum"):
            unique, back = np.unique(sorted_cells, return_inverse=True)
            values = np.empty(len(cells))
            values[order] = self._group[name][unique][back]
            ends.append(values)
        return Cells(plan, rows.astype(np.int64), *ends)

    def _read_plan(self) -> Plan:
        def terms(name: str) -> Floats:
            return np.stack([self._group[f"plan_{name}_{k}"][...]
                             for k in range(N_TERMS)], axis=1)

        def of(name: str) -> Floats:
            values: Floats = self._group[f"plan_{name}"][...]
            return values

        return Plan(terms("origin"), terms("delta"), terms("bins_per_t"),
                    of("offset"), of("low"), of("high"), of("atom"),
                    of("atom_width"), of("n_inner").astype(np.int64),
                    of("edges_per_unit"))


def names_as_written(group: h5py.Group) -> list[str]:
    """Names in a group in the order in which they were written."""
    names: list[str] = []
    group.id.links.iterate(lambda name: names.append(name.decode()),
                           idx_type=h5py.h5.INDEX_CRT_ORDER)
    return names


def _rows_of_metrics(bands: h5py.Group) -> tuple[dict[str, range], int, int]:
    """Output rows of each metric, rows in all, scenarios times years.

    The metrics are in the order in which they were written. Those with the
    attribute `n_sectors` have no rows for the portfolios, which come last.
    """
    rows: dict[str, range] = {}
    n_rows = outer = 0
    for name in names_as_written(bands):
        if f"{name}_lower" not in bands:
            continue
        dataset = bands[name]
        n_items = int(np.prod(dataset.shape[1:-2]))
        n_items = int(dataset.attrs.get("n_sectors", n_items))
        rows[name] = range(n_rows, n_rows + n_items)
        n_rows += n_items
        outer = dataset.shape[0] * dataset.shape[-2]
    return rows, n_rows, outer


def _n_side_cells(file: h5py.File) -> int:
    """Cells behind those of /bands: outputs that are the same in every
    scenario."""
    n = 0
    for name in ("pipeline", "commitments"):
        for key, dataset in file.get(name, {}).items():
            if f"{key}_lower" in file[name]:
                n += int(np.prod(dataset.shape[:-1]))
    return n
