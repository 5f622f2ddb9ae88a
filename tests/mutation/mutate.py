"""Do the unit tests notice small faults in the program?

    python3 tests/mutation/mutate.py [--mutants N] [--seed N] [--module NAME ...]
                                     [--folder F] [--least PERCENT] [--again] [--list]

Puts one small fault (mutants.py) after the other into a copy of the sources of
model, sampling and statistics, compiles what depends on it for AVX2 with little
optimisation, and runs the tests of the module. A mutant is killed if a test
fails, crashes or takes much longer; it survives otherwise. Not counted are those
that do not compile, those that compile to the same program, and those that
equivalent.toml says nobody could notice. Those that it says no claim is about
count as survivors, with the reason. Which ones are tried depends on the seed and
the sources alone.

--mutants N   how many (100)
--seed N      which ones (1)
--module M    of these modules only
--folder F    where the copy and its build are (build/mutation)
--least P     exit code 1 if less than P % are killed (90)
--again       only those that survived the last time
--list        say which, and stop
"""
import argparse
import hashlib
import json
import math
import os
import random
import resource
import subprocess
import sys
import time
import tomllib
from collections import Counter
from pathlib import Path

from mutants import mutants_of

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TESTS_OF = {"model": ["test_model", "test_random_models"],
            "sampling": ["test_sampling"], "statistics": ["test_statistics"]}
COPIED = ["CMakeLists.txt", "cmake", "include", "src", "tests", "configs"]
MOST_MEMORY = 6 << 30


# --- Which mutants ------------------------------------------------------------

def sources_of(modules):
    for module in modules:
        for folder in (ROOT / "src" / module, ROOT / "include/hepta" / module):
            yield from sorted(folder.rglob("*.[ch]pp"))


def known_mutants():
    """By key: the verdict, and why."""
    with open(HERE / "equivalent.toml", "rb") as file:
        entries = tomllib.load(file).get("mutant", [])
    return {(e["file"], e["line"], e["mutated"]):
            ("survived" if e.get("could_be_noticed") else "equivalent", e["why"])
            for e in entries}


def all_mutants(modules):
    found = {}
    for source in sources_of(modules):
        path = str(source.relative_to(ROOT))
        found[path] = mutants_of(path, source.read_text())
    return found


def in_turn(mutants_by_file, seed):
    """All mutants; of any number of the first ones, each file has a part as the
    root of its length: long files have more, short ones still some."""
    turns = []
    for path, mutants in sorted(mutants_by_file.items()):
        chance = random.Random(f"{seed} {path}")
        step = 1 / math.sqrt(max(len(mutants), 1))
        first = chance.random()
        turns += [((first + i) * step, mutant) for i, mutant in
                  enumerate(chance.sample(mutants, len(mutants)))]
    return [mutant for _, mutant in sorted(turns, key=lambda pair: pair[0])]


# --- The copy and its build ---------------------------------------------------

def copy_sources(tree):
    """Files that are the same stay as they are, and so do their objects."""
    wanted = set()
    for name in COPIED:
        top = ROOT / name
        files = [top] if top.is_file() else top.rglob("*")
        wanted |= {file.relative_to(ROOT) for file in files
                   if file.is_file() and "__pycache__" not in file.parts}
    for file in sorted(wanted):
        text = (ROOT / file).read_bytes()
        if file == Path("src/core/instruction_set.cpp"):
            text = without_avx512(text)
        write_if_changed(tree / file, text)
    for file in [file for file in tree.rglob("*") if file.is_file()]:
        if file.relative_to(tree) not in wanted:
            file.unlink()


def without_avx512(text):
    asked = b'__builtin_cpu_supports("avx512f") != 0'
    assert text.count(asked) == 1
    return text.replace(asked, b"false")


def write_if_changed(path, text):
    if not path.is_file() or path.read_bytes() != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)


class Build:
    def __init__(self, folder):
        self.tree, self.folder = folder / "tree", folder / "build"
        self.log = folder / "build.log"
        self.environment = {
            **os.environ, "CCACHE_DIR": str(folder / "ccache"),
            "CCACHE_BASEDIR": str(folder), "CCACHE_NOHASHDIR": "1",
            "CCACHE_SLOPPINESS": "include_file_mtime,include_file_ctime",
            "CCACHE_MAXSIZE": "2G"}

    def configure(self):
        for kept in self.folder.rglob("*_kernels_avx512.dir/**/*.o"):
            kept.unlink()  # by launcher.sh, however old
        self.call(["cmake", "-S", self.tree, "-B", self.folder, "-G", "Ninja",
                   "-DCMAKE_BUILD_TYPE=Debug",
                   "-DCMAKE_CXX_FLAGS_DEBUG=-O1 -D_GLIBCXX_ASSERTIONS",
                   f"-DCMAKE_CXX_COMPILER_LAUNCHER={HERE / 'launcher.sh'}",
                   "-DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON",
                   "-DCMAKE_GTEST_DISCOVER_TESTS_DISCOVERY_MODE=PRE_TEST",
                   "-DHEPTA_BUILD_BENCHMARKS=OFF"], check=True)

    def make(self, targets, check=False):
        jobs = os.environ.get("HEPTA_JOBS", str(os.cpu_count()))
        return self.call(["ninja", "-C", self.folder, "-j", jobs, *targets], check)

    def call(self, command, check):
        with open(self.log, "w") as log:
            failed = subprocess.run(command, stdout=log, stderr=log,
                                    env=self.environment).returncode != 0
        if failed and check:
            print(self.log.read_text()[-3000:], file=sys.stderr)
            sys.exit(f"error: {command[0]} failed; all it said is in {self.log}")
        return not failed

    def program(self, target):
        return next(path for path in self.folder.glob(f"tests/**/{target}")
                    if path.is_file())

    def digest(self, target):
        return hashlib.sha256(self.program(target).read_bytes()).digest()

    def passes(self, target, seconds):
        """Does the test pass within this time of the processor?"""
        def limit():
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        command = [self.program(target), "--gtest_brief=1", "--gtest_fail_fast"]
        return subprocess.run(command, cwd=self.folder, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL,
                              preexec_fn=limit).returncode == 0


# --- Judging ------------------------------------------------------------------

class Judge:
    """Builds the tests unchanged, and says how much time they may take."""

    def __init__(self, build, modules):
        self.build, self.seconds, self.digests = build, {}, {}
        targets = [target for module in modules for target in TESTS_OF[module]]
        build.make(targets, check=True)
        for target in targets:
            begin = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            if not build.passes(target, 600):
                sys.exit(f"error: {target} fails without any mutant")
            used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - begin
            self.seconds[target] = round(2 * used) + 2
            print(f"{target}: {used:.1f} s", flush=True)
            self.digests[target] = build.digest(target)

    def verdict(self, mutant):
        file = self.build.tree / mutant.path
        text = file.read_text()
        file.write_text(mutant.apply(text))
        try:
            changed = False
            for target in TESTS_OF[module_of(mutant)]:
                if not self.build.make([target]):
                    return "not compiled"
                if self.build.digest(target) != self.digests[target]:
                    changed = True
                    if not self.build.passes(target, self.seconds[target]):
                        return "killed"
            return "survived" if changed else "same program"
        finally:
            file.write_text(text)


def report(verdicts, known, least):
    modules = sorted({module_of(mutant) for mutant, _ in verdicts})
    print("\n| module | mutants | killed | survived | % killed |\n|---|---|---|---|---|")
    total = Counter()
    for module in modules:
        count = Counter(verdict for mutant, verdict in verdicts
                        if module_of(mutant) == module)
        total += count
        print(row(module, count))
    print(row("all", total))
    print(f"\nnot counted: {total['not compiled']} did not compile, "
          f"{total['same program']} gave the same program, "
          f"{total['equivalent']} are in equivalent.toml")
    survivors = [mutant for mutant, verdict in verdicts if verdict == "survived"]
    if survivors:
        print("\nsurvivors:")
    for mutant in survivors:
        print(f"  {mutant.path}:{mutant.line}: {mutant.change}\n"
              f"    {mutant.line_before}\n    {mutant.line_after}")
        if mutant.key in known:
            print(f"    {known[mutant.key][1]}")
    return share(total) >= least


def share(count):
    judged = count["killed"] + count["survived"]
    return 100 * count["killed"] / judged if judged else 100


def row(name, count):
    return (f"| {name} | {count['killed'] + count['survived']} | {count['killed']} "
            f"| {count['survived']} | {share(count):.1f} |")


def module_of(mutant):
    return mutant.path.removeprefix("include/hepta/").removeprefix(
        "src/").split("/")[0]


def turn(mutant):
    """File by file, public headers last: they take longest to compile."""
    return (mutant.path.startswith("include"), mutant.path, mutant.start)


# --- Command line -------------------------------------------------------------

def parse_arguments():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--mutants", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--module", nargs="+", choices=TESTS_OF,
                        default=list(TESTS_OF))
    parser.add_argument("--folder", type=Path, default=ROOT / "build/mutation")
    parser.add_argument("--least", type=float, default=90)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--list", action="store_true")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    folder = arguments.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    last = folder / "survivors.json"
    mutants = all_mutants(arguments.module)
    chosen = in_turn(mutants, arguments.seed)
    if arguments.again:
        keys = {tuple(key) for key in json.loads(last.read_text())}
        chosen = [mutant for mutant in chosen if mutant.key in keys]
    else:
        chosen = chosen[:arguments.mutants]
    chosen.sort(key=turn)
    if arguments.list:
        for mutant in chosen:
            print(f"{mutant.path}:{mutant.line}: {mutant.change}")
        return
    known = known_mutants()
    build = Build(folder)
    copy_sources(build.tree)
    build.configure()
    judge = Judge(build, arguments.module)
    verdicts = []
    for number, mutant in enumerate(chosen, 1):
        begin = time.monotonic()
        verdict = (known[mutant.key][0] if mutant.key in known
                   else judge.verdict(mutant))
        verdicts.append((mutant, verdict))
        print(f"[{number}/{len(chosen)}] {verdict:12} {mutant.path}:{mutant.line}: "
              f"{mutant.change} ({time.monotonic() - begin:.0f} s)", flush=True)
    good = report(verdicts, known, arguments.least)
    last.write_text(json.dumps(
        [mutant.key for mutant, verdict in verdicts if verdict == "survived"]))
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
