"""Percentiles from integer counts, against the file and against a sort."""
import math
import shutil
import unittest
from fractions import Fraction

from support import (N_SAMPLES, SMALL_RESULT, AnalysisTest,
                     hepta_analysis)

if hepta_analysis:
    import h5py
    import numpy as np
    from hepta_analysis import axis, open_result, order
    from hepta_analysis.tables import output_name


def one_item(result, metric):
    """Labels that select some items of a metric, all scenarios and years."""
    item = result.bands[metric].dims[1]
    names = result.bands[item].values
    return {item: [names[0], names[len(names) // 2], names[-1]]}


class FromCounts(AnalysisTest):
    def test_stored_percentiles_come_out_the_same(self):
        p = self.result.bands.percentile.values
        for metric in self.result.metrics:
            labels = one_item(self.result, metric)
            stored = self.result.band(metric, **labels)
            found = self.result.percentile_from_counts(metric, p, **labels)
            for part in ("value", "lower", "upper"):
                with self.subTest(metric=metric, part=part):
                    np.testing.assert_allclose(
                        found[part], stored[part], rtol=1e-12, atol=0.0)

    def changed_copy(self):
        path = self.folder / "copy.h5"
        shutil.copy(SMALL_RESULT, path)
        file = h5py.File(path, "a")
        self.addCleanup(file.close)
        return path, file

    def test_stored_percentiles_are_preferred_beside_others(self):
        # As after --exact: what the file holds is better than its counts.
        labels = {"scenario": "net_zero", "sector": "steel", "year": 2050,
                  "scope": "scope1+2"}
        path, file = self.changed_copy()
        file["bands/emissions"][1, 0, 3, -1, 5] += 1.0
        file.close()
        before = self.result.band("emissions", percentile=[83, 50], **labels)
        with open_result(path) as result:
            after = result.band("emissions", percentile=[83, 50], **labels)
        self.assertEqual(after.percentile.values.tolist(), [83.0, 50.0])
        np.testing.assert_allclose((after.value - before.value).values,
                                   [0.0, 1.0], atol=1e-9)

    def test_sobol_has_no_interval_from_counts(self):
        path, file = self.changed_copy()
        file["provenance"].attrs["sampler"] = "sobol"
        file.close()
        with open_result(path) as result:
            band = result.band("emissions", percentile=[17, 50], year=2050,
                               sector="steel")
        self.assertTrue(band.lower.sel(percentile=17).isnull().all())
        self.assertTrue(band.upper.sel(percentile=50).notnull().all())
        self.assertTrue(band.value.notnull().all())

    def test_any_percentile_is_near_in_rank_to_that_of_a_sort(self):
        # All samples are draws. A pilot of 128 places 8192 bins: within a bin
        # lie few samples, so 0.2 % of rank is ample, and 1 % must fail.
        outputs = self.result.draws.outputs
        self.assertEqual(outputs.sizes["draw"], N_SAMPLES)
        p = np.array([0.7, 3.0, 33.3, 50.0, 66.6, 98.8])
        worst = 0.0
        for sector in ("steel", "aviation", "all"):
            for year in (2030, 2050):
                x = np.sort(outputs.sel(output=output_name(
                    "net_zero", sector, year)).values)
                found = self.result.band(
                    "emissions", percentile=p.tolist(), sector=sector,
                    scenario="net_zero", scope="scope1+2", year=year).value
                below = np.searchsorted(x, found, side="left")
                upto = np.searchsorted(x, found, side="right")
                rank = p / 100.0 * (N_SAMPLES - 1) + 0.5
                error = np.maximum(np.maximum(below - rank, rank - upto), 0.0)
                worst = max(worst, error.max() / N_SAMPLES)
        self.assertLess(worst, 0.002)

    def test_distribution_is_that_of_the_draws(self):
        x = np.sort(self.result.draws.outputs.sel(
            output=output_name("reference", "cement", 2050)).values)
        points = self.result.distribution(
            "emissions", scenario="reference", sector="cement",
            scope="scope1+2", year=2050)
        below = np.searchsorted(x, points.x, side="left") / N_SAMPLES
        upto = np.searchsorted(x, points.x, side="right") / N_SAMPLES
        slack = 1.0 / N_SAMPLES + 1e-12
        self.assertTrue((points >= below - slack).all())
        self.assertTrue((points <= upto + slack).all())

    def test_distribution_and_percentiles_are_inverse(self):
        labels = {"scenario": "net_zero", "technology": "steel/h2_dri_eaf",
                  "year": 2040}
        points = self.result.distribution("share", **labels)
        for p in (5.0, 37.0, 50.0, 90.0):
            x = self.result.band("share", percentile=p, **labels).value.item()
            self.assertAlmostEqual(float(np.interp(x, points.x, points)),
                                   p / 100.0, delta=1.5 / N_SAMPLES)

    def test_portfolios_have_no_activity(self):
        found = self.result.percentile_from_counts(
            "activity", [50.0], sector="all")
        self.assertTrue(found.value.isnull().all())

    def test_last_year_has_no_flow(self):
        found = self.result.percentile_from_counts(
            "investment", [50.0], sector="steel", year=[2049, 2050])
        self.assertTrue(found.value.sel(year=2050).isnull().all())
        self.assertTrue(found.value.sel(year=2049).notnull().all())


@unittest.skipIf(hepta_analysis is None, "a package is missing")
class Arithmetic(unittest.TestCase):
    def test_fma_rounds_once(self):
        rng = np.random.default_rng(1)
        x, y = rng.normal(size=(2, 4000)) * 10.0**rng.integers(
            -9, 9, (2, 4000))
        # Near-cancelling sums are where two roundings show.
        z = -x * y * (1.0 + rng.normal(size=4000) * 10.0**rng.integers(
            -18, 3, 4000))
        exact = [float(Fraction(a) * Fraction(b) + Fraction(c))
                 for a, b, c in zip(x, y, z)]
        np.testing.assert_array_equal(axis.fma(x, y, z), exact)
        self.assertTrue((x * y + z != exact).any())

    def test_edges_are_where_the_bin_changes(self):
        plan = axis.Plan(
            origin=np.array([[3.0, 0.0, 0.0]]), delta=np.array([[1.0] * 3]),
            bins_per_t=np.array([[100.0 / 2.0**40, 0.0, 0.0]]),
            offset=np.array([290.0]), low=np.array([-2.0]),
            high=np.array([8.0]), atom=np.zeros(1), atom_width=np.zeros(1),
            n_inner=np.array([512]), edges_per_unit=np.zeros(1))
        bins = np.arange(30, 34 + 512 + 4)  # some outer ones as well
        plans = plan.take(np.zeros(len(bins), np.int64))
        edges = axis.lower_edge(plans, bins)
        self.assertTrue((np.diff(edges) > 0.0).all())
        np.testing.assert_array_equal(axis.axis_bin(plans, edges), bins)
        just_below = np.nextafter(edges, -np.inf)
        np.testing.assert_array_equal(axis.axis_bin(plans, just_below),
                                      bins - 1)

    def test_binomial_quantiles_are_those_of_exact_sums(self):
        for n, fraction, probability in ((10, 0.5, 0.025), (100, 0.05, 0.975),
                                         (50, 0.9, 0.025), (400, 0.5, 0.975)):
            f, total, k = Fraction(fraction), Fraction(0), -1
            while total < Fraction(probability):
                k += 1
                total += math.comb(n, k) * f**k * (1 - f)**(n - k)
            self.assertEqual(
                order.binomial_quantile(n, fraction, probability), k)

    def test_median_of_ten_lies_between_ranks_1_and_9(self):
        # P(1 <= B <= 8) of ten coins is 1012 / 1024.
        self.assertEqual(order.rank_limits(10, 0.5, 0.95), (1, 9))

    def test_too_few_samples_have_no_limit(self):
        low, high = order.rank_limits(20, 0.99, 0.95)
        self.assertGreater(high, 20)
        self.assertGreater(low, 0)


if __name__ == "__main__":
    unittest.main()
