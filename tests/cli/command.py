"""The `hepta` command as a user calls it; shared by the tests beside this.

HEPTA is the path of the program; HEPTA_MPIRUN the list of arguments, in JSON,
that starts as many ranks as the next argument says.
"""
import functools
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "configs" / "seven_sectors.toml"
# Made-up numbers of one sector: a run of less than a second.
ONE_SECTOR = ROOT / "tests" / "data" / "one_sector.toml"
N_SAMPLES = 2048
# Little of everything that takes time but the trajectories.
SMALL = ["--samples", str(N_SAMPLES), "--set", 'scenarios=["reference"]',
         "--set", "percentiles=[5, 50, 95]", "--set", "draws=64",
         "--set", "pilot_samples=64", "--set", "sensitivity_samples=512"]


def command_line(*arguments, ranks=0):
    """`hepta ARGUMENTS`, under mpirun if `ranks` is not 0."""
    command = [os.environ["HEPTA"], *map(str, arguments)]
    if ranks:
        mpirun = json.loads(os.environ["HEPTA_MPIRUN"])
        command = [*mpirun, str(ranks), *command]
    return command


def hepta(*arguments, ranks=0, environment=None, folder=None, seconds=300):
    """Run that command line to its end."""
    return subprocess.run(
        command_line(*arguments, ranks=ranks), cwd=folder,
        env={**os.environ, **(environment or {})}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        timeout=seconds)


def run_small(output, *arguments, **settings):
    """`hepta run` of the shipped configuration, made small."""
    return hepta("run", CONFIG, *SMALL, "-o", output, *arguments, **settings)


def result_hash(process):
    """The 64 digits at the end of what a run printed."""
    name, digits = process.stdout.splitlines()[-1].split()
    assert name == "result_hash" and len(digits) == 64, process.stdout
    return digits


class CommandTest(unittest.TestCase):
    """Cases in an empty folder, with asserts about how a command ends."""

    def setUp(self):
        self._folder = tempfile.TemporaryDirectory(prefix="hepta test ")
        self.addCleanup(self._folder.cleanup)
        self.folder = Path(self._folder.name)

    def assert_done(self, process, *texts):
        """Exit code 0, nothing about an error, `texts` on stdout."""
        self.assertEqual(process.returncode, 0, process.stderr)
        self.assertNotIn("error", process.stderr)
        for text in texts:
            self.assertIn(text, process.stdout)

    def assert_fails(self, code, process, *texts):
        """This exit code and one message, on stderr, that holds `texts`."""
        said = process.stdout + process.stderr
        self.assertEqual(process.returncode, code, said)
        self.assertEqual(process.stderr.count("hepta: error: "), 1, said)
        self.assertNotIn("result_hash", process.stdout)
        for text in texts:
            self.assertIn(text, process.stderr)


@functools.cache
def small_result():
    """One small result for the whole process, and what its run printed."""
    folder = tempfile.TemporaryDirectory(prefix="hepta test ")
    path = Path(folder.name, "small result.h5")
    process = run_small(path)
    if process.returncode != 0:
        raise AssertionError(process.stderr)
    return path, process, folder


class SmallResultTest(CommandTest):
    """Cases that look at one small result."""

    def setUp(self):
        super().setUp()
        self.result, self.run_of_result, _ = small_result()
