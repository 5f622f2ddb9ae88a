"""The result does not depend on the machine's layout: one hash for all.

HEPTA_TEST_SAMPLES samples are computed by 1 to 4 ranks of 1 or 2 threads in
blocks of three sizes, and by either instruction set.
"""
import itertools
import os
import unittest

from command import CONFIG, CommandTest, hepta, result_hash

SAMPLES = int(os.environ.get("HEPTA_TEST_SAMPLES", "3000"))
RANKS = (1, 2, 3, 4)
THREADS = (1, 2)
BLOCKS = (96, 1024, 1408)
ONE_SCENARIO = ["--set", 'scenarios=["reference"]', "--set",
                "percentiles=[50]", "--set", "draws=32", "--set",
                "pilot_samples=64", "--set", "sensitivity_samples=0"]


class HashInvariance(CommandTest):
    def run_with(self, *options, **settings):
        """A run that must succeed; it is made small but for its samples."""
        process = hepta("run", CONFIG, "--samples", SAMPLES, "-o",
                        self.folder / "a.h5", *options, **settings)
        self.assertEqual(process.returncode, 0, process.stderr)
        return process

    def test_ranks_threads_and_blocks_do_not_matter(self):
        expected = result_hash(self.run_with(*ONE_SCENARIO))
        for ranks, threads, block in itertools.product(RANKS, THREADS, BLOCKS):
            with self.subTest(ranks=ranks, threads=threads, block=block):
                process = self.run_with(
                    *ONE_SCENARIO, "--threads", threads, "--set",
                    f"block_size={block}", ranks=ranks)
                self.assertEqual(result_hash(process), expected)

    def test_idle_ranks_do_not_matter(self):
        blocks = ["--set", "block_size=8192"]
        expected = result_hash(self.run_with(*ONE_SCENARIO, *blocks))

        process = self.run_with(*ONE_SCENARIO, *blocks, ranks=3)

        self.assertEqual(process.stderr.count("hepta: warning: 3 ranks for 1 "),
                         1, process.stderr)
        self.assertEqual(result_hash(process), expected)

    def test_seed_matters(self):
        """The hash can change: else the equalities would say nothing."""
        hashes = {result_hash(self.run_with(*ONE_SCENARIO, "--seed", seed))
                  for seed in (1, 2)}
        self.assertEqual(len(hashes), 2)

    def test_instruction_sets_do_not_matter(self):
        runs = []
        for name in ("avx2", "avx512"):
            process = hepta("run", CONFIG, "--samples", SAMPLES, "-o",
                            self.folder / f"{name}.h5",
                            environment={"HEPTA_INSTRUCTION_SET": name})
            if process.returncode == 4 and "no AVX-512" in process.stderr:
                self.skipTest("this processor has no AVX-512")
            self.assertEqual(process.returncode, 0, process.stderr)
            self.assertIn(name, process.stdout)
            runs.append(result_hash(process))
        self.assertEqual(runs[0], runs[1])
        self.assert_done(hepta("compare", self.folder / "avx2.h5",
                               self.folder / "avx512.h5"), "same")


if __name__ == "__main__":
    unittest.main()
