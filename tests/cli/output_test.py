"""A result is written whole or not at all, and what was there before stays."""
import os
import signal
import subprocess
import time
import unittest

from command import (CONFIG, SMALL, CommandTest, hepta, result_hash, run_small)

CODE = 4


class Output(CommandTest):
    def assert_untouched(self, path, content):
        self.assertEqual(path.read_bytes(), content)
        self.assertEqual(os.listdir(path.parent), [path.name])

    def test_missing_folder_is_named_with_the_remedy(self):
        output = self.folder / "none" / "a.h5"
        self.assert_fails(CODE, run_small(output), str(output), "mkdir -p")

    def test_folder_is_no_file(self):
        self.assert_fails(CODE, run_small(self.folder), "it is a folder")

    def test_file_is_no_folder(self):
        file = self.folder / "file"
        file.write_text("text")

        process = run_small(file / "a.h5")

        self.assert_fails(CODE, process, "cannot write")
        self.assert_untouched(file, b"text")

    def test_unwritable_folder_is_named(self):
        self.assert_fails(CODE, run_small("/proc/a.h5"), "/proc/a.h5")

    def test_output_is_refused_before_computing(self):
        start = time.monotonic()
        process = hepta("run", CONFIG, "--samples", 10**12, "-o", "/proc/a.h5")
        self.assert_fails(CODE, process)
        self.assertLess(time.monotonic() - start, 60)

    def test_ranks_print_the_error_once(self):
        self.assert_fails(CODE, run_small("/proc/a.h5", ranks=3), "/proc/a.h5")

    def test_wrong_input_leaves_an_earlier_result(self):
        output = self.folder / "a.h5"
        output.write_bytes(b"earlier")
        self.assert_fails(2, run_small(output, "--set", "seed=-1"), "seed")
        self.assert_untouched(output, b"earlier")

    def test_killed_run_leaves_an_earlier_result(self):
        output = self.folder / "a.h5"
        output.write_bytes(b"earlier")
        command = [os.environ["HEPTA"], "run", str(CONFIG), *SMALL,
                   "--samples", str(10**9), "-o", str(output)]
        del command[3:5]  # the small number of samples
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(3)
        self.assertIsNone(process.poll(), "ended by itself")
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.assert_untouched(output, b"earlier")

    def test_full_disk_leaves_an_earlier_result(self):
        script = ('mount -t tmpfs -o size=64k none "$1" || exit 77; '
                  'cd "$1"; echo earlier > a.h5; shift; "$@"; code=$?; '
                  'cat a.h5; ls -A; exit $code')
        command = ["unshare", "--mount", "sh", "-c", script, "sh", self.folder,
                   os.environ["HEPTA"], "run", CONFIG, *SMALL, "-o", "a.h5"]
        try:
            process = subprocess.run(command, stdin=subprocess.DEVNULL,
                                     capture_output=True, text=True)
        except FileNotFoundError:
            self.skipTest("no unshare to make a small disk with")
        if process.returncode in (1, 77):
            self.skipTest(f"cannot make a small disk: {process.stderr}")
        self.assert_fails(CODE, process, "No space left on device", "a.h5")
        self.assertEqual(process.stdout.split(), ["earlier", "a.h5"])

    def test_new_result_replaces_the_earlier_one(self):
        output = self.folder / "a.h5"
        output.write_bytes(b"earlier")

        process = run_small(output)

        self.assert_done(process, "2048 samples", str(output))
        self.assertEqual(os.listdir(self.folder), [output.name])
        self.assert_done(hepta("summary", output), result_hash(process))

    def test_quiet_prints_the_hash_alone(self):
        # A pilot that leaves nothing to warn of.
        process = run_small(self.folder / "a.h5", "--quiet",
                            "--set", "pilot_samples=1024")
        self.assert_done(process)
        self.assertEqual(len(process.stdout.splitlines()), 1)
        self.assertEqual(process.stderr, "")


if __name__ == "__main__":
    unittest.main()
