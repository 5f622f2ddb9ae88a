"""What the commands say of a small result."""
import json
import unittest

from command import (N_SAMPLES, SmallResultTest, hepta, result_hash,
                     run_small)

SECTORS = ["steel", "cement", "aluminium", "chemicals", "aviation", "shipping",
           "trucking"]


class Run(SmallResultTest):
    def test_hash_is_the_last_line_and_stands_in_the_file(self):
        digits = result_hash(self.run_of_result)
        summary = hepta("summary", self.result, "--json")
        provenance = json.loads(summary.stdout)["provenance"]
        self.assertEqual(provenance["result_hash"], digits)
        self.assertEqual(provenance["samples"], N_SAMPLES)
        self.assertEqual(provenance["status"], "complete")
        version = hepta("--version").stdout
        self.assertIn(f"built with {provenance['libraries']}\n", version)
        self.assertIn(f"\n{provenance['hdf5']}\n", version)

    def test_samples_change_the_hash_but_not_the_configuration(self):
        process = run_small(self.folder / "a.h5", "--range", "0:1024")
        self.assert_done(process)
        self.assertNotEqual(result_hash(process),
                            result_hash(self.run_of_result))
        digests = {json.loads(hepta("summary", path, "--json").stdout)
                   ["provenance"]["config_sha256"]
                   for path in (self.result, self.folder / "a.h5")}
        self.assertEqual(len(digests), 1)

    def test_range_from_the_start_equals_fewer_samples(self):
        by_range = run_small(self.folder / "a.h5", "--range", "0:1000")
        by_number = run_small(self.folder / "b.h5", "--set", "samples=1000")
        self.assert_done(by_range, "1000 samples")
        if by_number.stdout.startswith("1000 "):
            self.assertEqual(result_hash(by_range), result_hash(by_number))

    def test_range_may_start_anywhere(self):
        process = run_small(self.folder / "a.h5", "--range", "777:1333")
        self.assert_done(process, "556 samples")

    def test_seed_changes_the_result(self):
        process = run_small(self.folder / "a.h5", "--seed", "2")
        self.assertNotEqual(result_hash(process),
                            result_hash(self.run_of_result))


class Compare(SmallResultTest):
    def test_same_settings_give_the_same_result(self):
        again = self.folder / "again.h5"
        run_small(again, "--threads", "1", "--set", "block_size=96")
        self.assert_done(hepta("compare", self.result, again), "same")

    def test_another_seed_differs_in_named_cells(self):
        other = self.folder / "other.h5"
        run_small(other, "--seed", "2")

        process = hepta("compare", self.result, other)

        self.assertEqual(process.returncode, 1, process.stderr)
        self.assertEqual(process.stderr, "")
        self.assertRegex(process.stdout, r"different: \d+ ")
        self.assertRegex(
            process.stdout,
            r"/headline/emissions \(scenario=reference, sector=\w+, .*\): "
            r".* against .* \(relative difference ")

    def test_other_percentiles_differ(self):
        other = self.folder / "other.h5"
        run_small(other, "--set", "percentiles=[50]")
        self.assertEqual(
            hepta("compare", self.result, other).returncode, 1)


class Summary(SmallResultTest):
    def test_table_has_every_sector_and_ends_with_the_hash(self):
        process = hepta("summary", self.result)
        self.assert_done(process, "5 % / 50 % / 95 %", "2030", "2050",
                         *SECTORS, "all_without_trucking", "near_zero_steel")
        self.assertEqual(result_hash(process),
                         result_hash(self.run_of_result))

    def test_percentiles_rise(self):
        summary = json.loads(hepta("summary", self.result, "--json").stdout)
        emissions = summary["emissions"]["reference"]
        for sector in SECTORS + ["all", "transport", "industry"]:
            for year in ("2030", "2050"):
                low, mid, high = (emissions[sector][year][p]
                                  for p in ("5", "50", "95"))
                self.assertTrue(0 < low < mid < high, (sector, year))

    def test_causes_make_up_what_is_avoided(self):
        both = self.folder / "both.h5"
        self.assert_done(run_small(
            both, "--set", 'scenarios=["reference", "net_zero"]'))
        summary = json.loads(hepta("summary", both, "--json").stdout)
        net_zero = summary["against_baseline"]["net_zero"]["2050"]
        self.assertNotIn("reference", summary["against_baseline"])
        self.assertEqual(list(net_zero["avoided_by_cause"]),
                         ["demand", "technology", "energy_carriers",
                          "capture"])
        medians = [summary["emissions"][scenario]["all"]["2050"]["50"]
                   for scenario in ("reference", "net_zero")]
        self.assertAlmostEqual(sum(net_zero["avoided_by_cause"].values()),
                               medians[0] - medians[1],
                               delta=0.1 * medians[0])
        self.assertGreater(net_zero["extra_cost"], 1e11)  # USD/yr

    def test_probabilities_lie_in_their_intervals(self):
        summary = json.loads(hepta("summary", self.result, "--json").stdout)
        self.assertGreater(len(summary["probability"]), 10)
        for name, scenarios in summary["probability"].items():
            p = scenarios["reference"]
            self.assertTrue(0 <= p["lower"] <= p["value"] <= p["upper"] <= 1,
                            (name, p))


class Replay(SmallResultTest):
    def test_replay_equals_the_draws_to_the_last_bit(self):
        try:
            import h5py
        except ImportError:
            self.skipTest("h5py is not installed")
        with h5py.File(self.result) as file:
            draws = file["draws"]
            inputs = draws["input"].asstr()[:]
            outputs = draws["output"].asstr()[:]
            drawn, computed = draws["inputs"][:], draws["outputs"][:]
            for row in (0, 1, 33, 63):
                sample = int(draws["draw"][row])
                replay = json.loads(hepta("replay", self.result, "--sample",
                                          sample, "--json").stdout)
                for column, name in enumerate(inputs):
                    self.assertEqual(replay["inputs"][name],
                                     drawn[row, column], name)
                for column, name in enumerate(outputs):
                    scenario, metric, sector, scope, year = name.split("/")
                    years = replay["scenarios"][scenario][metric][sector][scope]
                    self.assertEqual(years[int(year) - replay["first_year"]],
                                     computed[row, column], name)

    def test_replay_prints_inputs_and_years(self):
        self.assert_done(hepta("replay", self.result, "--sample", 5),
                         "sample 5", "steel/discount_rate_real", "emissions",
                         "2020", "2050")

    def test_any_sample_can_be_replayed(self):
        self.assert_done(
            hepta("replay", self.result, "--sample", 10**9, "--json"))


if __name__ == "__main__":
    unittest.main()
