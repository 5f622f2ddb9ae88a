"""The job scripts on a Slurm that is started for the test: the hash of a run
is that of one process, whatever happens to its job.

HEPTA_TEST_ALL asks for more kills and for the wait for a time limit.
"""
import os
import random
import shutil
import subprocess
import time
import unittest

import cluster
from cluster import (FEW, ONE_SECTOR, ROOT, SAMPLES, Slurm,
                     expected_hash)

from command import CommandTest

ALL = bool(os.environ.get("HEPTA_TEST_ALL"))
KILLS = 20 if ALL else 3
slurm = None


def setUpModule():
    global slurm
    slurm = Slurm()
    unittest.addModuleCleanup(slurm.stop)


def processes_of(output):
    """The ranks of the run whose command line has `output`."""
    found = subprocess.run(["pgrep", "-f", f"bin/hepta run.*{output}"],
                           stdout=subprocess.PIPE, text=True).stdout
    return [int(pid) for pid in found.split()
            if os.path.realpath(f"/proc/{pid}/exe").endswith("bin/hepta")]


class JobTest(CommandTest):
    def setUp(self):
        super().setUp()
        self.output = self.folder / "a.h5"
        self.checkpoint = self.folder / "a.h5.ckpt"

    def submit(self, job, *arguments, options=(), environment=None):
        """The number of the job; its log is `log` in the folder."""
        exported = ",".join(["ALL", *(f"{name}={value}" for name, value in
                                      (environment or {}).items())])
        return slurm.call(
            "sbatch", "--parsable", "--chdir", self.folder, "--output",
            self.folder / "log", "--export", exported, *options,
            ROOT / "jobs" / f"{job}.sbatch", *arguments)

    def submit_run(self, *more, options=(), samples=SAMPLES, **settings):
        return self.submit(
            "run", ONE_SECTOR, "--samples", samples, "-o", self.output,
            "--checkpoint-every", "0.3", *more, options=options, **settings)

    def log(self):
        path = self.folder / "log"
        return path.read_text() if path.exists() else ""

    def wait_for_checkpoint(self, n=1):
        """Until the job has said `n` times that it wrote one."""
        for _ in range(1200):
            if self.log().count("; checkpoint ") >= n:
                return
            time.sleep(0.05)
        self.fail("no checkpoint: " + self.log())

    def strike(self, blow, **settings):
        """`blow(job)` at a run at work, after its first checkpoint; at a longer
        run where it has ended before. The exit code of the job that was struck,
        and the samples of its run."""
        for samples in (SAMPLES, 4 * SAMPLES, 16 * SAMPLES):
            job = self.submit_run(samples=samples, **settings)
            self.wait_for_checkpoint()
            blow(job)
            code = slurm.wait(job)
            # a rank may be killed when the result is in its place already
            if ("samples are in the checkpoint" in self.log() or
                    (code != 0 and not self.output.exists())):
                return code, samples
            self.clear()
        self.fail("all runs ended before they were struck")

    def clear(self):
        (self.folder / "log").unlink()
        self.output.unlink()

    def assert_ends_with(self, expected, job, seconds=240):
        self.assertEqual(slurm.wait(job, seconds), 0, self.log())
        self.assertIn(f"result_hash {expected}", self.log())
        self.assertFalse(self.checkpoint.exists())


class Run(JobTest):
    def test_srun_on_two_nodes(self):
        job = self.submit_run(samples=FEW)
        self.assert_ends_with(expected_hash(FEW), job)
        self.assertIn("2 ranks x 1 threads", self.log())

    def test_mpirun_on_two_nodes(self):
        job = self.submit_run(samples=FEW,
                              environment={"HEPTA_LAUNCHER": "mpirun"})
        self.assert_ends_with(expected_hash(FEW), job)
        self.assertIn("2 ranks x 1 threads", self.log())

    def test_threads_are_those_of_the_job(self):
        job = self.submit_run(samples=FEW, options=["--cpus-per-task", "2"])
        self.assert_ends_with(expected_hash(FEW), job)
        self.assertIn("2 ranks x 2 threads", self.log())

    def test_ordinary_user(self):
        self.folder.chmod(0o777)
        if subprocess.run(["setpriv", "--reuid=65534", "--clear-groups",
                           "test", "-x", os.environ["HEPTA"], "-a", "-r",
                           ONE_SECTOR, "-a", "-w",
                           self.folder]).returncode != 0:
            self.skipTest("nobody cannot read the program")
        user = ["setpriv", "--reuid=65534", "--regid=65534",
                "--clear-groups"]
        call = slurm.call
        slurm.call = lambda *command: call(*user, *command)
        self.addCleanup(lambda: setattr(slurm, "call", call))
        job = self.submit_run(samples=FEW)
        slurm.call = call
        self.assert_ends_with(expected_hash(FEW), job)

    def test_wrong_input_fails_the_job(self):
        job = self.submit_run("--set", "seed=-1")
        self.assertEqual(slurm.wait(job), 2, self.log())
        self.assertEqual(self.log().count("hepta: error: "), 1)


class Signals(JobTest):
    def test_signal_before_the_limit_requeues_and_resumes(self):
        for launcher in ("srun", "mpirun"):
            with self.subTest(launcher):
                code, samples = self.strike(
                    lambda job: slurm.call("scancel", "--batch",
                                           "--signal=USR1", job),
                    environment={"HEPTA_LAUNCHER": launcher})
                log = self.log()
                self.assertEqual(code, 0, log)
                self.assertIn(f"result_hash {expected_hash(samples)}", log)
                self.assertEqual(log.count("stopped on request"), 1, log)
                self.assertFalse(self.checkpoint.exists())
                self.clear()

    def test_cancelled_job_stops_with_a_checkpoint_and_stays_so(self):
        states = []

        def cancel(job):
            slurm.call("scancel", job)
            slurm.wait(job)
            states.append(slurm.state(job)[0])

        _, samples = self.strike(cancel)
        self.assertEqual(states[-1], "CANCELLED")
        self.assertTrue(self.checkpoint.exists())
        self.assert_ends_with(expected_hash(samples),
                              self.submit_run(samples=samples))

    @unittest.skipUnless(ALL, "takes minutes: HEPTA_TEST_ALL=1")
    def test_time_limit_requeues_until_the_run_is_complete(self):
        samples = 60 * SAMPLES
        job = self.submit_run(samples=samples, options=[
            "--time", "1", "--signal", "B:USR1@25"])
        self.assert_ends_with(expected_hash(samples), job, seconds=1800)
        self.assertGreaterEqual(self.log().count("queued again"), 1)


class Kills(JobTest):
    def test_killed_rank_fails_the_job_and_the_next_resumes(self):
        generator = random.Random(1)

        def kill(_):
            ranks = processes_of(self.output)
            if ranks:
                os.kill(generator.choice(ranks), 9)

        self.assert_resumes_after(kill)

    def test_killed_job_resumes(self):
        self.assert_resumes_after(lambda job: slurm.call(
            "scancel", "--full", "--signal=KILL", job))

    def test_crashed_node_requeues_the_job(self):
        generator = random.Random(2)

        def crash(_):
            node = f"node{generator.choice((1, 2))}"
            cluster.script("slurm.sh", "crash", slurm.folder, node)
            # Slurm would notice by itself, after minutes.
            slurm.call("scontrol", "update", f"NodeName={node}",
                       "State=DOWN", "Reason=crashed")
            cluster.script("slurm.sh", "start", slurm.folder, node)

        for _ in range(KILLS):
            code, samples = self.strike(crash)
            self.assertEqual(code, 0, self.log())
            self.assertIn(f"result_hash {expected_hash(samples)}", self.log())
            self.assertFalse(self.checkpoint.exists())
            self.clear()

    def assert_resumes_after(self, blow):
        """The job that was struck fails, and the next one goes on."""
        for _ in range(KILLS):
            code, samples = self.strike(blow)
            self.assertNotEqual(code, 0, self.log())
            self.assertFalse(self.output.exists())
            (self.folder / "log").unlink()
            self.assert_ends_with(expected_hash(samples),
                                  self.submit_run(samples=samples))
            self.assertIn("samples are in the checkpoint", self.log())
            self.clear()


class Array(JobTest):
    ENVIRONMENT = {"HEPTA_SAMPLES": SAMPLES, "HEPTA_FOLDER": "parts"}

    def submit_array(self, *options):
        return self.submit("array", ONE_SECTOR, "--checkpoint-every", "0.2",
                           options=options, environment=self.ENVIRONMENT)

    def submit_merge(self, *options):
        return self.submit("merge", options=options,
                           environment=self.ENVIRONMENT)

    def test_merge_of_seven_tasks_is_one_run(self):
        array = self.submit_array()
        merge = self.submit_merge("--dependency", f"afterok:{array}")
        self.assertEqual(slurm.wait(array), 0, self.log())
        self.assert_ends_with(expected_hash(), merge)

    def test_killed_task_is_run_again_alone(self):
        array = self.submit_array()
        merge = self.submit_merge("--dependency", f"afterok:{array}")
        for _ in range(1200):
            if processes_of("part-3"):
                break
            time.sleep(0.05)
        for pid in processes_of("part-3"):
            os.kill(pid, 9)
        self.assertNotEqual(slurm.wait(array), 0)
        slurm.wait(merge)
        self.assertEqual(slurm.state(merge)[0], "CANCELLED")

        self.assertEqual(slurm.wait(self.submit_array("--array", "3")), 0)
        self.assert_ends_with(expected_hash(), self.submit_merge())


class Nightly(JobTest):
    # One number of the sector, 0.1 % more.
    CHANGE = ("opex_non_energy = {value = 118,",
              "opex_non_energy = {value = 118.118,")

    def nightly(self, config):
        job = self.submit("nightly", environment={
            "HEPTA_SAMPLES": 20_000, "HEPTA": os.environ["HEPTA"], "HEPTA_CONFIG": config,
            "HEPTA_NIGHTLY": self.folder / "nightly"})
        return slurm.wait(job)

    def test_passes_on_an_unchanged_tree_and_names_what_moved(self):
        config = self.folder / "one_sector.toml"
        shutil.copy(ONE_SECTOR, config)
        self.assertEqual(self.nightly(config), 0, self.log())
        self.assertEqual(self.nightly(config), 0, self.log())
        self.assertIn("same\n", self.log())

        text = config.read_text()
        self.assertEqual(text.count(self.CHANGE[0]), 1)
        config.write_text(text.replace(*self.CHANGE))
        self.assertEqual(self.nightly(config), 1, self.log())

        log = self.log()
        self.assertRegex(log, r"/bands/levelised_cost \(scenario=reference, "
                              r"technology=steel/hydrogen_route, ")
        history = (self.folder / "nightly" / "history.tsv").read_text()
        self.assertEqual([line.split("\t")[2] for line in
                          history.splitlines()[1:3]], ["reference", "same"])
        self.assertIn(history.splitlines()[3].split("\t")[2],
                      ("moved", "changed"))
        for name in ("report.md", "report.xml"):
            self.assertIn("levelised_cost",
                          (self.folder / "nightly" / name).read_text())


class Scaling(JobTest):
    def test_table_has_both_modes(self):
        job = self.submit("scaling", ONE_SECTOR, environment={
            "HEPTA_SAMPLES": 20_000, "HEPTA_SCALING": "table.tsv"})
        self.assertEqual(slurm.wait(job), 0, self.log())
        lines = [line.split("\t") for line in
                 (self.folder / "table.tsv").read_text().splitlines()]
        self.assertEqual([line[:2] for line in lines[1:]],
                         [["strong", "1"], ["strong", "2"], ["weak", "1"],
                          ["weak", "2"]])
        self.assertEqual(lines[1][-1], expected_hash(20_000))
        self.assertEqual(lines[2][-1], expected_hash(20_000))
        self.assertEqual(lines[4][-1], expected_hash(40_000))


if __name__ == "__main__":
    unittest.main()
