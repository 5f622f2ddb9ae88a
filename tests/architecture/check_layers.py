"""Does the source keep to the architecture? One line a fault; exit code 1.

    python3 check_layers.py ROOT

Checked below ROOT: the direction of includes between modules, the modules
that may use each library, the purity of model, functions, sampling and
statistics, the length of files, names of sectors in code, and notes of
unfinished work.
"""
import re
import sys
from pathlib import Path

# What the modules may include, besides themselves.
LOWEST = {"core"}
MIDDLE = {"config", "io", "parallel", "model", "functions", "sampling",
          "statistics"}
MAY_INCLUDE = {
    "core": set(),
    "model": LOWEST,
    "functions": LOWEST | {"sampling"},
    "sampling": LOWEST,
    "statistics": LOWEST,
    "parallel": LOWEST,
    "io": LOWEST,
    "config": LOWEST | {"model", "sampling"},
    "campaign": LOWEST | MIDDLE,
    "cli": LOWEST | MIDDLE | {"campaign"},
}

# Libraries, by their headers, and the modules that may use them.
LIBRARIES = [
    (r"mpi\.h", {"parallel"}),
    (r"omp\.h", {"parallel"}),
    (r"hdf5.*\.h|H5.*\.h", {"io"}),
    (r"toml\+\+/.*", {"config"}),
    (r"CLI/.*", {"cli"}),
    (r"Eigen/.*", {"config", "sampling", "statistics"}),
    # config rounds correctly, with wide numbers, what enters the digest
    (r"boost/.*", {"config", "sampling", "statistics"}),
    (r"sleef\.h|immintrin\.h", {"core"}),
    (r"openssl/.*", {"core"}),
    (r"nlohmann/.*", {"config", "campaign", "cli"}),
    (r"fmt/.*", {"config", "campaign", "cli"}),
    (r"sys/mman\.h", {"core"}),
    (r"(unistd|fcntl|sched|signal|sys/(?!mman).*)(\.h)?",
     {"io", "parallel", "campaign", "cli"}),
]
STANDARD = re.compile(r"[a-z0-9_]+")  # <vector>, without a folder or suffix

# Modules that compute and touch nothing else.
PURE = {"model", "functions", "sampling", "statistics"}
IMPURE_HEADERS = {"chrono", "ctime", "filesystem", "fstream", "iostream",
                  "cstdio", "thread", "random"}
IMPURE_CALLS = re.compile(r"\b(getenv|fopen|system|time|rand)\s*\(")

MAX_LINES = 450
SECTORS = re.compile(r"aviation|shipping|trucking|steel|cement|aluminium"
                     r"|chemicals|food_|agriculture", re.IGNORECASE)
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
COMMENT_OR_STRING = re.compile(
    r'//[^\n]*|/\*.*?\*/'
    r'|R"([^\s()\\]{0,16})\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'',
    re.DOTALL)

CXX = {".cpp", ".hpp", ".in"}
TEXT = CXX | {".py", ".sh", ".cmake", ".md", ".sbatch"}  # .txt is data
FOLDERS = ["src", "include", "tests", "cmake", "jobs", "docs", "analysis"]


def without_comments(text):
    """The code, line numbers kept."""
    def blank(match):
        found = match.group(0)
        if found.startswith(("//", "/*")):
            return "\n" * found.count("\n")
        return found

    return COMMENT_OR_STRING.sub(blank, text)


def module_of(path, root):
    """The module of a file of src or include/hepta."""
    parts = path.relative_to(root).parts
    return parts[1] if parts[0] == "src" else parts[2]


def find_module(name, quote, path, root):
    """The module that an include leads to, or None if to no module."""
    if name.startswith("hepta/"):
        return name.split("/")[1]
    if quote == "<":
        return None
    beside = (path.parent / name).resolve()
    source = root / "src" / name
    for target in (beside, source):
        if target.is_file() and (root / "src") in target.parents:
            return module_of(target, root)
    return None


def check_include(match, path, root):
    """What is wrong with an include of a module's file, or None."""
    quote, name = match.groups()
    module = module_of(path, root)
    allowed = MAY_INCLUDE[module]
    target = find_module(name, quote, path, root)
    if target is not None:
        if target != module and target not in allowed:
            return f"{module} must not include {target}: {name}"
        return None
    if quote == '"':
        return None  # of the same folder, or generated
    for pattern, users in LIBRARIES:
        if re.fullmatch(pattern, name):
            if module not in users:
                return f"{module} must not use the library of <{name}>"
            return None
    if not STANDARD.fullmatch(name):
        return f"<{name}> is of a library that no module may use"
    if module in PURE and name in IMPURE_HEADERS:
        return f"{module} must stay pure: <{name}>"
    return None


def check_module_file(path, root, text):
    """(line, fault) of a file of a module."""
    if module_of(path, root) not in MAY_INCLUDE:
        yield 1, f"unknown module {module_of(path, root)}"
        return
    for number, line in enumerate(without_comments(text).split("\n"), 1):
        match = INCLUDE.match(line)
        fault = match and check_include(match, path, root)
        if fault:
            yield number, fault
        if match:
            continue
        name = SECTORS.search(line)
        if name:
            yield number, f"names a sector: {name.group(0)}"
        call = module_of(path, root) in PURE and IMPURE_CALLS.search(line)
        if call:
            yield number, (f"{module_of(path, root)} must stay pure: "
                           f"{call.group(1)}()")


def check_text_file(text):
    """(line, fault) of any file of the project."""
    lines = text.split("\n")
    if len(lines) - 1 > MAX_LINES:
        yield MAX_LINES, f"has {len(lines) - 1} lines, more than {MAX_LINES}"
    for number, line in enumerate(lines, 1):
        if UNFINISHED.search(line):
            yield number, f"is unfinished: {line.strip()}"


def check_file(path, root):
    text = path.read_text(encoding="utf-8")
    yield from check_text_file(text)
    parts = path.relative_to(root).parts
    in_source = parts[0] == "src" and len(parts) > 2
    in_include = parts[:2] == ("include", "hepta") and len(parts) > 3
    if path.suffix in CXX and (in_source or in_include):
        yield from check_module_file(path, root, text)


def check(root):
    """Every fault below `root`, as "file:line: what"."""
    root = Path(root).resolve()
    files = [path for folder in FOLDERS for path in (root / folder).rglob("*")
             if path.is_file() and path.suffix in TEXT]
    files += [path for path in root.glob("*")
              if path.is_file() and path.suffix in TEXT]
    faults = []
    for path in sorted(files):
        shown = path.relative_to(root)
        faults += [f"{shown}:{line}: {fault}"
                   for line, fault in check_file(path, root)]
    return faults, len(files)


def main():
    faults, n_files = check(sys.argv[1])
    for fault in faults:
        print(fault)
    if n_files == 0:
        sys.exit(f"no files below {sys.argv[1]}")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
