"""Parts add up to the run they are parts of, bit by bit; others are refused."""
import functools
import itertools
import json
import os
import random
import tempfile
import unittest
from pathlib import Path

from command import ONE_SECTOR, CommandTest, hepta, result_hash

CODE = 3
N_SAMPLES = 2000


def run(output, *options):
    if "--samples" not in options:
        options = ("--samples", N_SAMPLES, *options)
    return hepta("run", ONE_SECTOR, "-o", output, *options)


@functools.cache
def whole_run():
    """The result of all samples at once, and what its run printed."""
    folder = tempfile.TemporaryDirectory(prefix="hepta test ")
    path = Path(folder.name, "whole.h5")
    return path, run(path), folder


class MergeTest(CommandTest):
    def setUp(self):
        super().setUp()
        self.result, self.run_of_result, _ = whole_run()

    def part(self, begin, end, *options):
        path = self.folder / f"{begin}.{end}.{len(options)}.h5"
        self.assert_done(run(path, "--range", f"{begin}:{end}", *options))
        return path

    def assert_same_as_one_run(self, process, path):
        self.assert_done(process)
        self.assertEqual(result_hash(process), result_hash(self.run_of_result))
        self.assert_done(hepta("compare", self.result, path), "same")


class Merge(MergeTest):
    def test_seven_parts_in_any_order_give_the_whole(self):
        generator = random.Random(1)
        cuts = sorted(generator.sample(range(1, N_SAMPLES), 6))
        parts = [self.part(*pair) for pair in
                 itertools.pairwise([0, *cuts, N_SAMPLES])]
        for _ in range(2):
            generator.shuffle(parts)
            output = self.folder / "whole.h5"
            self.assert_same_as_one_run(
                hepta("merge", *parts, "-o", output, "--no-gaps"), output)

    def test_merged_results_can_be_merged(self):
        a, b, c = (self.part(0, 700), self.part(700, 1500),
                   self.part(1500, N_SAMPLES))
        ends = self.folder / "ends.h5"
        self.assert_done(hepta("merge", a, c, "-o", ends))
        whole = self.folder / "whole.h5"
        self.assert_same_as_one_run(hepta("merge", b, ends, "-o", whole),
                                    whole)

    def test_merged_result_names_its_configuration(self):
        parts = [self.part(0, 700), self.part(700, N_SAMPLES)]
        output = self.folder / "whole.h5"
        hepta("merge", *parts, "-o", output)
        summaries = [json.loads(hepta("summary", path, "--json").stdout)
                     for path in (self.result, output)]
        for name in ("config_sha256", "seed", "samples", "status"):
            self.assertEqual(summaries[0]["provenance"][name],
                             summaries[1]["provenance"][name])
        self.assert_done(hepta("replay", output, "--sample", 3))

    def test_overlapping_parts_are_refused(self):
        a, b = self.part(0, 700), self.part(699, 900)
        process = hepta("merge", a, b, "-o", self.folder / "c.h5")
        self.assert_fails(CODE, process, "samples 699:700", a.name, b.name)
        self.assertFalse((self.folder / "c.h5").exists())

    def test_same_part_twice_is_refused(self):
        a = self.part(0, 700)
        self.assert_fails(CODE, hepta("merge", a, a, "-o",
                                      self.folder / "c.h5"), "0:700")

    def test_gaps_are_refused_on_request(self):
        a, b = self.part(0, 700), self.part(800, 900)
        output = self.folder / "c.h5"
        self.assert_fails(
            CODE, hepta("merge", a, b, "-o", output, "--no-gaps"), "700:800")
        self.assert_done(hepta("merge", a, b, "-o", output), "800 samples")

    def test_other_runs_are_refused_by_what_differs(self):
        a = self.part(0, 700)
        for options, text in (
                (["--seed", "2"], "its seed is 2, not 1"),
                (["--set", "steps_per_year=2"], "its configuration is ")):
            b = self.part(700, 900, *options)
            process = hepta("merge", a, b, "-o", self.folder / "c.h5")
            self.assert_fails(CODE, process, text, b.name)

    def test_other_model_version_is_refused(self):
        try:
            import h5py
        except ImportError:
            self.skipTest("h5py is not installed")
        a, b = self.part(0, 700), self.part(700, 900)
        with h5py.File(b, "r+") as file:
            file["provenance"].attrs["model_version"] += 1
        self.assert_fails(
            CODE, hepta("merge", a, b, "-o", self.folder / "c.h5"),
            "its model version is", b.name)

    def test_changed_counts_are_noticed(self):
        try:
            import h5py
        except ImportError:
            self.skipTest("h5py is not installed")
        a, b = self.part(0, 700), self.part(700, 900)
        with h5py.File(b, "r+") as file:
            file["state/counts"][1000] += 1
        self.assert_fails(
            CODE, hepta("merge", a, b, "-o", self.folder / "c.h5"),
            "is damaged", b.name)

    def test_truncated_part_is_refused(self):
        a, b = self.part(0, 700), self.part(700, 900)
        os.truncate(b, b.stat().st_size // 2)
        self.assert_fails(
            CODE, hepta("merge", a, b, "-o", self.folder / "c.h5"), b.name)


class Extend(MergeTest):
    def short(self, *options):
        path = self.folder / "short.h5"
        self.assert_done(run(path, "--samples", 777, *options))
        return path

    def test_result_equals_that_of_a_longer_run(self):
        for ranks in (0, 2):
            path = self.short()
            self.assert_same_as_one_run(
                hepta("extend", path, "--samples", N_SAMPLES, ranks=ranks),
                path)

    def test_part_from_the_middle_is_completed(self):
        path = self.part(500, 900)
        self.assert_same_as_one_run(
            hepta("extend", path, "--samples", N_SAMPLES), path)

    def test_nothing_is_done_where_nothing_is_missing(self):
        path = self.short()
        process = hepta("extend", path, "--samples", 777)
        self.assert_done(process)

    def test_fewer_samples_are_refused(self):
        path = self.short()
        content = path.read_bytes()
        self.assert_fails(CODE, hepta("extend", path, "--samples", 776),
                          "it covers samples 0:777, more than 0:776")
        self.assertEqual(path.read_bytes(), content)

    def test_file_that_is_no_result_is_refused(self):
        path = self.folder / "a.h5"
        path.write_text("text")
        self.assert_fails(CODE, hepta("extend", path, "--samples", 776))


if __name__ == "__main__":
    unittest.main()
