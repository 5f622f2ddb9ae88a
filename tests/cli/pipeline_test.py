"""Announced projects and commitments: in the result, the summary, a replay."""
import json
import unittest

from command import (CONFIG, ONE_SECTOR, CommandTest, SmallResultTest, hepta,
                     result_hash)

try:
    import h5py
except ImportError:
    h5py = None


class Outputs(SmallResultTest):
    def setUp(self):
        super().setUp()
        process = hepta("summary", "--json", self.result)
        self.assert_done(process)
        self.summary = json.loads(process.stdout)

    def test_summary_prints_the_projects_that_operate(self):
        process = hepta("summary", self.result)
        self.assert_done(process, "announced projects that operate",
                         "CO2 they avoid", "committed companies")

    def test_no_project_is_lost(self):
        """All that are tracked: 857 announced and 144 past their decision."""
        projects = self.summary["pipeline"]["projects"]["all"]
        for year in ("2026", "2030", "2050"):
            announced = projects["announced"][year]["50"]
            past = projects["past_fid"][year]["50"]
            # both are functions of the hazard alone, one falling, one rising
            self.assertAlmostEqual(announced + past, 1001, delta=0.5)
        self.assertLess(projects["operating"]["2030"]["95"],
                        projects["past_fid"]["2030"]["95"])

    def test_inputs_are_named_like_all_others(self):
        process = hepta("validate", CONFIG, "--json")
        self.assert_done(process)
        names = {i["name"]
                 for i in json.loads(process.stdout)["design"]["inputs"]}
        for name in ("pipeline/all/announced_to_fid_annual_hazard",
                     "pipeline/steel/capacity_per_project",
                     "commitments/shipping/covered_share"):
            self.assertIn(name, names)

    def test_replay_shows_the_sample(self):
        process = hepta("replay", self.result, "--sample", "3", "--json")
        self.assert_done(process)
        sample = json.loads(process.stdout)
        inputs = sample["inputs"]
        shares = sample["commitments"]["delivered_share"]
        self.assertEqual(shares["cement"],
                         inputs["commitments/cement/covered_share"] *
                         inputs["commitments/all/delivery_rate"])
        projects = sample["pipeline"]["projects"]["steel"]
        total = (inputs["pipeline/steel/announced"] +
                 inputs["pipeline/steel/operational_or_fid"])
        for announced, past in zip(projects["announced"],
                                   projects["past_fid"], strict=True):
            self.assertAlmostEqual(announced + past, total, places=9)

    @unittest.skipIf(h5py is None, "h5py is not installed")
    def test_groups_select_by_label(self):
        with h5py.File(self.result) as file:
            group = file["pipeline"]
            self.assertEqual([d[0].name for d in group["projects"].dims],
                             ["/pipeline/sector", "/pipeline/stage",
                              "/pipeline/year", "/pipeline/percentile"])
            shape = group["projects"].shape
            self.assertEqual(group["projects_lower"].shape, shape)
            self.assertEqual(group["projects_moments"].shape[:-1], shape[:-1])
            self.assertIn("delivered_share", file["commitments"])


class Layout(CommandTest):
    """The hash covers these outputs, and depends on no layout."""

    def run_with(self, *options, ranks=0):
        output = self.folder / "a.h5"
        return hepta("run", ONE_SECTOR, "--samples", "3000", "-o", output,
                     *options, ranks=ranks)

    def test_ranks_threads_and_blocks_do_not_matter(self):
        expected = result_hash(self.run_with("--threads", "1"))
        for options, ranks in ((("--threads", "3"), 0),
                               (("--set", "block_size=64"), 0),
                               (("--threads", "1"), 3)):
            self.assertEqual(
                result_hash(self.run_with(*options, ranks=ranks)), expected)


class Faults(CommandTest):
    def test_more_operating_than_tracked_is_told_with_all_places(self):
        lines = ONE_SECTOR.read_text(encoding="utf-8").splitlines()
        rows = ['operational.2024-11 = {value = 9, unit = "projects", '
                'source = "s"}',
                'total_tracked.2024-11 = {value = 5, unit = "projects", '
                'source = "s"}']
        at = lines.index("[pipeline]") + 1
        lines[at:at] = ["steel." + row for row in rows]
        path = self.folder / "run.toml"
        path.write_text("\n".join(lines), encoding="utf-8")
        process = hepta("run", path, "-o", self.folder / "a.h5")
        self.assert_fails(2, process, f"{path}:{at + 1}:",
                          "more than the 6 of operational_or_fid",
                          "more than the 5 of total_tracked", "hint")
        self.assertFalse((self.folder / "a.h5").exists())


if __name__ == "__main__":
    unittest.main()
