"""Every failing system call of a run ends it with exit code 4, and what was at
the output before is still there.

HEPTA is the program, HEPTA_FAIL_NTH the library that makes the n-th call fail.
With HEPTA_TEST_ALL set, every call of every function fails once, and 500
allocations; else every fifth (all where there are few), and 40.
"""
import os
import re
import subprocess
import tempfile
import unittest
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "tests" / "fuzz" / "corpus" / "config" / "small.toml"
SMALL = ["--samples", "64", "--set", "draws=8", "--set", "pilot_samples=64",
         "--threads", "1", "--quiet"]
RUN_ALL = bool(os.environ.get("HEPTA_TEST_ALL"))


def hepta(*arguments, fail=None, count=None):
    """Run hepta with one call failing; the process, and its exit code."""
    environment = dict(os.environ)
    if fail:
        environment.update(LD_PRELOAD=os.environ["HEPTA_FAIL_NTH"],
                           HEPTA_FAIL=fail)
    if count:
        environment["HEPTA_FAIL_COUNT"] = str(count)
    return subprocess.run(
        [os.environ["HEPTA"], *map(str, arguments)], env=environment,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, errors="replace", timeout=300)


def result_hash(process):
    """What a run printed last, None if it did not get there."""
    found = re.search(r"^result_hash ([0-9a-f]{64})$", process.stdout, re.M)
    return found and found[1]


class FaultTest(unittest.TestCase):
    """Runs over an earlier result, with one call failing."""

    @classmethod
    def setUpClass(cls):
        cls._folder = tempfile.TemporaryDirectory(prefix="hepta test ")
        cls.addClassCleanup(cls._folder.cleanup)
        cls.folder = Path(cls._folder.name)
        cls.output = cls.folder / "out.h5"
        first = hepta("run", CONFIG, *SMALL, "--seed", 2, "-o", cls.output)
        assert first.returncode == 0, first.stderr
        cls.earlier = cls.output.read_bytes()
        other = hepta("run", CONFIG, *SMALL, "-o", cls.folder / "new.h5")
        cls.expected = result_hash(other)
        (cls.folder / "new.h5").unlink()

    def run_over(self, fail, *options, count=None):
        """The run with `fail`, from the same start each time."""
        self.output.write_bytes(self.earlier)
        for checkpoint in self.folder.glob("out.h5.ckpt*"):
            checkpoint.unlink()
        return hepta("run", CONFIG, *SMALL, *options, "-o", self.output,
                     fail=fail, count=count)

    def count(self, function, *options):
        """Calls of a function in a run in which none fails."""
        log = self.folder / "count"
        process = self.run_over(f"{function}:0", *options, count=log)
        self.assertEqual(process.returncode, 0, process.stderr)
        return int(log.read_text())

    def check(self, fail, process):
        """Failed with the earlier file intact, or done as if nothing was."""
        said = f"{fail}: exit {process.returncode}\n{process.stderr}"
        if process.returncode == 0:
            self.assertEqual(result_hash(process), self.expected, said)
            self.assertNotEqual(self.output.read_bytes(), self.earlier, said)
        else:
            self.assertEqual(process.returncode, 4, said)
            self.assertEqual(process.stderr.count("hepta: error: "), 1, said)
            self.assertEqual(self.output.read_bytes(), self.earlier, said)
        left = [path.name for path in self.folder.glob(".*tmp*")]
        self.assertEqual(left, [], said)

    def fail_each(self, function, positions, *options):
        """How the runs ended in which these calls failed."""
        ends = Counter()
        for n in positions:
            fail = f"{function}:{n}"
            with self.subTest(fail=fail):
                process = self.run_over(fail, *options)
                ends[process.returncode] += 1
                self.check(fail, process)
        print(f"{function} {' '.join(options)}: {sum(ends.values())} runs, "
              f"exit codes {dict(ends)}")
        return ends

    def fail_calls(self, function, *options):
        """Let every call fail, or every fifth."""
        n_calls = self.count(function, *options)
        step = 1 if RUN_ALL or n_calls < 10 else 5
        return self.fail_each(function, range(1, n_calls + 1, step), *options)

    def test_a_failing_write_fsync_or_rename_ends_the_run(self):
        for function in ("write", "fsync", "rename"):
            with self.subTest(function=function):
                self.assertGreater(self.fail_calls(function)[4], 0)

    def test_a_failing_close_of_what_was_written_ends_the_run(self):
        self.assertGreater(self.fail_calls("close")[4], 0)

    def test_memory_that_runs_out_ends_the_run_with_a_message(self):
        n_calls = self.count("malloc")
        n_positions = 500 if RUN_ALL else 40
        ends = self.fail_each("malloc", range(
            1, n_calls + 1, max(1, n_calls // n_positions)))
        self.assertGreater(ends[4], sum(ends.values()) // 2)

    def test_nothing_fails_once_the_result_is_in_its_place(self):
        n_calls = self.count("malloc")
        self.fail_each("malloc", range(
            n_calls - 60, n_calls + 1, 1 if RUN_ALL else 3))


if __name__ == "__main__":
    unittest.main(verbosity=2)
