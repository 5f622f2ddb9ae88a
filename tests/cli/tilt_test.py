"""Weighted runs: a [tilt] in the run file, from the file to its statistics."""
import json
import unittest

import h5py
import numpy

from command import ONE_SECTOR, CommandTest, hepta, result_hash

TILT = ["--set", 'tilt."u:steel/activity"=1.2', "--set",
        "tilt.form_weight=-0.5"]
SMALL = ["--quiet", "--set", "percentiles=[5, 50, 95, 99, 99.9]"]
N_BATCHES = 16


def run(path, *options, samples=8192, **settings):
    return hepta("run", ONE_SECTOR, *SMALL, "--samples", samples, "-o", path,
                 *options, **settings)


class Weighted(CommandTest):
    def weighted(self, name, *options, **settings):
        path = self.folder / f"{name}.h5"
        process = run(path, *TILT, *options, **settings)
        self.assertEqual(process.returncode, 0, process.stderr)
        return path, result_hash(process)

    def test_results_do_not_depend_on_ranks_threads_and_blocks(self):
        path, expected = self.weighted("one", "--threads", "1")
        for options, ranks in ((["--threads", "2"], 0),
                               (["--threads", "1"], 2),
                               (["--set", "block_size=96"], 3)):
            with self.subTest(options=options, ranks=ranks):
                other, found = self.weighted("other", *options, ranks=ranks)
                self.assertEqual(found, expected)
                self.assert_done(hepta("compare", path, other), "same")

    def test_parts_merge_and_short_runs_extend(self):
        whole, expected = self.weighted("whole")
        parts = [self.weighted(name, "--range", bounds)[0]
                 for name, bounds in (("a", "0:3001"), ("b", "3001:8192"))]
        merged = hepta("merge", *reversed(parts), "-o", self.folder / "m.h5",
                       "--quiet")
        self.assertEqual(result_hash(merged), expected)
        self.assert_done(hepta("compare", whole, self.folder / "m.h5"), "same")

        path, _ = self.weighted("short", samples=1000)
        extended = hepta("extend", path, "--samples", "8192", "--quiet")
        self.assertEqual(result_hash(extended), expected)

    def test_parts_of_other_tilts_are_refused(self):
        first, _ = self.weighted("a", "--range", "0:100")
        other = self.folder / "b.h5"
        for options in (["--set", 'tilt."u:steel/activity"=1.1'], [],
                        [*TILT, "--set", "randomisations=8"]):
            with self.subTest(options=options):
                self.assert_done(run(other, *options, "--range", "100:200"))
                self.assert_fails(3, hepta("merge", first, other, "-o",
                                           self.folder / "m.h5"),
                                  "its configuration is")

    def test_percentiles_are_those_of_an_unweighted_run(self):
        """Within 5 standard errors, everywhere; from 64 batches, since of
        thousands of Student's t with few degrees of freedom some exceed 5."""
        plain = self.folder / "plain.h5"
        near = [4.8, 5, 5.2, 49.8, 50, 50.2, 94.8, 95, 95.2, 98.8, 99, 99.2,
                99.88, 99.9, 99.92]
        self.assert_done(run(plain, "--set", f"percentiles={near}",
                             samples=65536))
        t = 1.9990  # of Student with 62 degrees of freedom, 95 %
        for sampler in ("mc", "sobol"):
            path, _ = self.weighted("a", "--sampler", sampler, "--set",
                                    "randomisations=64", samples=65536)
            with h5py.File(plain) as a, h5py.File(path) as b:
                checked = 0
                for group in ("bands", "pipeline", "commitments"):
                    for name in a[group]:
                        if name + "_lower" in a[group]:
                            checked += self.compare(a[group], b[group], name,
                                                    t)
                self.assertGreater(checked, 1000)

    def test_means_and_probabilities_are_those_of_an_unweighted_run(self):
        plain = self.folder / "plain.h5"
        self.assert_done(run(plain, samples=32768))
        path, _ = self.weighted("a", "--set", "randomisations=64",
                                samples=32768)
        self.assert_done(hepta("compare", "--statistical", plain, path))

    def test_right_results_are_the_same_by_few_batches(self):
        """Student's t of 14 degrees of freedom, taken as normal, and bins of
        two pilots told these apart."""
        plain, other = (self.folder / f"{name}.h5" for name in "pq")
        self.assert_done(run(plain, "--seed", 5))
        path, _ = self.weighted("a", "--seed", 105)
        again, _ = self.weighted("b", "--seed", 106)
        for first, second in ((plain, path), (path, plain), (path, again)):
            self.assert_done(hepta("compare", "--statistical", first, second),
                             "same")
        self.assert_done(run(
            other, "--set", "sectors.steel.technologies.blast.process_ghg"
            ".value=0.3"))
        process = hepta("compare", "--statistical", path, other)
        self.assertEqual(process.returncode, 1, process.stderr)
        self.assertIn("/bands/emissions", process.stdout)

    def compare(self, a, b, name, t):
        def of(group):
            return (group[name][:], group[name + "_lower"][:],
                    group[name + "_upper"][:])
        around, (y, y_low, y_high) = of(a), of(b)
        x, x_low, x_high = (values[..., 1::3] for values in around)
        error = numpy.hypot((x_high - x_low) / 2 / 1.96,
                            (y_high - y_low) / 2 / t)
        known = numpy.isfinite(x) & numpy.isfinite(error)
        # half as many bins may mistake a rank by 2 in 1,000
        slack = (around[0][..., 2::3] - around[0][..., 0::3]
                 + 1e-9 * numpy.abs(x))
        far = numpy.abs(x - y)[known] > (5 * error + slack)[known]
        self.assertEqual(far.sum(), 0, name)
        return known.sum()

    def test_draws_have_their_weights(self):
        path, _ = self.weighted("a", "--set", "draws=4096")
        with h5py.File(path) as file:
            weight = file["draws/weight"][:]
            # of N samples of shifts s, N exp(-sum s^2) are effective
            n = file["provenance"].attrs["effective_samples"]
            self.assertAlmostEqual(n / 8192, numpy.exp(-1.2**2 - 0.25),
                                   delta=0.04)
            self.assertEqual(file["provenance"].attrs["weighted"], 1)
            self.assertNotIn("sensitivity", file)
            self.assertNotIn("structure", file)
            self.assertIn("sensitivity",
                          file["provenance"].attrs["left_out"])
        self.assertAlmostEqual(weight.mean(), 1, delta=0.15)
        self.assert_fails(2, hepta("sensitivity", "--from", path),
                          "differ in weight")

    def test_percentiles_are_those_of_the_weights_of_the_draws(self):
        """By a sort of all samples, with the mean weight as a control."""
        path, _ = self.weighted("a", "--set", "draws=8192")
        with h5py.File(path) as file:
            weight = file["draws/weight"][:]
            names = file["draws/output"].asstr()[:].tolist()
            values = file["draws/outputs"][:]
            p = file["headline/percentile"][:]
            column = names.index("reference/emissions/all/scope1+2/2050")
            sector = file["headline/sector"].asstr()[:].tolist().index("all")
            scope = (file["headline/scope"].asstr()[:].tolist()
                     .index("scope1+2"))
            found = file["headline/emissions"][0, sector, scope, 0]
        order = numpy.argsort(values[:, column])
        x, w = values[order, column], weight[order]
        batch = order % N_BATCHES
        n = len(w)

        def mean_of(y):
            """Means by batch, and the line over the mean weights, at 1."""
            means = numpy.array([y[batch == r].mean()
                                 for r in range(N_BATCHES)])
            weights = numpy.array([w[batch == r].mean()
                                   for r in range(N_BATCHES)])
            slope = numpy.polyfit(weights, means, 1)[0]
            return y.mean() - slope * (w.mean() - 1)

        for percent, value in zip(p, found):
            # a bin of 4,096 wide, at most
            near = 2e-3 * (x[-1] - x[0])
            low = mean_of(w * (x <= value - near))
            high = mean_of(w * (x <= value + near))
            self.assertLessEqual(low, percent / 100 + 1e-12)
            self.assertGreaterEqual(high, percent / 100 - 1e-12)
        self.assertEqual(n, 8192)

    def test_summary_says_that_the_run_is_weighted(self):
        path, _ = self.weighted("a")
        self.assert_done(hepta("summary", path),
                         "weighted: tilt of form_weight -0.5, "
                         "u:steel/activity +1.2;", "effective samples",
                         "left out: sensitivity", "(Student interval)")
        found = json.loads(hepta("summary", path, "--json").stdout)
        self.assertEqual(found["provenance"]["weighted"], 1)
        process = run(self.folder / "b.h5", "--set",
                      'tilt."u:steel/activity"=3.5')
        self.assert_done(process)
        self.assertIn("effective samples of 8192", process.stderr)

    def test_stops_at_a_target(self):
        path, _ = self.weighted(
            "a", "--set", "stop.first_look=1024", "--set",
            "stop.relative_half_width=0.2", samples=65536)
        with h5py.File(path) as file:
            self.assertLessEqual(file["convergence/half_width"][-1],
                                 file["convergence/target"][-1])

    def test_validate_prints_the_tilt(self):
        path = self.folder / "tilted.toml"
        path.write_text(ONE_SECTOR.read_text() + """
[tilt]
"u:steel/activity" = 1.2
form_weight = -0.5
""")
        process = hepta("validate", path, "--json")
        self.assert_done(process)
        found = json.loads(process.stdout)
        self.assertEqual(found["tilt"],
                         {"form_weight": -0.5, "u:steel/activity": 1.2})

    def test_faults_are_named_with_their_remedy(self):
        out = ["-o", self.folder / "a.h5"]
        for options, texts in (
                (["--set", 'tilt."u:steel/actvity"=1'],
                 ["is not an input", "did you mean `u:steel/activity`?"]),
                (["--set", "tilt.form_weight=9"],
                 ["= 9 is outside [-8, 8]", "standard deviations"]),
                (["--set", 'tilt."steel/choice_spread"=1'],
                 ["is a fixed input"]),
                (["--set", "tilt.form_weight=wide"], ["tilt.form_weight"]),
                ([*TILT, "--set", "randomisations=2"],
                 ["randomisations = 2 batches", "without limits"]),
                ([*TILT, "--sampler", "lhs"], ["the sampler \"lhs\""]),
                ([*TILT, "--set", "antithetic=true"], ["antithetic"]),
                ([*TILT, "--exact"], ["--exact", "[tilt]"])):
            with self.subTest(options=options):
                self.assert_fails(2, hepta("run", ONE_SECTOR, *out, *options),
                                  *texts)


if __name__ == "__main__":
    unittest.main()
