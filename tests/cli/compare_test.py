"""Results of other seeds are the same statistically, those of another model
are not; both reports name the cells."""
import functools
import tempfile
import unittest
import xml.etree.ElementTree
from pathlib import Path

from command import ONE_SECTOR, CommandTest, SmallResultTest, hepta, run_small

N_SAMPLES = 20_000
# 1 % more of a yearly demand.
CHANGE = ("central = 1878, high = 1890", "central = 1896.8, high = 1908.9")


@functools.cache
def result(seed, changed=False):
    folder = tempfile.TemporaryDirectory(prefix="hepta test ")
    path = Path(folder.name, f"{seed}.h5")
    config = Path(folder.name, "one_sector.toml")
    text = ONE_SECTOR.read_text()
    assert text.count(CHANGE[0]) == 1
    config.write_text(text.replace(*CHANGE) if changed else text)
    process = hepta("run", config, "--samples", N_SAMPLES, "--seed", seed,
                    "-o", path)
    assert process.returncode == 0, process.stderr
    return path, folder


class Statistical(CommandTest):
    def compare(self, a, b, *options):
        return hepta("compare", a[0], b[0], *options)

    def test_other_seeds_are_the_same(self):
        for seed in (2, 3):
            process = self.compare(result(1), result(seed), "--statistical")
            self.assert_done(process, "same: none of ", "standard errors")

    def test_one_percent_of_one_number_is_found_and_named(self):
        process = self.compare(result(1), result(2, True), "--statistical")
        self.assertEqual(process.returncode, 1, process.stderr)
        self.assertRegex(
            process.stdout,
            r"/bands/activity \(scenario=reference, sector=steel, "
            r"year=2020, percentile=\d+\): .* against .* "
            r"\(\d+\.\d standard errors\)")

    def test_other_seeds_are_not_the_same_bits(self):
        process = self.compare(result(1), result(2))
        self.assertEqual(process.returncode, 1, process.stderr)

    def test_reports_say_the_same(self):
        for other, n_failures in ((result(2), 0), (result(2, True), None)):
            junit = self.folder / "report.xml"
            table = self.folder / "report.md"
            process = self.compare(result(1), other, "--statistical",
                                   "--junit", junit, "--markdown", table)
            suite = xml.etree.ElementTree.parse(junit).getroot()
            failed = {case.get("name") for case in suite
                      if case.find("failure") is not None}
            self.assertEqual(int(suite.get("failures")), len(failed))
            self.assertEqual(int(suite.get("tests")), len(suite))
            self.assertEqual(process.returncode, 1 if failed else 0)
            if n_failures is not None:
                self.assertEqual(len(failed), n_failures)
            for name in failed:
                self.assertIn(f"| `{name}` |", table.read_text())
            self.assertIn(process.stdout.splitlines()[0], table.read_text())

    def test_report_that_cannot_be_written_is_an_error(self):
        self.assert_fails(4, self.compare(result(1), result(1), "--junit",
                                          self.folder / "none" / "a.xml"),
                          "a.xml")


class WholeModel(SmallResultTest):
    """Of the shipped model: milestones, years, projects, commitments."""

    def compared(self, *arguments):
        """Names of what is compared with another run, and of what differs."""
        other = self.folder / "other.h5"
        process = run_small(other, "--seed", "7", *arguments)
        self.assertEqual(process.returncode, 0, process.stderr)
        report = self.folder / "report.xml"
        process = hepta("compare", self.result, other, "--statistical",
                        "--junit", report)
        self.assertIn(process.returncode, (0, 1), process.stderr)
        suite = xml.etree.ElementTree.parse(report).getroot()
        names = {"compared": set(), "failure": set(), "skipped": set()}
        for case in suite:
            kind = case[0].tag if len(case) else "compared"
            names[kind].add(case.get("name"))
        return names, process.stdout

    def test_another_seed_is_the_same(self):
        names, text = self.compared()
        self.assertEqual(names["failure"], set(), text)
        self.assertLessEqual(
            {"/probability/all_milestones_steel",
             "/probability/inside_budget_all_sectors",
             "/derived/tipping_year", "/derived/milestone_delay",
             "/derived/parity_year_probability_never", "/pipeline/projects",
             "/pipeline/cumulative_avoided_co2_moments",
             "/commitments/delivered_share",
             "/bands/cumulative_investment"}, names["compared"])
        self.assertIn("/draws", names["skipped"])
        self.assertRegex(text, r"\nnot compared: .*/draws")

    def test_other_commitments_differ_in_these_alone(self):
        names, text = self.compared(
            "--set", "commitments.steel.covered_share={distribution="
            "'triangular', low=0.06, central=0.18, high=0.36, "
            "unit='fraction of activity', source='s'}")
        self.assertEqual(names["failure"],
                         {"/commitments/delivered_share",
                          "/commitments/delivered_share_moments"}, text)
        self.assertIn("sector=steel", text)

    def test_a_larger_seed_moves_the_years(self):
        names, _ = self.compared(
            "--set", "sectors.steel.technologies.h2_dri_eaf.seed_share="
            "{value=0.05, unit='fraction of activity', source='s'}")
        self.assertLessEqual({"/derived/tipping_year",
                              "/derived/tipping_year_probability_never"},
                             names["failure"])
        self.assertNotIn("/commitments/delivered_share", names["failure"])


if __name__ == "__main__":
    unittest.main()
