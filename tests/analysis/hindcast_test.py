"""Hindcasts: places of what the model itself made are uniform, with half the noise
they are not; closed forms of the distributions; the shipped series."""
import math
import unittest

from support import ROOT, hepta_analysis

if hepta_analysis:
    import numpy as np
    from hepta_analysis import hindcast
    from hepta_analysis.hindcast import Prior, Series, Window

N = 4000
# Kolmogorov: sqrt(n) D is above 2.6 with probability 2.7e-6.
FAR = 2.6 / math.sqrt(N)
PRIOR = (0.16, 0.22, 0.30), (0.08, 0.111, 0.14)


@unittest.skipIf(hepta_analysis is None, "numpy or the like is missing")
class Hindcast(unittest.TestCase):
    def setUp(self):
        self.rng = np.random.default_rng(7)
        steps = 0.1 + 0.2 * self.rng.random(39)
        experience = np.concatenate([[0.0], np.cumsum(steps)])
        self.series = Series("made up", 1980 + np.arange(40),
                             np.zeros(40), experience)

    def histories(self, rho, sd=0.1):
        return hindcast.simulate(self.series, N, self.rng, np.full(N, 0.3),
                                 np.full(N, sd), rho=rho)

    def distance(self, places):
        """Of each window's places over independent histories."""
        return hindcast.uniform_distance(places.T)

    def test_places_of_fitted_forecasts_are_uniform(self):
        chosen = [Window(10, 1), Window(10, 15), Window(20, 7), Window(30, 9)]
        places = hindcast.fitted(self.series, chosen, rho=0.0)
        far = self.distance(places(self.histories(0.0)))
        self.assertLess(far.max(), FAR)

    def test_correlated_noise_leaves_them_nearly_so(self):
        # rate and noise are then no longer independent of the degrees assumed
        chosen = [Window(20, 1), Window(20, 15)]
        places = hindcast.fitted(self.series, chosen)
        far = self.distance(places(self.histories(hindcast.RHO)))
        self.assertLess(far.max(), FAR + 0.02)

    def test_forgetting_the_correlation_would_show(self):
        places = hindcast.fitted(self.series, [Window(20, 15)], rho=0.0)
        far = self.distance(places(self.histories(0.8)))
        self.assertGreater(far.min(), FAR + 0.02)

    def model_places(self, noise, persistence):
        prior = Prior(*PRIOR, persistence)
        chosen = [Window(0, 1), Window(0, 8), Window(0, 15)]
        places = hindcast.of_model(self.series, chosen, prior, noise=noise)
        low, mode, high = np.array(PRIOR).T
        rate = -np.log2(1 - self.rng.triangular(low[0], mode[0], high[0], N))
        sd = self.rng.triangular(low[1], mode[1], high[1], N)
        # from a first year without noise, as the model starts
        u = self.rng.standard_normal((N, 40)) / math.sqrt(
            1 + hindcast.RHO**2)
        u[:, 0] = 0.0
        noise_of = np.zeros((N, 40))
        for t in range(1, 40):
            noise_of[:, t] = (persistence * noise_of[:, t - 1] + u[:, t]
                              + hindcast.RHO * u[:, t - 1])
        x = self.series.log_experience
        cost = -rate[:, None] * x + sd[:, None] * noise_of
        return self.distance(places(cost))

    def test_places_of_the_models_own_futures_are_uniform(self):
        for persistence in (1.0, 0.8):
            self.assertLess(self.model_places(1.0, persistence).max(), FAR)

    def test_half_the_noise_would_show(self):
        for persistence in (1.0, 0.8):
            self.assertGreater(self.model_places(0.5, persistence).min(), FAR)

    def test_a_history_of_the_model_is_not_surprising_and_half_the_noise_is(
            self):
        chosen = hindcast.windows(40, 10, 15)[::5]
        prior = Prior(*PRIOR, 1.0)
        histories = hindcast.histories_of_model(self.series, 60, self.rng,
                                                prior)
        truth = hindcast.of_model(self.series, chosen, prior)
        half = hindcast.of_model(self.series, chosen, prior, noise=0.5)
        verdict = hindcast.judge(truth, histories[0], histories[1:])
        self.assertGreater(verdict.p_value, 0.01)
        self.assertLess(verdict.expected_coverage[0],
                        verdict.expected_coverage[1])
        # 60 correlated histories know a coverage of 0.9 to 0.02
        self.assertAlmostEqual(hindcast.coverage(truth(histories)).mean(), 0.9,
                               delta=0.06)
        self.assertLess(hindcast.coverage(half(histories)).mean(), 0.75)

    def test_students_distribution(self):
        # Abramowitz & Stegun, table 26.10
        for degrees, t, p in ((1, 6.314, 0.95), (2, 2.920, 0.95),
                              (5, 2.015, 0.95), (9, 3.250, 0.995),
                              (10, 2.228, 0.975), (30, 1.310, 0.90)):
            self.assertAlmostEqual(
                float(hindcast.student_cdf(np.array(t), degrees)), p,
                delta=1e-4)
            self.assertAlmostEqual(
                float(hindcast.student_cdf(np.array(-t), degrees)), 1 - p,
                delta=1e-4)

    def test_a_logistic_take_over_is_a_straight_line(self):
        path = ROOT / "analysis" / "data" / "electricity.csv"
        wind = hindcast.read_shares(path)["wind"]
        self.assertEqual(wind.years[0], 1990)
        share = 1 / (1 + np.exp(wind.log_cost))
        self.assertAlmostEqual(share[0], 3880 / 11861545, delta=1e-4)
        self.assertTrue(np.all(np.diff(wind.log_experience) == 1.0))

    def test_distance_and_coverage_by_hand(self):
        self.assertAlmostEqual(
            float(hindcast.uniform_distance(np.array([0.1, 0.2, 0.9]))),
            2 / 3 - 0.2)
        self.assertEqual(float(hindcast.coverage(
            np.array([0.04, 0.05, 0.5, 0.96]))), 0.5)

    def test_the_shipped_series_are_of_the_years_told(self):
        found = hindcast.read_experience(
            ROOT / "analysis" / "data" / "experience.csv")
        self.assertEqual({n: (s.years[0], s.years[-1])
                          for n, s in found.items()},
                         {"solar_modules": (1976, 2014),
                          "wind_electricity": (1984, 2022),
                          "wind_turbines_denmark": (1982, 2000)})

    def test_the_band_is_where_the_place_is(self):
        window = Window(20, 5)
        self.series = Series("one", self.series.years,
                             self.histories(0.0)[0],
                             self.series.log_experience)
        places = hindcast.fitted(self.series, [window])
        at = hindcast.band(places, self.series, window, 0.95, 0)
        cost = self.series.log_cost.copy()
        cost[25] = math.log(at)
        self.assertAlmostEqual(float(places(cost)[0]), 0.95, delta=1e-6)


if __name__ == "__main__":
    unittest.main()
