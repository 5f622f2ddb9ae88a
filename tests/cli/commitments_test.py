"""Levers of a scenario multiplied by what companies deliver of commitments."""
import json
import unittest

from command import ONE_SECTOR, CommandTest, hepta, result_hash

COVERED = "commitments/steel/covered_share"
DELIVERED = "commitments/steel/delivery_rate"
LIMIT = ("low = 0.5, central = 1, high = 2, unit = \"EJ per yr\"",
         "low = 50, central = 100, high = 200, unit = \"EJ per yr\"")
BIND = """
[scenario.bind]
end_of_new_builds."steel/blast" = {{value = 2035, \
unit = "calendar year", source = "s"}}
{premium}
[[scenario.bind.minimum_share]]
sector = "steel"
technologies = ["hydrogen_route"]
share = {{2021 = 0, 2030 = 1, {key} unit = "fraction", source = "s"}}
"""
PREMIUM = """premium."steel/hydrogen_route" = \
{value = 40, %s unit = "USD2020 per t steel", source = "s"}"""
COMMITTED = "committed = true,"
N = 1000


class Committed(CommandTest):
    def config(self, name, key=COMMITTED, changes=(), premium=True):
        """A run of the reference and of what binds; the limit is far away."""
        text = ONE_SECTOR.read_text(encoding="utf-8")
        for old, new in (LIMIT, ('["reference"]', '["reference", "bind"]'),
                         *changes):
            self.assertEqual(text.count(old), 1, old)
            text = text.replace(old, new)
        path = self.folder / f"{name}.toml"
        path.write_text(text + BIND.format(
            key=key, premium=PREMIUM % key if premium else ""),
            encoding="utf-8")
        return path

    def run_of(self, config, *options, name="a", samples=N, **settings):
        path = self.folder / f"{name}.h5"
        process = hepta("run", config, "--samples", samples, "-o", path,
                        "--set", "sensitivity_samples=0", *options,
                        **settings)
        self.assert_done(process)
        return path, result_hash(process)

    def test_delivery_of_all_or_nothing(self):
        """Covered and delivered are 1: the plain lever. One is 0: none."""
        def fixed(covered, delivered):
            number = '{{value = {}, unit = "fraction", source = "s"}}'
            return [
                ('covered_share = {distribution = "triangular", low = 0.1, '
                 'central = 0.2, high = 0.4, unit = "fraction of activity", '
                 'source = "s"}', "covered_share = " + number.format(covered)),
                ('delivery_rate = {distribution = "uniform", low = 0.1, '
                 'high = 0.8, unit = "fraction", source = "s"}',
                 "delivery_rate = " + number.format(delivered))]

        def emissions(*arguments):
            path, _ = self.run_of(self.config(*arguments), name=arguments[0])
            process = hepta("summary", path, "--json")
            self.assert_done(process)
            return json.loads(process.stdout)["emissions"]

        all_of_it = fixed(1, 1)
        committed = emissions("committed", COMMITTED, all_of_it)
        self.assertEqual(committed, emissions("plain", "", all_of_it))
        self.assertNotEqual(committed["bind"], committed["reference"])
        nothing = emissions("nothing", COMMITTED, fixed(1, 0))
        self.assertEqual(nothing["bind"], nothing["reference"])
        self.assertEqual(nothing["reference"], committed["reference"])

    def test_no_layout_matters(self):
        config = self.config("run")
        _, expected = self.run_of(config, "--threads", 1)
        avx2 = {"HEPTA_INSTRUCTION_SET": "avx2"}
        for options, settings in (
                (("--threads", 3), {}), (("--set", "block_size=64"), {}),
                (("--threads", 1), {"ranks": 2}), ((), {"environment": avx2})):
            _, found = self.run_of(config, *options, **settings)
            self.assertEqual(found, expected, options)

    def test_replay_has_the_least_share_of_the_sample(self):
        path, _ = self.run_of(self.config("run"))
        for sample in (0, 7, 500):
            process = hepta("replay", path, "--sample", sample, "--json")
            self.assert_done(process)
            replay = json.loads(process.stdout)
            inputs = replay["inputs"]
            least = inputs[COVERED] * inputs[DELIVERED]
            self.assertEqual(
                least, replay["commitments"]["delivered_share"]["steel"])
            share = replay["scenarios"]["bind"]["share"][
                "steel/hydrogen_route"]
            for value in share[10:]:
                self.assertGreaterEqual(value, least - 1e-15)

    def test_the_resolved_model_says_what_multiplies_what(self):
        def scenario(config):
            process = hepta("validate", config, "--json")
            self.assert_done(process)
            return json.loads(process.stdout)["model"]["scenarios"][1]

        found = scenario(self.config("run"))
        by = [COVERED, DELIVERED]
        self.assertEqual(found["premium_scaled_by"], [None, by])
        self.assertEqual(found["minimum_share"][0]["scaled_by"], by)
        plain = scenario(self.config("plain", ""))
        del found["premium_scaled_by"], found["minimum_share"][0]["scaled_by"]
        self.assertEqual(found, plain)

    def test_all_commands_take_the_result(self):
        config = self.config("run")
        whole, expected = self.run_of(config)
        parts = [self.run_of(config, "--range", f"{a}:{b}", name=f"{a}")[0]
                 for a, b in ((0, 600), (600, N))]
        merged = self.folder / "merged.h5"
        process = hepta("merge", *parts, "-o", merged)
        self.assert_done(process)
        self.assertEqual(result_hash(process), expected)
        self.assert_done(hepta("compare", whole, merged), "same")
        few, _ = self.run_of(config, name="few", samples=300)
        process = hepta("extend", few, "--samples", N)
        self.assert_done(process)
        self.assertEqual(result_hash(process), expected)
        self.assert_done(hepta("compare", whole, few, "--statistical"))
        self.assert_done(hepta("export", whole, "--format", "iamc", "-o",
                               self.folder / "a.csv"))

    def test_conditions_on_delivery_move_the_emissions(self):
        path, _ = self.run_of(self.config("run", premium=False), "--set",
                              "draws=512")

        def share(where):
            process = hepta("condition", path, "--where", where, "--json")
            self.assert_done(process)
            found = json.loads(process.stdout)["scenarios"]
            return [found[name]["emissions"]["steel"]["2050"]["50"]
                    for name in ("reference", "bind")]

        little, much = (share(f"{DELIVERED} {than}")
                        for than in ("< 0.2", "> 0.7"))
        self.assertLess(much[1] / much[0], little[1] / little[0] - 0.02)

    def test_what_moves_trajectories_has_indices(self):
        def groups(config, *options):
            process = hepta("sensitivity", config, "--samples", 512,
                            "--quiet", "--json", *options)
            self.assert_done(process)
            return json.loads(process.stdout)

        with_lever = groups(self.config("run"))
        for name, output in with_lever.items():
            index = output["groups"]["commitments"]["total"]
            if name.startswith("bind/emissions/all"):
                self.assertGreater(index["lower"], 0.01, name)
            if name.startswith("reference/"):
                self.assertEqual(index["value"], 0.0, name)
        for output in groups(self.config("plain", "")).values():
            self.assertNotIn("commitments", output["groups"])

    def test_faults_are_told_with_their_places(self):
        path = self.config("run", changes=[("[commitments]\nsteel.",
                                            "[commitments]\ncement.")])
        lines = path.read_text(encoding="utf-8").splitlines()
        at = 1 + next(i for i, line in enumerate(lines)
                      if line.startswith("share = {2021"))
        self.assert_fails(
            2, hepta("run", path, "-o", self.folder / "a.h5"),
            f"{path}:{at}:", "scenario.bind.minimum_share",
            "committed is true, but `steel` has no covered share",
            "hint: give commitments.steel.covered_share")


if __name__ == "__main__":
    unittest.main()
