"""Subsets of a result's samples, and the years of /derived in the summary."""
import json
import math
import unittest

import h5py
import numpy

from command import N_SAMPLES, ROOT, SmallResultTest, hepta

N_DRAWS = 64  # of the small result


class Condition(SmallResultTest):
    def found(self, *where, samples=None):
        """The reference scenario of the samples that meet `where`."""
        options = [word for text in where for word in ("--where", text)]
        if samples:
            options += ["--samples", samples]
        process = hepta("condition", self.result, *options, "--json")
        self.assert_done(process)
        found = json.loads(process.stdout)
        self.assertEqual(found["samples"], samples or N_DRAWS)
        return found["scenarios"]["reference"]

    def test_what_all_meet_leaves_all(self):
        found = self.found("form_weight >= 0")
        self.assertEqual(found["samples"], N_DRAWS)
        self.assertEqual(found["emissions"], found["emissions_of_all"])

    def test_opposites_divide_the_samples(self):
        low = self.found("form_weight < 0.5")["samples"]
        high = self.found("form_weight >= 0.5")["samples"]
        self.assertEqual(low + high, N_DRAWS)
        self.assertGreater(min(low, high), 10)

    def test_the_upper_half_of_an_output_is_above_its_median(self):
        name = "emissions/all/scope1+2@2050"
        everyone = self.found("form_weight >= 0")["emissions"]["all"]["2050"]
        upper = self.found(f"{name} > {everyone['50']}")
        self.assertEqual(upper["samples"], N_DRAWS // 2)
        self.assertGreater(upper["emissions"]["all"]["2050"]["5"],
                           everyone["50"])
        self.assertEqual(upper["emissions_of_all"]["all"]["2050"], everyone)

    def test_conditions_hold_together(self):
        both = self.found("form_weight < 0.5", "coal@2035 > 2.7")
        one = self.found("form_weight < 0.5")
        self.assertLessEqual(both["samples"], one["samples"])
        self.assertEqual(
            self.found("form_weight < 0.5", "form_weight >= 0.25",
                       "price/coal@2035 > 2.7")["samples"]
            + self.found("form_weight < 0.25",
                         "coal@2035 > 2.7")["samples"],
            both["samples"])

    def test_more_samples_are_computed_again(self):
        found = self.found("form_weight < 0.5", samples=512)
        self.assertTrue(200 < found["samples"] < 312, found["samples"])

    def test_text_names_how_many_remain(self):
        process = hepta("condition", self.result, "--where",
                        "form_weight >= 0")
        self.assert_done(process, f"{N_DRAWS} of {N_DRAWS} samples", "steel")

    def assert_refused(self, where, *texts):
        self.assert_fails(2, hepta("condition", self.result, "--where", where),
                          *texts)

    def test_faults_are_named(self):
        self.assert_refused("form_weight > 2", "no sample of 64")
        self.assert_refused("form_wight > 0", "'form_wight' is not an input")
        self.assert_refused("carbon_prize@2035 > 0",
                            "'carbon_prize' is not an output")
        self.assert_refused("carbon_price@2051 > 0", "2020 to 2050")
        self.assert_refused("carbon_price@2035 > many", "'many'")
        self.assert_refused("carbon_price@2035", "none of < <= > >=")
        self.assert_refused("investment/steel@2050 > 0", "flow")


class Observations(SmallResultTest):
    """Weights against those of the draws' own outputs."""

    OBSERVED = {"steel": (2500.0, 0.03, 0.06), "cement": (2600.0, 0.0, 0.1)}

    def file(self, text):
        path = self.folder / "observations.toml"
        path.write_text(text)
        return path

    def observed(self):
        return self.file("".join(
            f'[observations.{sector}.emissions."scope1+2"]\n'
            f'2030 = {{value = {value}, unit = "Mt CO2", '
            f'measurement_error = {measured}, model_error = {model}, '
            'source = "made up"}\n'
            for sector, (value, measured, model) in self.OBSERVED.items()))

    def found(self, *options):
        process = hepta("condition", self.result, "--observations",
                        self.observed(), "--json", *options)
        self.assert_done(process)
        return json.loads(process.stdout)

    def emissions(self, sector, year):
        """Scope 1+2 of the draws, by replay of each."""
        with h5py.File(self.result) as file:
            draws = [int(s) for s in file["draws/draw"][()]]
        values = []
        for sample in draws:
            future = self.replay(sample)
            values.append(
                future["scenarios"]["reference"]["emissions"][sector]
                ["scope1+2"][year - future["first_year"]])
        return numpy.array(values)

    replays = {}

    def replay(self, sample):
        if sample not in self.replays:
            process = hepta("replay", self.result, "--sample", sample,
                            "--json")
            self.assert_done(process)
            self.replays[sample] = json.loads(process.stdout)
        return self.replays[sample]

    def test_weights_are_those_of_a_gaussian_of_the_logarithms(self):
        chi2 = numpy.zeros(N_DRAWS)
        for sector, (value, *errors) in self.OBSERVED.items():
            chi2 += (numpy.log(self.emissions(sector, 2030) / value)
                     / math.hypot(*errors)) ** 2
        weights = numpy.exp(-chi2 / 2)
        scenario = self.found()["scenarios"]["reference"]
        self.assertAlmostEqual(
            scenario["effective_samples"],
            weights.sum() ** 2 / (weights ** 2).sum(), places=8)

        last = self.emissions("all", 2050)
        order = numpy.argsort(last)
        w = weights[order]
        middles = numpy.cumsum(w) - w / 2
        at = (middles - middles[0]) / (middles[-1] - middles[0])
        for p in ("5", "50", "95"):
            self.assertAlmostEqual(
                scenario["emissions"]["all"]["2050"][p],
                numpy.interp(float(p) / 100, at, last[order]), places=6)
            self.assertAlmostEqual(
                scenario["emissions_of_all"]["all"]["2050"][p],
                numpy.percentile(last, float(p)), places=6)

    def test_text_has_prior_beside_posterior_and_warns_of_few(self):
        process = hepta("condition", self.result, "--observations",
                        self.observed())
        self.assert_done(process, "effective", "of all", "chi2",
                         "emissions/steel/scope1+2@2030")
        self.assertIn("warning: reference: ", process.stderr)
        self.assertIn("effective samples", process.stderr)

    def test_with_a_condition_those_that_meet_it_are_weighted(self):
        found = self.found("--where", "form_weight < 0.5")
        scenario = found["scenarios"]["reference"]
        self.assertLess(scenario["samples"], N_DRAWS)
        self.assertLessEqual(scenario["effective_samples"],
                             scenario["samples"])

    def test_by_replay_of_more_samples(self):
        found = self.found("--samples", 512)
        self.assertEqual(found["samples"], 512)

    def test_the_shipped_ones_fit_the_shipped_model(self):
        process = hepta("condition", self.result, "--observations",
                        ROOT / "configs" / "observations.toml", "--samples",
                        1024, "--json")
        self.assert_done(process)
        found = json.loads(process.stdout)
        self.assertEqual(found["not_in_run"], [])
        for name, fit in (found["scenarios"]["reference"]["observations"]
                          .items()):
            # surprising by less than 1 in 1000
            self.assertLess(fit["chi_square"], 10.8, name)

    def test_faults_are_named(self):
        self.assert_fails(2, hepta("condition", self.result),
                          "nothing is given", "hint: ")
        self.assert_fails(2, hepta("condition", self.result,
                                   "--observations", self.folder / "none"),
                          "none: does not exist")
        path = self.file('[observations.steel.activity]\n2022 = {value = 1}')
        self.assert_fails(2, hepta("condition", self.result,
                                   "--observations", path),
                          "observations.toml:2:1", "unit is missing")
        self.assert_fails(
            2, hepta("condition", self.result, "--observations", self.file(
                '[observations.steel.activity]\n2022 = {value = 1, unit = '
                '"kg", measurement_error = 1, model_error = 0, source = "s"}'
            )), "observations.toml:2:1", "'Mt crude steel'")
        numbers = ('unit = "Mt CO2e", value = 1, measurement_error = 1, '
                   'model_error = 0, source = "s"')
        self.assert_fails(
            2, hepta("condition", self.result, "--observations", self.file(
                f"[observations.steele.emissions.scope1]\n2022 = {{{numbers}"
                "}")), "observations.toml:2:1", "did you mean 'steel'?")
        self.assert_fails(
            2, hepta("condition", self.result, "--observations", self.file(
                f"[observations.steel.avoided_emissions]\n2030 = {{{numbers}"
                "}")), "observations.toml:2:1",
            f"likelihood 0 in each of {N_DRAWS} samples")


class Futures(SmallResultTest):
    """Probabilities, years and side outputs of some of the samples."""

    def found(self, *where, options=("--samples", N_SAMPLES)):
        process = hepta("condition", self.result, "--json", *options,
                        *(w for text in where for w in ("--where", text)))
        self.assert_done(process)
        return json.loads(process.stdout)["scenarios"]["reference"]

    def test_of_all_samples_are_those_of_the_result(self):
        found = self.found("form_weight >= 0")
        summary = json.loads(hepta("summary", self.result, "--json").stdout)
        self.assertEqual(set(found["probability"]),
                         set(summary["probability"]))
        for name, of_scenarios in summary["probability"].items():
            self.assertAlmostEqual(found["probability"][name],
                                   of_scenarios["reference"]["value"],
                                   places=12, msg=name)
        for name, of_scenarios in summary["derived"].items():
            self.assertEqual(found["derived"][name], of_scenarios["reference"],
                             name)
        for suffix in ("probability", "derived", "pipeline", "commitments"):
            self.assertEqual(found[suffix], found[suffix + "_of_all"])

    def test_side_outputs_are_those_of_the_result(self):
        found = self.found("form_weight >= 0")
        with h5py.File(self.result) as file:
            for name, group in (("projects", "pipeline"),
                                ("delivered_share", "commitments")):
                years = (file["pipeline/year"][:].tolist()
                         if group == "pipeline" else [])
                sector = file[group]["sector"].asstr()[:].tolist()
                values = found[group][name]
                self.assertEqual(list(values), sector)
                for i, label in enumerate(sector):
                    low, at, high = (file[group][name + end] for end in
                                     ("_lower", "", "_upper"))
                    where = (i,)
                    value = values[label]
                    if years:
                        where = (i, 3, years.index(2030))
                        value = value["operating"]["2030"]
                    self.assertGreaterEqual(value["50"], low[where][1])
                    self.assertLessEqual(value["50"], high[where][1])
                    self.assertAlmostEqual(
                        value["50"], at[where][1],
                        delta=0.02 * abs(at[where][2] - at[where][0]) + 1e-12)

    def test_opposites_give_the_whole_probability(self):
        low = self.found("form_weight < 0.5")
        high = self.found("form_weight >= 0.5")
        moved = 0
        for name, of_all in low["probability_of_all"].items():
            mean = (low["samples"] * low["probability"][name]
                    + high["samples"] * high["probability"][name]
                    ) / (low["samples"] + high["samples"])
            self.assertAlmostEqual(mean, of_all, places=12, msg=name)
            moved += low["probability"][name] != of_all
        self.assertGreater(moved, 3)
        for item, of_all in low["derived_of_all"]["tipping_year"].items():
            parts = [found["samples"]
                     * found["derived"]["tipping_year"][item]["never"]
                     for found in (low, high)]
            self.assertAlmostEqual(
                sum(parts) / (low["samples"] + high["samples"]),
                of_all["never"], places=12, msg=item)

    def test_a_condition_on_a_commitment_is_on_its_output(self):
        found = self.found("commitments/steel/covered_share > 0.17")
        share = found["commitments"]["delivered_share"]["steel"]
        of_all = found["commitments_of_all"]["delivered_share"]["steel"]
        self.assertGreater(share["50"], of_all["50"])

    def test_the_text_has_them(self):
        process = hepta("condition", self.result, "--where",
                        "form_weight < 0.5")
        self.assert_done(process, "probability, %", "first year with 5 %",
                         "committed activity delivered")


class Derived(SmallResultTest):
    def setUp(self):
        super().setUp()
        process = hepta("summary", self.result, "--json")
        self.summary = json.loads(process.stdout)

    def test_years_ascend_with_the_percentile_and_end_in_never(self):
        last = {"tipping_year": 2050, "parity_year": 2050,
                "budget_exhausted_year": 2050,
                "sector_budget_exhausted_year": 2050, "milestone_delay": 30}
        self.assertEqual(set(self.summary["derived"]), set(last))
        for name, scenarios in self.summary["derived"].items():
            for item, values in scenarios["reference"].items():
                never = values.pop("never")
                years = [math.inf if values[p] is None else values[p]
                         for p in sorted(values, key=float)]
                self.assertEqual(years, sorted(years), (name, item))
                for p, year in values.items():
                    late = year is None
                    # rank ceil(p n / 100) is beyond those that get there
                    self.assertEqual(late, float(p) / 100 > 1 - never,
                                     (name, item, p, never))
                    if not late:
                        self.assertLessEqual(year, last[name])

    def test_milestones_met_are_those_without_delay(self):
        probability = self.summary["probability"]
        delays = self.summary["derived"]["milestone_delay"]["reference"]
        self.assertGreater(len(delays), 15)
        for milestone, values in delays.items():
            met = probability[milestone]["reference"]["value"]
            for p in ("5", "50", "95"):
                self.assertEqual(values[p] == 0, float(p) / 100 <= met,
                                 (milestone, p, met))

    def test_joint_budget_is_no_likelier_than_a_sectors(self):
        probability = self.summary["probability"]
        joint = probability["inside_budget_all_sectors"]["reference"]["value"]
        for sector in ("steel", "trucking", "aviation"):
            self.assertLessEqual(
                joint,
                probability[f"inside_budget_{sector}"]["reference"]["value"])

    def test_the_summary_shows_them(self):
        self.assert_done(hepta("summary", self.result),
                         "first year with 5 % of activity",
                         "inside_budget_all_sectors")


if __name__ == "__main__":
    unittest.main()
