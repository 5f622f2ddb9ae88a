"""Variants of the model, switched on as a user does."""
import json
import re
import shutil
import unittest

from command import CONFIG, ROOT, SMALL, CommandTest, hepta, result_hash

FILES = ["carriers", "drivers", "components", "converters", "resources",
         "climate", "scenarios", "variants"]
OWN = ["--set", "variant.learning_spillover=false"]
LIMIT = re.compile(r'^(limit\.\d+ = \{)distribution = "\w+", low = [^,]+, '
                   r"central = [^,]+, high = [^,]+", re.MULTILINE)


class Spillover(CommandTest):
    """Sectors that share no limits of resources and no correlations."""

    def setUp(self):
        super().setUp()
        shutil.copytree(ROOT / "configs", self.folder / "configs")
        resources = self.folder / "configs" / "resources.toml"
        text, n = LIMIT.subn(r"\1value = 1e6", resources.read_text())
        self.assertGreater(n, 5)
        resources.write_text(text)

    def emissions(self, sectors, *options):
        files = FILES + [f"sectors/{sector}" for sector in sectors]
        run = self.folder / "configs" / f"{len(sectors)}.toml"
        run.write_text(
            f"include = {json.dumps([f'{name}.toml' for name in files])}\n"
            f"portfolios.all = {json.dumps(sectors)}\n"
            "percentiles = [5, 50, 95]\ndraws = 64\n"
            'scenarios = ["reference", "net_zero"]\n')
        result = self.folder / f"{len(sectors)}{len(options)}.h5"
        self.assert_done(hepta("run", run, "--samples", 512, "-o", result,
                               *options))
        process = hepta("summary", result, "--json")
        self.assert_done(process)
        return {name: sectors["steel"] for name, sectors
                in json.loads(process.stdout)["emissions"].items()}

    def test_without_it_steel_among_others_is_steel_alone(self):
        alone = self.emissions(["steel"])
        among = ["steel", "chemicals", "shipping"]
        self.assertEqual(self.emissions(among, *OWN), alone)
        self.assertNotEqual(self.emissions(among), alone)


class Switches(CommandTest):
    def validate(self, *changes):
        """What is printed of the shipped run with its switches changed."""
        folder = self.folder / "configs"
        shutil.copytree(ROOT / "configs", folder, dirs_exist_ok=True)
        variants = folder / "variants.toml"
        text = variants.read_text()
        for old, new in changes:
            self.assertEqual(text.count(old), 1, old)
            text = text.replace(old, new)
        variants.write_text(text)
        return hepta("validate", folder / CONFIG.name, "--json")

    def printed(self, *changes):
        process = self.validate(*changes)
        self.assert_done(process)
        return json.loads(process.stdout)

    def test_what_is_on_is_printed(self):
        self.assertNotIn("variants", self.printed())
        found = self.printed(("spillover = true", "spillover = false"),
                             ("retrofit = false", "retrofit = true"))
        self.assertEqual(found["variants"],
                         ["no_learning_spillover", "retrofit"])
        self.assertIn("steel/bf_bof/investment_cycle", json.dumps(found))

    def test_each_changes_the_result_and_off_does_not(self):
        hashes = {}
        for switch in ("variant.learning_spillover=false",
                       "variant.acceleration.on=true",
                       "variant.ramp_up.on=true", "variant.retrofit=true",
                       "variant.retrofit=false", "seed=1"):
            process = hepta("run", CONFIG, "--samples", 256, *SMALL[2:], "-o",
                            self.folder / f"{len(hashes)}.h5", "--set", switch)
            self.assert_done(process)
            hashes[switch] = result_hash(process)
        self.assertEqual(hashes["variant.retrofit=false"], hashes["seed=1"])
        self.assertEqual(len(set(hashes.values())), 5)

    def test_faults_are_named(self):
        for old, new, *texts in [
                ("\nlearning_spillover", "\nlearning_spilover",
                 "variants.toml:5:1: variant.learning_spilover"),
                ("spillover = true", "spillover = 1",
                 "is a number, not true or false"),
                ("low = 1, high = 2", "low = -1, high = 2",
                 "variants.toml:", "variant.acceleration.factor")]:
            self.assert_fails(2, self.validate((old, new)), *texts)


if __name__ == "__main__":
    unittest.main()
