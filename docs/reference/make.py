"""Write the reference pages of this folder from what the program itself says.

    python3 docs/reference/make.py [--check]           configuration.md
    HEPTA=<program> python3 docs/reference/make.py --result [--check]
                                                       result_file.md as well

The configuration's keys, units and ranges are those of the readers in src/config,
their meanings stand in keys.toml. The result's tables are those of a small run.
--check writes nothing and ends with 1 if a page is not what it should be.
"""
from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CONFIG = ROOT / "src" / "config"

RANGES = {"any_number": "any", "not_negative": "≥ 0", "positive": "> 0",
          "not_positive": "≤ 0", "fraction": "0 to 1", "below_one": "0 to < 1",
          "year_range": "1900 to 2200",
          "{.low = 0.0, .high = 1.0, .open_low = true}": "> 0, to 1",
          "{.low = -1.0, .high = 1.0}": "-1 to 1"}
FIELD = re.compile(
    r'\{"(?P<key>\w+)",\s*&model::(?P<kind>\w+)::\w+,\s*Need::(?P<need>\w+),'
    r'\s*"(?P<unit>[^"]*)",\s*(?P<range>\{[^}]*\}|\w+),\s*"(?P<group>\w+)"\}')
# Where keys that are no such numbers are read: reader of the file, what of.
READERS = {
    "sector": ("sector_reader.cpp", "void read_activity", "}  // namespace"),
    "technology": ("sector_reader.cpp", "TechnologyEntry read_technology",
                   "void check_shares"),
    "carrier": ("supply_reader.cpp", "void read_carriers",
                "void read_drivers"),
    "driver": ("supply_reader.cpp", "void read_driver(",
               "void read_converter("),
    "component": ("supply_reader.cpp", "void read_components",
                  "void read_converters"),
    "converter": ("supply_reader.cpp", "void read_converter(",
                  "struct LimitUnit"),
    "resource": ("supply_reader.cpp", "void read_limit", "/// Read every"),
    "scenario": ("scenario_reader.cpp", "void read_driver_paths",
                 "void read_scenarios"),
    "variant": ("variant_reader.cpp", "void read_variant",
                "void check_variant"),
    "acceleration": ("variant_reader.cpp", "void read_acceleration",
                     "void read_ramp_up"),
    "ramp_up": ("variant_reader.cpp", "void read_ramp_up",
                "}  // namespace"),
}
# Of the run file, all in run_reader.cpp: where, and the name of the table there.
RUN = {"run": ("namespace {", None, "run"),
       "stop": ("void read_stop", "void read_sampling", "section"),
       "event": ("std::optional<EventSpec> read_event", "void read_events",
                 "table")}
PAIRS = re.compile(r'\{"(\w+)", &scenario\.')
TITLES = {
    "sector": "[sectors.NAME]", "technology": "[sectors.NAME.technologies.NAME]",
    "carrier": "[carriers.NAME]", "driver": "[drivers.NAME]",
    "component": "[components.NAME]", "converter": "[converters.NAME]",
    "resource": "[resources.NAME]", "scenario": "[scenario.NAME]",
    "global": "[global]", "variant": "[variant]",
    "acceleration": "[variant.acceleration]", "ramp_up": "[variant.ramp_up]"}


def between(text: str, first: str, last: str | None) -> str:
    start = text.index(first)
    return text[start:last and text.index(last, start + len(first))]


def asked_keys(text: str, table: str = r"\w+") -> set[str]:
    """Keys that are asked of a table of that name."""
    asked = re.compile(
        rf'\b{table}\s*(?:\.|->)(?:find|text|real|integer|boolean|texts|reals'
        rf'|table)\(\s*"(\w+)"|\bread_\w+\(\s*\*?{table}\s*,\s*"(\w+)"')
    found = {a or b for a, b in asked.findall(text)}
    return found | set(PAIRS.findall(text))


def compare(what: str, readers: set[str], meanings: set[str]) -> None:
    if readers != meanings:
        sys.exit(f"{what}: only the readers know {sorted(readers - meanings)}, "
                 f"only keys.toml knows {sorted(meanings - readers)}")


def row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def numbers(kind: str, meanings: dict[str, str]) -> Iterator[str]:
    name = "Spec" if kind == "global" else kind.capitalize()
    fields = [m for m in FIELD.finditer((CONFIG / "fields.hpp").read_text())
              if m["kind"] == name]
    compare(kind, {m["key"] for m in fields}, set(meanings))
    for m in fields:
        unit = (m["unit"].replace("{f}", "functional unit")
                .replace("{u}", "`unit`").replace("|", " or "))
        spaces = re.sub(r"\s+", " ", m["range"])
        yield row(f"`{m['key']}`", m["need"], unit, RANGES[spaces], m["group"],
                  meanings[m["key"]])


def configuration() -> str:
    meanings = tomllib.loads((HERE / "keys.toml").read_text())
    lines = [(HERE / "configuration.md.in").read_text()]
    run_reader = (CONFIG / "run_reader.cpp").read_text()
    for kind, (first, last, table) in RUN.items():
        text = between(run_reader, first, last)
        compare(kind, asked_keys(text, table), set(meanings[kind]))
        title = {"run": "The run file", "stop": "[stop]",
                 "event": "[events.NAME]"}[kind]
        lines += [f"## {title}\n", row("key", "allowed", "default", "meaning"),
                  row(*["---"] * 4)]
        lines += [row(f"`{key}`", *cells)
                  for key, cells in meanings[kind].items()]
        lines.append("")
    for kind, title in TITLES.items():
        lines += [f"## {title}\n"]
        other = meanings["other"].get(kind, {})
        if kind in READERS:
            name, first, last = READERS[kind]
            text = between((CONFIG / name).read_text(), first, last)
            compare(f"other.{kind}", asked_keys(text) - {"description"},
                    set(other))
            lines += [row("key", "need", "unit or form", "meaning"),
                      row(*["---"] * 4)]
            lines += [row(f"`{key}`", *cells) for key, cells in other.items()]
            lines.append("")
        if kind in meanings:
            lines += [row("number", "need", "unit", "range", "group",
                          "meaning"), row(*["---"] * 6)]
            lines += [*numbers(kind, meanings[kind]), ""]
    return "\n".join(lines)


def result_file() -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "small.h5")
        study = ROOT / "configs" / "examples" / "precision_stop.toml"
        subprocess.run(
            [os.environ["HEPTA"], "run", study, "--quiet", "-o", path,
             "--set", "stop.first_look=1024", "--set",
             "stop.relative_half_width=0.1", "--set", "draws=64"],
            check=True, stdout=subprocess.DEVNULL)
        return "\n".join([(HERE / "result_file.md.in").read_text(),
                          *tables_of(path)])


def tables_of(path: Path) -> Iterator[str]:
    import h5py
    with h5py.File(path) as file:
        for name in file:
            group = file[name]
            yield f"## /{name}\n"
            about = group.attrs.get("description")
            if about:
                yield f"{about[0].upper()}{about[1:]}.\n"
            yield row("variable", "type", "dimensions", "units", "meaning")
            yield row(*["---"] * 5)
            for key, dataset in group.items():
                dims = [d[0].name.rsplit("/", 1)[-1] if len(d) else key
                        for d in dataset.dims]
                unit = str(dataset.attrs.get("units", ""))
                yield row(f"`{key}`", type_of(h5py, dataset),
                          "scale" if dims == [key] else ", ".join(dims), unit,
                          str(dataset.attrs.get("long_name", "")))
            yield ""


def type_of(h5py, dataset) -> str:
    if h5py.check_string_dtype(dataset.dtype):
        return "text"
    return f"{dataset.dtype.kind}{dataset.dtype.itemsize}"


def main(arguments: list[str]) -> None:
    pages = {"configuration.md": configuration()}
    if "--result" in arguments:
        pages["result_file.md"] = result_file()
    stale = [name for name, text in pages.items()
             if not (HERE / name).exists() or (HERE / name).read_text() != text]
    if "--check" not in arguments:
        for name in stale:
            (HERE / name).write_text(pages[name])
    elif stale:
        sys.exit(f"{', '.join(stale)}: not what docs/reference/make.py writes; "
                 "run it")


if __name__ == "__main__":
    main(sys.argv[1:])
