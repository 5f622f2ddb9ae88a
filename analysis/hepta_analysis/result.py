"""Opening a result and selecting from it by label."""
from __future__ import annotations

import functools
import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import h5py
import numpy as np
import xarray as xr

from .axis import Ints
from .errors import ResultError, unknown
from .order import distribution
from .state import State, names_as_written

FORMAT = "hepta-result"
FORMAT_VERSION = 1
_CACHE_BYTES = 64 * 2**20


def open_result(path: str | os.PathLike[str]) -> Result:
    """Open a result file; raises `ResultError` if it is not one."""
    path = Path(path)
    if not path.exists():
        raise ResultError(f"{path}: there is no such file")
    if path.is_dir():
        raise ResultError(f"{path}: is a folder, not a result file")
    try:
        file = h5py.File(path, "r", rdcc_nbytes=_CACHE_BYTES)
    except OSError as error:
        raise ResultError(f"{path}: {_why_unreadable(path, error)}") from None
    try:
        _check_format(path, file)
    except ResultError:
        file.close()
        raise
    return Result(path, file)


def _why_unreadable(path: Path, error: OSError) -> str:
    size = path.stat().st_size
    if "truncated" in str(error):
        return (f"is cut off after {size} bytes, so it was not copied whole; "
                "copy it again")
    with path.open("rb") as stream:
        if stream.read(4) != b"\x89HDF":
            return "is not an HDF5 file, so it is no result of hepta"
    return f"cannot be read as HDF5 ({error}); copy it again"


def _check_format(path: Path, file: h5py.File) -> None:
    if file.attrs.get("format") != FORMAT:
        raise ResultError(
            f"{path}: is an HDF5 file, but no result of hepta "
            f"(its attribute 'format' is not '{FORMAT}')")
    version = int(file.attrs.get("format_version", 0))
    if version > FORMAT_VERSION:
        raise ResultError(
            f"{path}: has format {version}, which is newer than the "
            f"{FORMAT_VERSION} read here; update hepta_analysis")
    if version < FORMAT_VERSION:
        raise ResultError(
            f"{path}: has format {version}, which is older than the "
            f"{FORMAT_VERSION} read here; compute it again with this hepta")
    missing = [name for name in ("bands", "state", "provenance")
               if name not in file]
    if missing:
        raise ResultError(f"{path}: lacks the group /{missing[0]}, so it is "
                          "no whole result; compute it again")


class Result:
    """A result file. Groups are xarray datasets, read when first asked for."""

    def __init__(self, path: Path, file: h5py.File) -> None:
        self.path = path
        self._file = file

    def __enter__(self) -> Result:
        return self

    def __exit__(self, kind: type[BaseException] | None,
                 error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return (f"<hepta result {self.name}: {self.provenance['samples']} "
                f"samples, {self.path}>")

    def close(self) -> None:
        self._file.close()

    @property
    def name(self) -> str:
        return str(self._file.attrs["name"])

    @property
    def title(self) -> str:
        return str(self._file.attrs["title"])

    @functools.cached_property
    def provenance(self) -> dict[str, Any]:
        """The attributes of `/provenance`, as Python values."""
        attributes = self._file["provenance"].attrs
        return {name: _python_value(value)
                for name, value in attributes.items()
                if not name.startswith("_")}

    @property
    def is_weighted(self) -> bool:
        """Do samples count by weights, as with a `[tilt]`?"""
        return bool(self.provenance.get("weighted", 0))

    def refuse_weights(self, what: str) -> None:
        """For what would take samples of unequal weight for equal ones."""
        if self.is_weighted:
            raise ResultError(
                f"{self.path}: {what} would take its weighted samples for "
                "equal ones; use the percentiles, moments and probabilities "
                "of the file, or a run without [tilt]")

    @property
    def groups(self) -> list[str]:
        return list(self._file)

    @functools.cached_property
    def bands(self) -> xr.Dataset:
        return self.group("bands")

    @functools.cached_property
    def draws(self) -> xr.Dataset:
        return self.group("draws")

    @functools.cached_property
    def state(self) -> State:
        return State(self._file)

    @property
    def metrics(self) -> list[str]:
        """Names of what `band` knows."""
        return [str(name) for name in self.bands
                if f"{name}_lower" in self.bands]

    @property
    def scenarios(self) -> list[str]:
        return [str(s) for s in self.bands.scenario.values]

    @property
    def sectors(self) -> list[str]:
        """The sectors, without the portfolios."""
        units = self.bands.sector_unit
        return [str(s) for s in units.sector.values[units.values != ""]]

    @property
    def portfolios(self) -> list[str]:
        sectors = set(self.sectors)
        return [str(s) for s in self.bands.sector.values if s not in sectors]

    def group(self, name: str) -> xr.Dataset:
        """A group of the file with its dimensions labelled."""
        if name not in self._file:
            hint = (": compute with draws > 0" if name == "draws" else
                    ": pass a table of your own instead"
                    if name == "sensitivity" else "")
            raise ResultError(f"{self.path}: has no group /{name}{hint}")
        return _read_group(self._file[name])

    def names(self, group: str) -> list[str]:
        """Variables of a group in the order in which they were written."""
        return names_as_written(self._file[group])

    def band(self, metric: str, *, percentile: float | Sequence[float] | None
             = None, **labels: Any) -> xr.Dataset:
        """Percentiles with their intervals: `value`, `lower`, `upper`.

        `labels` select by dimension: `sector="steel"`, `year=[2030, 2050]`.
        Percentiles that the file does not hold are computed from the counts;
        their intervals are NaN for `sobol`, see `percentile_from_counts`.
        """
        if metric not in self.metrics:
            raise unknown("metric", metric, self.metrics)
        stored = self.bands[metric]
        index = self._index(stored, labels)
        parts = {"value": stored, "lower": self.bands[f"{metric}_lower"],
                 "upper": self.bands[f"{metric}_upper"]}
        data = _described(
            xr.Dataset({k: v.isel(index) for k, v in parts.items()}), stored)
        if percentile is not None:
            asked = np.atleast_1d(np.asarray(percentile, np.float64))
            known = stored.percentile.values
            others = asked[~np.isin(asked, known)]
            if len(others):
                found = self._from_counts(metric, stored, index, others)
                data = xr.concat([data, found], "percentile",
                                 combine_attrs="override")
            data = data.sel(percentile=asked)
            labels = {**labels, "percentile": percentile}
        return _drop_single(data, labels)

    def percentile_from_counts(self, metric: str, p: Sequence[float],
                               **labels: Any) -> xr.Dataset:
        """As `band`, from the counts even where the file holds it.

        To the bit what a run without `--exact` stores. The intervals are those
        of independent samples: as the file has them for `mc` and `lhs`, and NaN
        for `sobol`, whose intervals follow from its randomisations.
        """
        if metric not in self.metrics:
            raise unknown("metric", metric, self.metrics)
        stored = self.bands[metric]
        index = self._index(stored, labels)
        data = self._from_counts(metric, stored, index, np.asarray(p, float))
        return _drop_single(data, labels)

    def distribution(self, metric: str, **labels: Any) -> xr.DataArray:
        """Part of the samples that are at most x, over x, of one cell."""
        if metric not in self.metrics:
            raise unknown("metric", metric, self.metrics)
        self.refuse_weights("a distribution from counts")
        stored = self.bands[metric]
        index = self._index(stored, labels)
        index.pop("percentile", None)
        cells = self._cells(metric, stored, index)
        if len(cells) == 1 and cells[0] < 0:
            raise ResultError(f"{metric} has no meaning for a portfolio")
        if len(cells) != 1:
            raise ResultError(
                f"a distribution is that of one cell: say one label for each "
                f"of {', '.join(map(str, stored.dims[:-1]))}")
        x, n = distribution(self.state.cell(int(cells[0])))
        part = n / n[-1] if len(n) else n.astype(float)
        data = xr.DataArray(part, {"x": x}, ("x",), name="part_at_most")
        one = stored.isel({k: v[0] for k, v in index.items()})
        data.x.attrs = {"units": units_of(one), "long_name": one.long_name}
        return data

    def _index(self, data: xr.DataArray,
               labels: dict[str, Any]) -> dict[str, Ints]:
        """Positions of labels; an unknown label is an error that helps."""
        found: dict[str, Ints] = {}
        for name, wanted in labels.items():
            if name not in data.dims or name == "percentile":
                raise unknown(f"dimension of {data.name}", name,
                              data.dims[:-1])
            known = data[name].values.tolist()
            several = (wanted if isinstance(wanted, (list, tuple, np.ndarray,
                                                     range)) else [wanted])
            for label in several:
                if label not in known:
                    raise unknown(name, label, known)
            found[name] = np.array([known.index(k) for k in several])
        return found

    def _cells(self, metric: str, stored: xr.DataArray,
               index: dict[str, Ints]) -> Ints:
        dims, shape = stored.dims[:-1], stored.shape[:-1]
        places = [index.get(str(d), np.arange(n))
                  for d, n in zip(dims, shape)]
        return self.state.cells_of(metric, places, shape).ravel()

    def _from_counts(self, metric: str, stored: xr.DataArray,
                     index: dict[str, Ints], p: np.ndarray[Any, Any]
                     ) -> xr.Dataset:
        if ((p <= 0.0) | (p >= 100.0)).any():
            raise ResultError("a percentile lies between 0 and 100, both "
                              f"excluded: {p.tolist()}")
        self.refuse_weights("a percentile from counts")
        chosen = stored.isel(index).isel(percentile=0, drop=True)
        cells = self._cells(metric, stored, index)
        found = vars(self.state.percentiles(cells, p, self.confidence))
        if self.provenance["sampler"] == "sobol":
            for limit in ("lower", "upper"):
                found[limit] = np.full_like(found[limit], np.nan)
        shape = (*chosen.shape, len(p))
        dims = (*chosen.dims, "percentile")
        data = xr.Dataset(
            {name: (dims, values.reshape(shape))
             for name, values in found.items()},
            {**chosen.coords, "percentile": p})
        data.percentile.attrs = dict(stored.percentile.attrs)
        return _described(data, stored)

    @property
    def confidence(self) -> float:
        return float(self._file["bands"].attrs["confidence"])


def units_of(data: xr.DataArray | xr.Dataset) -> str:
    """The unit, also where it differs by item and one item is selected."""
    unit = str(data.attrs.get("units", "1"))
    if not unit.startswith("see "):
        return unit
    found = set(np.unique(np.asarray(data[unit[4:]]))) - {""}
    if len(found) != 1:
        raise ResultError(
            f"the unit differs by item ({', '.join(sorted(found))}): "
            "select items of one unit")
    return str(found.pop())


def _described(data: xr.Dataset, stored: xr.DataArray) -> xr.Dataset:
    """With the units and the name of the metric, on each variable too."""
    data.attrs = {"units": stored.units, "long_name": stored.long_name,
                  "metric": str(stored.name)}
    for variable in data.data_vars.values():
        variable.attrs["units"] = stored.units
    return data


def _drop_single(data: xr.Dataset, labels: dict[str, Any]) -> xr.Dataset:
    """Without the dimensions of which one label was asked for."""
    single = {name: 0 for name, wanted in labels.items()
              if not isinstance(wanted, (list, tuple, np.ndarray, range))}
    return data.isel(single)


def _read_group(group: h5py.Group) -> xr.Dataset:
    variables: dict[str, Any] = {}
    coordinates: dict[str, Any] = {}
    for name, dataset in group.items():
        if not isinstance(dataset, h5py.Dataset):
            continue
        attributes = {k: _python_value(v) for k, v in dataset.attrs.items()
                      if k in ("units", "long_name", "source")}
        dims = tuple(d[0].name.rsplit("/", 1)[-1] if len(d) else name
                     for d in dataset.dims)
        into = (coordinates if dims == (name,) or name.endswith("_unit")
                else variables)
        into[name] = (dims, _values(dataset), attributes)
    return xr.Dataset(variables, coordinates,
                      {k: _python_value(v) for k, v in group.attrs.items()
                       if not k.startswith("_")})


def _values(dataset: h5py.Dataset) -> Any:
    if h5py.check_string_dtype(dataset.dtype):
        text = dataset.asstr()[()]
        return text if isinstance(text, str) else text.astype(str)
    return dataset[()]


def _python_value(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode()
    return value.item() if isinstance(value, np.generic) else value
