"""Numbers behind the charts that the file does not hold as they are."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import xarray as xr

from .axis import Floats
from .errors import ResultError, unknown
from .order import rank_limits
from .result import Result

_Z = 1.959963984540054  # of 95 %


def output_name(scenario: str, sector: str, year: int,
                scope: str = "scope1+2") -> str:
    """Name of a headline output in `/draws` and `/sensitivity`."""
    return f"{scenario}/emissions/{sector}/{scope}/{year}"


def sensitivity(result: Result, output: str, measure: str = "first_order"
                ) -> xr.Dataset:
    """`value`, `lower`, `upper` by input, from `/sensitivity`: first_order,
    total, or spearman."""
    group = result.group("sensitivity")
    if measure not in group:
        raise unknown("measure in /sensitivity", measure, group.data_vars)
    if output not in group.output.values:
        raise unknown("output in /sensitivity", output, group.output.values)
    found = {"value": group[measure].sel(output=output, drop=True)}
    for limit in ("lower", "upper"):
        if f"{measure}_{limit}" in group:
            found[limit] = group[f"{measure}_{limit}"].sel(output=output,
                                                           drop=True)
    return xr.Dataset(found, attrs={"measure": measure, "output": output})


def rank_correlation(result: Result, output: str) -> xr.Dataset:
    """Spearman's correlation of each input with an output, over the draws.

    Limits of 95 %: Fisher's z with the variance of Bonett & Wright (2000),
    doi:10.1007/BF02294183. Inputs that are correlated with one another share
    what they explain.
    """
    outputs, inputs = _draws_of(result, "outputs"), result.draws.inputs
    if output not in outputs.output.values:
        raise unknown("output in /draws", output, outputs.output.values)
    y = _ranks(outputs.sel(output=output).values[:, None])
    x = _ranks(inputs.values)
    x -= x.mean(axis=0)
    y -= y.mean(axis=0)
    norm = np.sqrt((x * x).sum(axis=0) * (y * y).sum())
    with np.errstate(invalid="ignore"):
        r = (x * y).sum(axis=0) / norm
    z = np.arctanh(np.clip(r, -1 + 1e-12, 1 - 1e-12))
    half = _Z * np.sqrt((1.0 + r * r / 2.0) / (len(y) - 3))
    return xr.Dataset(
        {"value": ("input", r), "lower": ("input", np.tanh(z - half)),
         "upper": ("input", np.tanh(z + half))},
        {"input": inputs.input.values},
        {"measure": "spearman", "output": output})


def _ranks(values: Floats) -> Floats:
    """Ranks by column; ties share their mean rank."""
    ranks = np.empty(values.shape)
    for column in range(values.shape[1]):
        _, back, n = np.unique(values[:, column], return_inverse=True,
                               return_counts=True)
        ranks[:, column] = (n.cumsum() - (n - 1) / 2.0)[back]
    return ranks


def _draws_of(result: Result, name: str) -> xr.DataArray:
    draws = result.draws
    if draws.sizes.get("draw", 0) < 4:
        raise ResultError(f"{result.path}: has too few draws; compute with "
                          "draws = 2000")
    result.refuse_weights("a figure from draws")
    return draws[name]


def paired_differences(result: Result, scenario: str, baseline: str, year: int,
                       p: Sequence[float] = (5, 50, 95),
                       scope: str = "scope1+2") -> xr.Dataset:
    """Percentiles by sector of the emissions in `scenario` less those in
    `baseline`, in the same futures, with intervals as of independent draws.

    `unpaired` is what the difference would seem to be if the futures of the
    two scenarios were not the same.
    """
    outputs = _draws_of(result, "outputs")
    sectors = [str(s) for s in result.bands.sector.values]
    values = []
    for name in (scenario, baseline):
        names = [output_name(name, s, year, scope) for s in sectors]
        missing = [n for n in names if n not in outputs.output.values]
        if missing:
            raise unknown("output in /draws", missing[0],
                          outputs.output.values[::7])
        values.append(outputs.sel(output=names).values)
    paired = np.sort(values[0] - values[1], axis=0)
    unpaired = np.sort(values[0] - values[1][::-1], axis=0)
    n = len(paired)
    limits = [rank_limits(n, q / 100.0, result.confidence) for q in p]
    ends = np.concatenate([np.full((1, len(sectors)), -np.inf), paired,
                           np.full((1, len(sectors)), np.inf)])
    dims = ("percentile", "sector")
    return xr.Dataset(
        {"value": (dims, np.percentile(paired, p, axis=0)),
         "lower": (dims, np.stack([ends[low] for low, _ in limits])),
         "upper": (dims, np.stack([ends[min(high, n + 1)]
                                   for _, high in limits])),
         "unpaired": (dims, np.percentile(unpaired, p, axis=0))},
        {"percentile": list(p), "sector": sectors},
        {"units": outputs.attrs["units"], "scenario": scenario, "n": n,
         "baseline": baseline, "year": year, "scope": scope})


def events(result: Result) -> xr.Dataset:
    """`/probability` by event and scenario: value, lower, upper, count (but
    of a weighted run), and what each event is."""
    group = result.group("probability")
    names = [str(n) for n in group.data_vars if f"{n}_lower" in group]
    dims = ("event", "scenario")
    parts = {"value": "", "lower": "_lower", "upper": "_upper"}
    if not result.is_weighted:
        parts["count"] = "_count"
    data: dict[str, Any] = {
        key: (dims, np.stack([group[n + end].values for n in names]))
        for key, end in parts.items()}
    data["meaning"] = ("event", [
        group[n].long_name.removeprefix("probability: ") for n in names])
    return xr.Dataset(data, {"event": names, "scenario": group.scenario.values},
                      {"confidence": group.attrs.get("confidence", np.nan)})


def tipping_probability(result: Result, threshold: float = 0.05,
                        technologies: Sequence[str] | None = None
                        ) -> xr.DataArray:
    """Probability that a technology's share is at least `threshold`, by
    scenario, technology and year: from the counts, every sample is in it."""
    share = result.bands.share
    if technologies is not None:
        share = share.sel(technology=list(technologies))
    out = xr.DataArray(np.empty(share.shape[:-1]),
                       {d: share[d] for d in share.dims[:-1]},
                       share.dims[:-1], attrs={"threshold": threshold})
    for place in np.ndindex(*out.shape):
        labels = {str(d): out[d].values[i].item()
                  for d, i in zip(out.dims, place)}
        points = result.distribution("share", **labels)
        out[place] = _part_at_least(points.x.values, points.values, threshold)
    return out


def _part_at_least(x: Floats, part_at_most: Floats, at: float) -> float:
    """1 - P(X < at) from the points of a distribution, steps included."""
    first = int(np.searchsorted(x, at, side="left"))
    if first == 0 or first == len(x):
        return 1.0 if first == 0 else 0.0
    below = part_at_most[first]
    if x[first] > at:
        step = (at - x[first - 1]) / (x[first] - x[first - 1])
        below = (part_at_most[first - 1]
                 + step * (part_at_most[first] - part_at_most[first - 1]))
    return float(1.0 - below)


def year_counts(result: Result, quantity: str = "tipping_year"
                ) -> xr.DataArray:
    """Samples by scenario, item and `year` of a quantity of `/derived`, from the
    counts in `/state`, so that every sample is in it.

    Years are calendar years; infinity is never. Samples without a year because
    an output is not finite are left out.
    """
    result.refuse_weights("a table of years from counts")
    group = result.group("derived")
    never = "_probability_never"
    names = [str(v).removesuffix(never) for v in result.names("derived")
             if str(v).endswith(never)]
    if quantity not in names:
        raise unknown("quantity in /derived", quantity, names)
    items = {name: group[name + never].shape[1:] for name in names}
    n_rules = {name: int(np.prod(shape)) for name, shape in items.items()}
    first = sum(n_rules[name] for name in names[:names.index(quantity)])
    years = [float(y) for y in result.bands.year.values]
    n_scenarios = group.sizes["scenario"]
    counts = result.state.derived_years().reshape(
        n_scenarios, sum(n_rules.values()), len(years) + 2)
    part = counts[:, first:first + n_rules[quantity], :-1]
    dims = group[quantity + never].dims
    return xr.DataArray(
        part.reshape(n_scenarios, *items[quantity], -1),
        {**{d: group[d] for d in dims}, "year": [*years, np.inf]},
        (*dims, "year"), name=quantity,
        attrs={"long_name": group[quantity].attrs["long_name"]})


def years_earlier(result: Result, other: Result,
                  quantity: str = "tipping_year") -> xr.DataArray:
    """How many years earlier something happens in one result than in another, by
    scenario and item: the mean over the samples, never counting as the year after
    the last.

    Both have the same samples, so the difference of the means is the mean of the
    differences of each future, and what both never reach counts as 0.
    """
    for key in ("seed", "samples", "sampler"):
        if result.provenance[key] != other.provenance[key]:
            raise ResultError(f"the results differ in {key}: their futures are "
                              "not the same")
    means = []
    for one in (result, other):
        counts = year_counts(one, quantity)
        years = counts.year.where(np.isfinite(counts.year),
                                  float(counts.year[-2]) + 1.0)
        means.append((counts * years).sum("year") / counts.sum("year"))
    earlier: xr.DataArray = means[1] - means[0]
    earlier.name = "years_earlier"
    earlier.attrs = {"units": "years",
                     "long_name": f"mean of how much earlier: {quantity}"}
    return earlier


def precision(result: Result) -> xr.Dataset:
    """What each look of a run with a rule to stop found, by `n`, the samples so
    far: `half_width` of the least precise percentile, the `target` it was held
    against, and which one it was."""
    looks = result.group("convergence").rename(look="n")
    looks["n"] = looks.n.astype(np.int64)
    return looks


def conditional(result: Result, scenario: str, year: int,
                where: Mapping[str, tuple[float, float]],
                p: Sequence[float] = (5, 25, 50, 75, 95)) -> xr.Dataset:
    """Percentiles by sector of the emissions (scope 1+2) of all draws, and
    `given` those whose inputs lie within the bounds, (low, high) by name.

    `hepta condition` does it for any number of samples and for outputs too.
    """
    outputs, inputs = _draws_of(result, "outputs"), result.draws.inputs
    meets = np.ones(inputs.sizes["draw"], bool)
    for name, (low, high) in where.items():
        if name not in inputs.input.values:
            raise unknown("input in /draws", name, inputs.input.values[::9])
        x = inputs.sel(input=name).values
        meets &= (low <= x) & (x <= high)
    if not meets.any():
        raise ResultError(f"{result.path}: no draw meets the condition; widen "
                          "it, or compute with more draws")
    sectors = [str(s) for s in result.bands.sector.values]
    values = outputs.sel(
        output=[output_name(scenario, s, year) for s in sectors]).values
    dims = ("percentile", "sector")
    return xr.Dataset(
        {"value": (dims, np.percentile(values, p, axis=0)),
         "given": (dims, np.percentile(values[meets], p, axis=0))},
        {"percentile": list(p), "sector": sectors},
        {"units": outputs.attrs["units"], "scenario": scenario, "year": year,
         "n": len(meets), "n_given": int(meets.sum())})


def convergence(result: Result, output: str, p: float = 95.0) -> xr.Dataset:
    """Percentile p of the first 2^k draws and its interval as of independent
    ones, by `n`."""
    outputs = _draws_of(result, "outputs")
    if output not in outputs.output.values:
        raise unknown("output in /draws", output, outputs.output.values[::7])
    x = outputs.sel(output=output).values
    sizes = [2**k for k in range(5, 40) if 2**k < len(x)] + [len(x)]
    rows = []
    for n in sizes:
        ends = np.concatenate([[-np.inf], np.sort(x[:n]), [np.inf]])
        low, high = rank_limits(n, p / 100.0, result.confidence)
        rows.append((np.percentile(x[:n], p), ends[low],
                     ends[min(high, n + 1)]))
    value, lower, upper = np.array(rows).T
    return xr.Dataset(
        {"value": ("n", value), "lower": ("n", lower), "upper": ("n", upper)},
        {"n": sizes}, {"units": outputs.attrs["units"], "output": output,
                       "percentile": p})
