"""Result files and command lines with something changed: each is read, or
refused with a message, in little time and memory.

HEPTA is the program. With HEPTA_TEST_ALL set, ten times as many; HEPTA_SEED
begins elsewhere, HEPTA_MINUTES=240 lets each of the tests go on for so long.
"""
import os
import random
import resource
import shutil
import subprocess
import tempfile
import time
import unittest
from collections import Counter
from pathlib import Path

try:
    import h5py
    import numpy
except ImportError:
    h5py = None

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "tests" / "fuzz" / "corpus" / "config" / "small.toml"
SMALL = ["--samples", "64", "--set", "draws=8", "--set", "pilot_samples=64",
         "--threads", "1", "--quiet"]
SECONDS = 20
MEMORY = 4 << 30
EXPECTED = {0, 1, 2, 3, 4}  # 1: two results differ
COMMANDS = ["run", "extend", "merge", "validate", "summary", "compare",
            "replay", "condition", "export", "sensitivity", "--version"]
WORDS = ["", "-", "--", "-o", "--output", "--samples", "0", "-1", "1e309",
         "18446744073709551616", "nan", "--set", "seed=", "=", "a.b.c=1",
         "draws=8", "--seed", "--threads", "--json", "--help", "\u00e9",
         "\x01", "%s%n", "x" * 5000, "/", "/dev/null", ".", "missing.h5",
         "good.h5", "good.h5", str(CONFIG)]


def limited():
    """Before the program begins: no more memory than this, no core."""
    if os.environ.get("HEPTA_LIMIT_MEMORY", "1") == "1":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def hepta(*arguments, folder):
    return subprocess.run(
        [os.environ["HEPTA"], *map(str, arguments)], cwd=folder,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, errors="replace",
        timeout=SECONDS, preexec_fn=limited)


def change_bytes(path, choose):
    """A few bytes, or the end cut off."""
    content = bytearray(path.read_bytes())
    if choose.random() < 0.1:
        del content[choose.randrange(len(content)):]
    else:
        for _ in range(choose.choice([1, 1, 2, 8])):
            # structure stands in front, and everywhere
            end = choose.choice([2000, len(content)])
            content[choose.randrange(min(end, len(content)))] = \
                choose.choice([0, 1, 127, 128, 255, choose.randrange(256)])
    path.write_bytes(content)


def odd_values(values, choose):
    """The values with one, or all, replaced by an odd one."""
    values = numpy.array(values)
    numpy.seterr(over="ignore")
    if values.dtype.kind in "iu":
        info = numpy.iinfo(values.dtype)
        odd = choose.choice([info.min, info.max, 0, 1])
    elif values.dtype.kind == "f":
        odd = choose.choice([numpy.nan, numpy.inf, -numpy.inf, 0.0, 1e308])
    else:
        return values
    if values.ndim and values.size and choose.random() < 0.7:
        values[tuple(choose.randrange(n) for n in values.shape)] = odd
    else:
        values[...] = odd
    return values


def change_item(path, choose):
    """One attribute, dataset or group changed, taken away or of another
    shape."""
    with h5py.File(path, "r+") as file:
        names = []
        file.visit(names.append)
        name = choose.choice(names)
        item = file[name]
        kind = choose.randrange(5)
        attributes = [a for a in item.attrs
                      if a not in ("DIMENSION_LIST", "REFERENCE_LIST")]
        if kind == 0:
            del file[name]
        elif kind == 1 and attributes:
            attribute = choose.choice(attributes)
            old = item.attrs[attribute]
            del item.attrs[attribute]
            if choose.random() < 0.7:
                item.attrs[attribute] = choose.choice(
                    [-1, 0, 1e308, "", "x" * 1000, [old, old]
                     if isinstance(old, str) else 7])
        elif isinstance(item, h5py.Dataset):
            values = item[()]
            if kind == 2:
                item[...] = odd_values(values, choose)
            else:
                del file[name]
                shape = choose.choice([(), (0,), (1,), (3, 2), (1000000,)])
                file.create_dataset(
                    name, shape=shape, dtype=choose.choice(["f8", "i4", "S3"]),
                    **({"compression": 9} if len(shape) else {}))
        else:
            file.move(name, name + "_moved")


class FuzzTest(unittest.TestCase):
    """Runs of the program on what was changed."""

    @classmethod
    def setUpClass(cls):
        cls._folder = tempfile.TemporaryDirectory(prefix="hepta test ")
        cls.addClassCleanup(cls._folder.cleanup)
        cls.folder = Path(cls._folder.name)
        cls.good = cls.folder / "good.h5"
        first = hepta("run", CONFIG, *SMALL, "-o", cls.good,
                      folder=cls.folder)
        assert first.returncode == 0, first.stderr

    def go_through(self, n, once):
        """Call `once` with n generators, and say how the runs ended."""
        n *= 10 if os.environ.get("HEPTA_TEST_ALL") else 1
        start = int(os.environ.get("HEPTA_SEED", 0))
        end = time.time() + 60 * float(os.environ.get("HEPTA_MINUTES", 0))
        ends = Counter()
        seed = start
        while seed < start + n or time.time() < end:
            with self.subTest(seed=seed):
                for process in once(random.Random(seed)):
                    ends[process.returncode] += 1
                    said = f"{process.args}\n{process.stderr[-2000:]}"
                    self.assertIn(process.returncode, EXPECTED, said)
                    if process.returncode > 1:
                        self.assertIn("hepta: error: ", process.stderr, said)
            seed += 1
        print(f"{self.id().split('.')[-1]}: {sum(ends.values())} runs, "
              f"exit codes {dict(ends)}")

    def read(self, choose):
        """What the readers make of bad.h5."""
        bad = self.folder / "bad.h5"
        command = choose.choice([["summary", bad, "--json"],
                                 ["compare", self.good, bad],
                                 ["compare", bad, self.good],
                                 ["merge", bad, self.good, "-o", "merged.h5"],
                                 ["replay", bad, "--sample", 3],
                                 ["export", bad, "-o", "exported.csv"]])
        yield hepta(*command, folder=self.folder)

    def test_a_result_with_other_bytes_is_read_or_refused(self):
        def once(choose):
            bad = self.folder / "bad.h5"
            shutil.copyfile(self.good, bad)
            change_bytes(bad, choose)
            yield from self.read(choose)
        self.go_through(150, once)

    @unittest.skipIf(h5py is None, "h5py is not installed")
    def test_a_result_with_another_item_is_read_or_refused(self):
        def once(choose):
            bad = self.folder / "bad.h5"
            shutil.copyfile(self.good, bad)
            change_item(bad, choose)
            yield from self.read(choose)
        self.go_through(150, once)

    def test_any_command_line_is_done_or_refused(self):
        def once(choose):
            words = [choose.choice(COMMANDS)]
            for _ in range(choose.randrange(5)):
                words.append(choose.choice(WORDS))
            yield hepta(*words, folder=self.folder)
        self.go_through(150, once)


if __name__ == "__main__":
    unittest.main(verbosity=2)
