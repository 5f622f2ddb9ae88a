"""One HTML file with charts and tables of a result; it loads nothing."""
from __future__ import annotations

import base64
import hashlib
import html
import importlib.resources
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from .errors import ResultError
from .result import Result
from .tables import events, sensitivity

# What every reader of a report may want; a result may hold many more.
_PERCENTILES = (1, 2.5, 5, 10, 25, 50, 75, 90, 95, 97.5, 99)
_N_DRIVERS = 12
_PROVENANCE = ("result_hash", "config_sha256", "status", "samples",
               "invalid_samples", "seed", "sampler", "version",
               "model_version", "git_revision", "compiler", "mpi",
               "hdf5", "libraries", "instruction_set", "hosts", "ranks",
               "threads", "slurm_job",
               "start_time", "end_time", "wall_seconds", "command_line")


def write_report(result: Result, path: Path) -> Path:
    """Write the report of a result."""
    try:
        path.write_text(report_html(result), encoding="utf-8")
    except OSError as error:
        raise ResultError(
            f"{path}: cannot be written ({error.strerror})") from None
    return path


def report_html(result: Result) -> str:
    """The whole page as text."""
    library = _part("vendor", "uPlot.iife.min.js")
    drawing = _part("page", "charts.js")
    script = _part("page", "report.js")
    data = json.dumps(report_data(result), separators=(",", ":"))
    parts = {
        "policy": _policy(library, drawing, script),
        "title": html.escape(result.title),
        "lead": html.escape(_lead(result)),
        "style": _part("vendor", "uPlot.min.css") + _part("page", "report.css"),
        "confidence": f"{100 * result.confidence:g} %",
        "summary": _summary(result),
        "provenance": _provenance(result),
        "data": data.replace("<", "\\u003c"),
        "library": library, "charts": drawing, "script": script,
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match[1]],
                  _part("page", "report.html"))


def _part(folder: str, name: str) -> str:
    files = importlib.resources.files(__package__)
    return (files / folder / name).read_text(encoding="utf-8")


def _policy(*scripts: str) -> str:
    """Nothing is loaded, and no script runs but these."""
    digests = (base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()
               for s in scripts)
    hashes = " ".join(f"'sha256-{d}'" for d in digests)
    return (f"default-src 'none'; script-src {hashes}; "
            "style-src 'unsafe-inline'; img-src data:")


def _lead(result: Result) -> str:
    about = result.provenance
    scenarios = ", ".join(result.scenarios)
    return (f"{result.name}: {about['samples']:,} samples, seed "
            f"{about['seed']}, sampler {about['sampler']}; scenarios "
            f"{scenarios}; computed {about['end_time']}.")


def report_data(result: Result) -> dict[str, Any]:
    """What the page's script draws, ready for JSON."""
    chosen = _chosen_percentiles(result)
    metrics = [_metric(result, name, chosen) for name in result.metrics]
    return {
        "scenarios": result.scenarios, "sectors": result.sectors,
        "portfolios": result.portfolios, "confidence": result.confidence,
        "years": result.bands.year.values.tolist(),
        "percentiles": chosen, "metrics": metrics,
        "events": _events(result), "drivers": _drivers(result),
    }


def _chosen_percentiles(result: Result) -> list[float]:
    stored = [float(p) for p in result.bands.percentile.values]
    if len(stored) > len(_PERCENTILES):
        stored = [p for p in stored if p in _PERCENTILES]
    if 50.0 not in stored:
        raise ResultError(f"{result.path}: lacks percentile 50, which a report "
                          "needs; compute with it among `percentiles`")
    return sorted(stored)


def _metric(result: Result, name: str, chosen: list[float]) -> dict[str, Any]:
    band = result.band(name, percentile=chosen)
    stored = result.bands[name]
    item = str(stored.dims[1])
    items = [str(v) for v in stored[item].values]
    units = [str(stored.units)] * len(items)
    if stored.units.startswith("see "):
        units = [str(u) for u in stored[stored.units[4:]].values]
        known = [k for k, unit in enumerate(units) if unit]
        band = band.isel({item: known})
        items = [items[k] for k in known]
        units = [units[k] for k in known]
    inner = str(stored.dims[2]) if stored.ndim == 5 else None
    told = {
        "name": name, "title": stored.long_name, "item": item, "items": items,
        "units": units, "inner": inner,
        "inners": [str(v) for v in stored[inner].values] if inner else [""],
        "value": _packed(band.value),
    }
    if name == "emissions":
        told |= {"lower": _packed(band.lower), "upper": _packed(band.upper)}
    return told


def _packed(data: xr.DataArray) -> str:
    """As (scenario, item, inner, year, percentile) in base64: 32-bit numbers
    have seven digits, of which the page shows five."""
    return base64.b64encode(data.values.astype("<f4").tobytes()).decode()


def _events(result: Result) -> list[dict[str, Any]]:
    if "probability" not in result.groups:
        return []
    table = events(result)
    parts = ("value", "lower", "upper")
    return [{"name": str(name), "meaning": str(table.meaning.values[k]),
             **{part: [_number(v) for v in table[part].values[k]]
                for part in parts}}
            for k, name in enumerate(table.event.values)]


def _drivers(result: Result) -> list[dict[str, Any]]:
    """The strongest inputs of each output of `/sensitivity`."""
    if "sensitivity" not in result.groups:
        return []
    outputs = result.group("sensitivity").output.values
    told = []
    for output in map(str, outputs):
        ranks = sensitivity(result, output, "spearman")
        alone = sensitivity(result, output, "first_order")
        order = np.argsort(-np.abs(np.nan_to_num(ranks.value)), kind="stable")
        top = ranks.isel(input=order[:_N_DRIVERS])
        told.append({
            "output": output, "inputs": [str(i) for i in top.input.values],
            "spearman": [_number(v) for v in top.value.values],
            "lower": [_number(v) for v in top.lower.values],
            "upper": [_number(v) for v in top.upper.values],
            "first_order": [_number(v) for v in
                            alone.value.sel(input=top.input).values]})
    return told


def _number(value: float) -> float | None:
    return float(f"{value:.6g}") if np.isfinite(value) else None


def _summary(result: Result) -> str:
    """Headline emissions as a plain table, for readers without scripts."""
    years = [int(y) for y in result.group("headline").headline_year.values]
    chosen = _chosen_percentiles(result)
    edges = [min(chosen, key=lambda p: abs(p - q)) for q in (5, 50, 95)]
    band = result.band("emissions", percentile=edges, scope="scope1+2",
                       year=years)
    columns = "".join(f'<th scope="col">{y}: {p:g} %</th>'
                      for y in years for p in edges)
    rows = []
    for scenario in result.scenarios:
        for sector in band.sector.values:
            numbers = band.value.sel(scenario=scenario, sector=sector)
            cells = "".join(f"<td>{v:,.0f}</td>" for v in numbers.values.flat)
            rows.append(f'<tr><th scope="row">{html.escape(scenario)}: '
                        f"{html.escape(str(sector))}</th>{cells}</tr>")
    return ('<div class="wide"><table><caption>emissions, scope 1+2, '
            f"{html.escape(str(band.units))}</caption><thead><tr>"
            f'<th scope="col">scenario: sector</th>{columns}</tr></thead>'
            f'<tbody>{"".join(rows)}</tbody></table></div>')


def _provenance(result: Result) -> str:
    about = result.provenance
    rows = "".join(
        f'<tr><th scope="row">{name.replace("_", " ")}</th>'
        f'<td{" class=hash" if "hash" in name or "sha" in name else ""}>'
        f"{html.escape(str(about[name]))}</td></tr>"
        for name in _PROVENANCE if str(about.get(name, "")) != "")
    return f"<table><tbody>{rows}</tbody></table>"
