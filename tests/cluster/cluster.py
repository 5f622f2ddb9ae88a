"""A Slurm or a set of hosts made for tests; shared by the tests beside this.

They need root, network namespaces, and the programs named in WANTED: without
them the tests are skipped, and say why.
"""
import functools
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent / "cli"))

from command import ONE_SECTOR, hepta, result_hash  # noqa: E402


def samples_of(seconds):
    """As many as two processors here compute in that time, in thousands."""
    begin = time.monotonic()
    took = []
    for n in (30_000, 330_000):
        with tempfile.TemporaryDirectory() as folder:
            hepta("run", ONE_SECTOR, "--samples", n, "--threads", 2, "-o",
                  Path(folder, "a.h5"))
        took.append(time.monotonic() - begin - sum(took))
    rate_per_s = 300_000 / max(took[1] - took[0], 0.5)
    return max(100_000, round(rate_per_s * seconds, -3))


# Of a job that nothing happens to.
FEW = 100_000
# Long enough that what a test does to a job finds it at work.
SAMPLES = int(samples_of(1.5)) if "HEPTA" in os.environ else FEW
# As MPI sees them, the virtual hosts have all processors each.
SHARED = {"OMPI_MCA_hwloc_base_binding_policy": "none",
          "OMPI_MCA_mpi_yield_when_idle": "1"}
ENDED = {"COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL",
         "DEADLINE", "OUT_OF_MEMORY"}


def skip_unless_possible(*programs):
    """Why there can be no virtual hosts here, if so, as SkipTest."""
    if os.geteuid() != 0:
        raise unittest.SkipTest("only root can make virtual hosts")
    for program in ("ip", "nsenter", "unshare", *programs):
        if shutil.which(program) is None:
            raise unittest.SkipTest(f"{program} is not installed "
                                    "(jobs/packages.txt)")
    name = f"hepta{os.getpid()}"
    probe = subprocess.run(
        f"ip netns add {name} && ip netns del {name} && unshare --uts "
        "--mount true", shell=True, capture_output=True, text=True)
    if probe.returncode != 0:
        raise unittest.SkipTest(f"no network namespaces: {probe.stderr}")


def script(name, *arguments, check=True, **settings):
    return subprocess.run([HERE / name, *map(str, arguments)], check=check,
                          stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.DEVNULL, **settings)


@functools.cache
def expected_hash(samples=SAMPLES):
    """Of one process without Slurm."""
    with tempfile.TemporaryDirectory() as folder:
        return result_hash(hepta("run", ONE_SECTOR, "--samples", samples,
                                 "-o", Path(folder, "a.h5"), seconds=1800))


class Slurm:
    """Two nodes of two processors. `environment` is for its commands."""

    def __init__(self):
        skip_unless_possible("slurmctld", "slurmd", "munged", "sbatch")
        self.folder = Path(tempfile.mkdtemp(prefix="hepta-slurm-"))
        try:
            script("slurm.sh", "up", self.folder, 2, 2)
        except BaseException:
            self.stop()
            raise
        self.environment = {
            **os.environ, **SHARED, "HEPTA_ROOT": str(ROOT),
            "SLURM_CONF": str(self.folder / "slurm.conf")}
        for name in ("OMP_NUM_THREADS", "OMPI_MCA_rmaps_base_oversubscribe"):
            self.environment.pop(name, None)

    def stop(self):
        script("slurm.sh", "down", self.folder, check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, *command, **settings):
        process = subprocess.run(
            list(map(str, command)), env=self.environment, text=True,
            stdin=subprocess.DEVNULL, capture_output=True, **settings)
        if process.returncode != 0:
            raise AssertionError(f"{command}: {process.stderr}")
        return process.stdout.strip()

    def state(self, job):
        """State and exit code of a job ("COMPLETED", 0)."""
        said = self.call("scontrol", "show", "job", "-o", job)
        codes = re.findall(r"ExitCode=(\d+):(\d+)", said)
        states = re.findall(r"JobState=(\S+)", said)
        unfinished = [s for s in states if s not in ENDED]
        worst = max(codes, key=lambda code: (int(code[0]), int(code[1])))
        return (unfinished or states)[0], int(worst[0]) or int(worst[1])

    def wait(self, job, seconds=240):
        """Until the job, all tasks of it, has ended. Its exit code."""
        for _ in range(int(seconds / 0.25)):
            state, code = self.state(job)
            if state in ENDED:
                return code
            time.sleep(0.25)
        raise AssertionError(f"{job} is {state} after {seconds} s")


class Hosts:
    """Virtual hosts node1 … without Slurm."""

    def __init__(self, n):
        skip_unless_possible("mpirun")
        self.folder = Path(tempfile.mkdtemp(prefix="hepta-hosts-"))
        script("hosts.sh", "up", self.folder, n)

    def stop(self):
        script("hosts.sh", "down", self.folder, check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def mpirun(self, *arguments):
        return subprocess.Popen(
            [HERE / "hosts.sh", "mpirun", self.folder,
             *map(str, arguments)], text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def do(self, action, host):
        script("hosts.sh", action, self.folder, host)
