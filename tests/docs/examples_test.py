"""The studies of configs/examples, with few samples: what each is to show."""
import functools
import re
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "cli"), str(ROOT / "analysis")]

from command import hepta  # noqa: E402

try:
    import numpy as np
    from hepta_analysis import open_result, tables
except ImportError as error:
    raise unittest.SkipTest(f"{error}: install python3-h5py and python3-xarray")

EXAMPLES = ROOT / "configs" / "examples"
N = 2048
FEW = ["--samples", N, "--set", "draws=2048", "--set", "pilot_samples=256",
       "--set", "sensitivity_samples=0", "--quiet"]
FOLDER = tempfile.TemporaryDirectory(prefix="hepta test ")
unittest.addModuleCleanup(FOLDER.cleanup)


def end_of(name, *options, output=None):
    """How a run of an example ends, and its result file."""
    path = Path(FOLDER.name, f"{output or name}.h5")
    return hepta("run", EXAMPLES / f"{name}.toml", *options, "-o", path), path


@functools.cache
def result_of(name, *options, output=None):
    process, path = end_of(name, *FEW, *options, output=output)
    assert process.returncode == 0, process.stderr
    return open_result(path)


def draws_of(result, name):
    return result.draws.outputs.sel(output=name).values


class Examples(unittest.TestCase):
    def test_every_example_says_how_it_is_run_and_is_in_the_manual(self):
        manual = (ROOT / "docs" / "examples.md").read_text()
        files = sorted(EXAMPLES.glob("*.toml"))
        self.assertEqual(len(files), 5)
        for path in files:
            command = f"run configs/examples/{path.name}"
            first, *_ = text = path.read_text().splitlines()
            self.assertRegex(first, r"^# .*\?$")
            self.assertTrue(any(command in line for line in text[:6]), path)
            self.assertIn(command, manual)
            self.assertIn(f"figures/examples/{path.stem}.svg", manual)
        self.assertEqual(
            set(re.findall(r"examples/(\w+)\.svg", manual)),
            {p.stem for p in (ROOT / "docs/figures/examples").iterdir()})

    def test_one_sector_is_its_own_portfolio(self):
        result = result_of("one_sector")
        self.assertEqual(result.sectors, ["steel"])
        for scenario in ("reference", "net_zero"):
            steel, everything = (
                draws_of(result, tables.output_name(scenario, s, 2050))
                for s in ("steel", "all"))
            np.testing.assert_array_equal(steel, everything)

    def test_policy_halves_steel_in_most_futures_and_only_there(self):
        table = tables.events(result_of("one_sector"))
        halved = table.sel(event="halved_by_2050")
        self.assertGreater(halved.lower.sel(scenario="net_zero"), 0.95)
        self.assertLess(halved.upper.sel(scenario="reference"), 0.05)

    def test_emissions_do_not_rise_with_the_carbon_price(self):
        result = result_of("carbon_price_sweep")
        for year in (2030, 2050):
            values = np.stack([
                draws_of(result, tables.output_name(s, "cement", year))
                for s in result.scenarios])
            rises = np.diff(values, axis=0) / values[:-1]
            self.assertLess(rises.max(), 1e-9)  # in no future
            self.assertLess(np.median(rises, axis=0).max(), -1e-3)

    def test_prices_are_correlated_as_the_file_says(self):
        for output, wanted in (("correlated", 0.8), ("independent", 0.0)):
            result = self.prices(output)
            inputs = result.draws.inputs
            x, y = (inputs.sel(input=f"u:driver/{name}").values
                    for name in ("crude_oil", "natural_gas"))
            # The paths' quantiles are uniform: their correlation is that of
            # ranks, with about this standard error (Bonett & Wright 2000).
            error = (1 - wanted**2) * np.sqrt((1 + wanted**2 / 2) / N)
            self.assertLess(abs(np.corrcoef(x, y)[0, 1] - wanted), 5 * error)

    def test_correlation_widens_the_cost(self):
        width = {}
        for output in ("correlated", "independent"):
            low, high = self.prices(output).band(
                "levelised_cost", technology="chemicals/fossil_conventional",
                scenario="reference", year=2050, percentile=[5, 95]).value
            width[output] = float(high - low)
        self.assertGreater(width["correlated"], 1.05 * width["independent"])

    def test_correlation_leaves_each_price_as_it_was(self):
        one, other = (
            self.prices(output).band("price", commodity="natural_gas",
                                     scenario="reference", year=2050)
            for output in ("correlated", "independent"))
        self.assertTrue((one.lower <= other.upper).all())
        self.assertTrue((other.lower <= one.upper).all())

    def prices(self, output):
        options = {"correlated": [],
                   "independent": ["--set", "correlations.pairs=[]"]}[output]
        return result_of("correlated_prices", *options, output=output)

    def test_tail_of_the_sum_is_less_than_the_sum_of_tails(self):
        result = result_of("tail_risk", "--exact")
        far = result.band("emissions", scenario="reference", scope="scope1+2",
                          year=2050, percentile=99).value
        parts = far.sel(sector=["aviation", "shipping", "trucking"])
        self.assertLess(far.sel(sector="all"), 0.97 * parts.sum())
        self.assertGreater(far.sel(sector="all"), parts.max())

    def test_exact_percentiles_are_those_of_all_samples_sorted(self):
        result = result_of("tail_risk", "--exact")
        name = tables.output_name("reference", "all", 2050)
        stored = result.group("headline").emissions.sel(
            scenario="reference", sector="all", scope="scope1+2",
            headline_year=2050)
        np.testing.assert_array_equal(
            stored, np.percentile(draws_of(result, name), stored.percentile))

    def test_probability_of_the_tail_is_the_part_of_the_samples_there(self):
        result = result_of("tail_risk", "--exact")
        name = tables.output_name("reference", "all", 2050)
        above = (draws_of(result, name) >= 6000).mean()
        table = tables.events(result).sel(event="above_6_gt")
        self.assertEqual(table.value.item(), above)

    def test_stop_ends_by_itself_at_the_first_look_that_is_precise(self):
        process, path = end_of(
            "precision_stop", "--quiet", "--set", "stop.first_look=1024",
            "--set", "stop.relative_half_width=0.03", "--set", "draws=32",
            "--set", "sensitivity_samples=0", output="stopped")
        self.assertEqual(process.returncode, 0, process.stderr)
        with open_result(path) as result:
            looks = tables.precision(result)
            self.assertEqual(result.provenance["samples"], looks.n[-1])
        met = looks.half_width.values <= looks.target.values
        np.testing.assert_array_equal(met, [False] * (len(met) - 1) + [True])
        self.assertGreater(len(met), 1)
        self.assertLess(looks.n[-1], 262_144)
        np.testing.assert_array_equal(np.diff(np.log2(looks.n)), 1)


if __name__ == "__main__":
    unittest.main()
