"""A run that is stopped or killed continues from its checkpoint: same hash.

The runs here take seconds and write a checkpoint every 0.2 seconds.
HEPTA_TEST_ALL asks for more kills.
"""
import functools
import os
import random
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from command import (ONE_SECTOR, CommandTest, command_line, hepta,
                     result_hash)

SAMPLES = 100_000
STOPPED = 75
KILLS = 20 if os.environ.get("HEPTA_TEST_ALL") else 3


def options(output, *more, samples=SAMPLES, every=0.2):
    return ["run", ONE_SECTOR, "--samples", samples, "-o", output,
            "--checkpoint-every", every, *more]


def start(*arguments, ranks=0):
    """The command in the background, in a process group of its own."""
    return subprocess.Popen(
        command_line(*arguments, ranks=ranks), text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, start_new_session=True)


def ranks_of(mpirun):
    """The process ids of the ranks that mpirun started."""
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(mpirun)],
                           stdout=subprocess.PIPE, text=True).stdout
    return [int(pid) for pid in found.split()]


@functools.cache
def expected_hash():
    """Of one run that nothing disturbed."""
    with tempfile.TemporaryDirectory() as folder:
        process = hepta(*options(Path(folder, "a.h5"), every=600))
        return result_hash(process)


class CheckpointTest(CommandTest):
    def setUp(self):
        super().setUp()
        self.output = self.folder / "a.h5"
        self.checkpoint = self.folder / "a.h5.ckpt"
        self.previous = self.folder / "a.h5.ckpt.1"

    def wait_for(self, path, process):
        for _ in range(600):
            if path.exists():
                return
            self.assertIsNone(process.poll(), "ended by itself")
            time.sleep(0.05)
        self.fail(f"no {path.name}")

    def stop(self, *more, number=signal.SIGUSR1, ranks=0, samples=SAMPLES):
        """A run that gets a signal after its first checkpoint."""
        process = start(*options(self.output, *more, samples=samples),
                        ranks=ranks)
        self.wait_for(self.checkpoint, process)
        asked = time.monotonic()
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
        self.assertLess(time.monotonic() - asked, 10)
        self.assertEqual(process.returncode, STOPPED, said)
        self.assertEqual(said.count("hepta: stopped on request"), 1, said)
        self.assertFalse(self.output.exists())
        return said

    def assert_resumes(self, *more, said="samples are in the checkpoint",
                       ranks=0):
        process = hepta(*options(self.output, "--resume", *more, every=600),
                        ranks=ranks)
        self.assert_done(process)
        self.assertIn(said, process.stderr)
        self.assertEqual(result_hash(process), expected_hash())
        self.assertEqual(os.listdir(self.folder), [self.output.name])


class Signals(CheckpointTest):
    def test_each_stops_the_run_with_a_checkpoint(self):
        for number in (signal.SIGTERM, signal.SIGUSR1, signal.SIGINT):
            with self.subTest(number=number):
                self.stop(number=number)
                self.assert_resumes()
                self.output.unlink()

    def test_mpirun_forwards_one_to_all_ranks(self):
        self.stop(ranks=2)
        self.assert_resumes(ranks=3)

    def test_one_rank_that_gets_it_stops_all(self):
        process = start(*options(self.output), ranks=2)
        self.wait_for(self.checkpoint, process)
        os.kill(ranks_of(process.pid)[-1], signal.SIGTERM)
        _, said = process.communicate(timeout=60)
        self.assertEqual(process.returncode, STOPPED, said)
        self.assert_resumes()

    def test_run_may_be_stopped_again_and_again(self):
        """On other numbers of ranks and threads, and in other blocks."""
        self.stop(samples=SAMPLES)
        for ranks, threads, block in ((2, 1, 96), (1, 2, 32)):
            process = start(*options(
                self.output, "--resume", "--threads", threads, "--set",
                f"block_size={block}"), ranks=ranks)
            time.sleep(1.5)
            process.send_signal(signal.SIGUSR1)
            _, said = process.communicate(timeout=60)
            self.assertIn(process.returncode, (0, STOPPED, -10, 138), said)
        if not self.output.exists():
            self.assert_resumes(ranks=3)


class Kills(CheckpointTest):
    def test_killed_process_loses_at_most_what_came_after_its_checkpoint(self):
        generator = random.Random(1)
        for _ in range(KILLS):
            process = start(*options(self.output))
            self.wait_for(self.checkpoint, process)
            time.sleep(generator.uniform(0, 0.6))
            process.kill()
            process.communicate()
            self.assertFalse(self.output.exists())
            for path in self.folder.glob(".*.tmp.*"):  # half written
                path.unlink()
            self.assert_resumes()
            self.output.unlink()

    def test_killed_rank_ends_the_job(self):
        generator = random.Random(2)
        for _ in range(KILLS):
            process = start(*options(self.output), ranks=3)
            self.wait_for(self.checkpoint, process)
            os.kill(generator.choice(ranks_of(process.pid)), signal.SIGKILL)
            process.communicate(timeout=60)
            self.assertNotEqual(process.returncode, 0)
            for path in self.folder.glob(".*.tmp.*"):
                path.unlink()
            self.assert_resumes(ranks=2)
            self.output.unlink()


class Resume(CheckpointTest):
    def test_without_a_checkpoint_it_starts_anew_and_says_so(self):
        self.assert_resumes(said="starting anew")

    def test_without_resume_the_checkpoint_is_named_and_replaced(self):
        self.stop()
        process = hepta(*options(self.output))
        self.assert_done(process)
        self.assertIn("--resume continues from it", process.stderr)
        self.assertEqual(result_hash(process), expected_hash())

    def test_longer_run_continues_a_shorter_one(self):
        self.stop(samples=SAMPLES // 2)
        self.assert_resumes()

    def test_other_runs_are_refused_by_what_differs(self):
        self.stop()
        for more, text in ((["--seed", "2"], "its seed is 1, not 2"),
                           (["--set", "steps_per_year=2"],
                            "its configuration is"),
                           (["--range", "0:64"], "more than 0:64"),
                           (["--range", "1000:100000"], "more than 1000:100000")):
            process = hepta(*options(self.output, "--resume", *more))
            self.assert_fails(3, process, text, self.checkpoint.name)
        self.assert_resumes()


class Damage(CheckpointTest):
    def two_checkpoints(self):
        process = start(*options(self.output))
        self.wait_for(self.previous, process)
        process.kill()
        process.communicate()
        for path in self.folder.glob(".*.tmp.*"):
            path.unlink()
        if not self.checkpoint.exists():  # killed between two renames
            self.two_checkpoints()

    def damages(self):
        """(what, the bytes of the checkpoint after it)."""
        whole = self.checkpoint.read_bytes()
        for part in (0.0, 0.3, 0.999):
            yield f"cut to {part}", whole[:int(len(whole) * part)]
        generator = random.Random(3)
        for _ in range(KILLS):
            damaged = bytearray(whole)
            damaged[generator.randrange(len(whole))] ^= \
                1 << generator.randrange(8)
            yield "one bit", bytes(damaged)

    def test_older_checkpoint_serves(self):
        self.two_checkpoints()
        older = self.previous.read_bytes()
        for what, content in list(self.damages()):
            with self.subTest(what):
                self.checkpoint.write_bytes(content)
                self.previous.write_bytes(older)
                self.assert_resumes(said="the checkpoint before it serves")
                self.output.unlink()

    def test_no_whole_checkpoint_is_an_error(self):
        self.two_checkpoints()
        self.previous.unlink()
        for what, content in list(self.damages()):
            with self.subTest(what):
                self.checkpoint.write_bytes(content)
                self.assert_fails(3, hepta(*options(self.output, "--resume")),
                                  self.checkpoint.name, "to start anew")
                self.assertEqual(self.checkpoint.read_bytes(), content)

    def test_result_is_no_checkpoint(self):
        self.assert_done(hepta(*options(self.output)))
        self.output.rename(self.checkpoint)
        self.assert_fails(3, hepta(*options(self.output, "--resume")),
                          "no checksum")


class FullDisk(CheckpointTest):
    SCRIPT = ('mount -t tmpfs -o size=$1 none "$2" || exit 77; cd "$2"; '
              'shift 2; "$@"; code=$?; ls -A > "$LISTING"; '
              'cp -p a.h5.ckpt* "$KEPT" 2>/dev/null; exit $code')

    def test_run_ends_with_an_error_and_the_checkpoint_is_whole(self):
        size = self.checkpoint_size() * 5 // 2
        kept = self.folder / "kept"
        kept.mkdir()
        listing = self.folder / "listing"
        disk = self.folder / "disk"
        disk.mkdir()
        run = subprocess.run(
            ["unshare", "--mount", "sh", "-c", self.SCRIPT, "sh", str(size),
             disk, *command_line(*options("a.h5"))],
            env={**os.environ, "KEPT": str(kept), "LISTING": str(listing)},
            stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if run.returncode in (1, 77):
            self.skipTest(f"cannot make a small disk: {run.stderr}")
        self.assert_fails(4, run, "No space left on device", "a.h5.ckpt")
        self.assertEqual(listing.read_text().split(),
                         ["a.h5.ckpt", "a.h5.ckpt.1"])
        for name in ("a.h5.ckpt", "a.h5.ckpt.1"):
            (kept / name).rename(self.folder / name)
        for path in (kept, disk):
            path.rmdir()
        listing.unlink()
        self.assert_resumes()

    def checkpoint_size(self):
        self.stop()
        size = self.checkpoint.stat().st_size
        for path in self.folder.iterdir():
            path.unlink()
        return size


if __name__ == "__main__":
    unittest.main()
