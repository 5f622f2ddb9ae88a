"""Samplers, exact percentiles, rules to stop, sensitivity, the self-test."""
import json
import random
import unittest

import h5py
import numpy

from command import (CONFIG, ONE_SECTOR, SMALL, CommandTest, hepta,
                     result_hash)

N_SAMPLES = 1024


def run_few(path, *options, config=CONFIG, samples=N_SAMPLES, **settings):
    """A small run of few samples."""
    return hepta("run", config, *SMALL[2:], "--set",
                 "sensitivity_samples=256", "--samples", samples, "-o", path,
                 *options, **settings)


class Designs(CommandTest):
    def small(self, name, *options, **settings):
        path = self.folder / f"{name}.h5"
        process = run_few(path, "--quiet", *options, **settings)
        self.assertEqual(process.returncode, 0, process.stderr)
        return path, result_hash(process)

    def test_results_do_not_depend_on_ranks_threads_and_blocks(self):
        for config, options in (
                (CONFIG, ["--sampler", "sobol"]), (CONFIG, ["--exact"]),
                (ONE_SECTOR, ["--sampler", "lhs"]),
                (ONE_SECTOR, ["--set", "antithetic=true"]),
                (ONE_SECTOR, ["--set", "stop.relative_half_width=0.9",
                              "--set", "stop.first_look=1024"])):
            with self.subTest(options=options):
                path, expected = self.small("one", *options, config=config)
                other, found = self.small(
                    "three", *options, "--threads", "2", "--set",
                    "block_size=96", config=config, ranks=3)
                self.assertEqual(found, expected)
                self.assert_done(hepta("compare", path, other), "same")

    def test_designs_differ(self):
        hashes = {self.small("a", *options, config=ONE_SECTOR)[1]
                  for options in ([], ["--sampler", "sobol"],
                                  ["--sampler", "lhs"],
                                  ["--set", "antithetic=true"],
                                  ["--sampler", "sobol", "--set",
                                   "randomisations=8"])}
        self.assertEqual(len(hashes), 5)

    def test_sobol_is_extended_and_merged(self):
        sobol = ["--sampler", "sobol"]
        _, expected = self.small("whole", *sobol, config=ONE_SECTOR)
        parts = [self.small(name, *sobol, "--range", bounds,
                            config=ONE_SECTOR)[0]
                 for name, bounds in (("a", "0:500"), ("b", "500:1024"))]
        merged = hepta("merge", *parts, "-o", self.folder / "m.h5", "--quiet")
        self.assertEqual(result_hash(merged), expected)

        path, _ = self.small("short", *sobol, config=ONE_SECTOR,
                             samples=512)
        extended = hepta("extend", path, "--samples", "1024", "--quiet")
        self.assertEqual(result_hash(extended), expected)

    def test_lhs_is_not_extended(self):
        path, _ = self.small("lhs", "--sampler", "lhs")
        before = path.read_bytes()
        process = hepta("extend", path, "--samples", "2048")
        self.assert_fails(2, process, "cannot be extended")
        self.assertEqual(path.read_bytes(), before)

    def test_a_size_that_sobol_cannot_have_names_the_nearest(self):
        self.assert_fails(
            2, hepta("run", CONFIG, "--sampler", "sobol", "--samples", "1000",
                     "-o", self.folder / "a.h5"), "512 or 1024")
        self.assertFalse((self.folder / "a.h5").exists())


class Exact(CommandTest):
    def test_headline_percentiles_are_those_of_a_sort(self):
        """The draws are all samples here, so numpy can sort them."""
        path = self.folder / "a.h5"
        self.assert_done(run_few(path, "--exact", "--set", "draws=1024"))
        with h5py.File(path) as file:
            self.assertEqual(file["headline/emissions"].attrs["exact"], 1)
            names = file["draws/output"].asstr()[:]
            draws = file["draws/outputs"][:]
            p = file["headline/percentile"][:]
            sectors = file["headline/sector"].asstr()[:].tolist()
            scopes = file["headline/scope"].asstr()[:].tolist()
            years = file["headline/headline_year"][:].tolist()
            emissions = file["headline/emissions"][0]
        for name, column in zip(names, draws.T):
            _, _, sector, scope, year = name.split("/")
            found = emissions[sectors.index(sector), scopes.index(scope),
                              years.index(int(year))]
            column = numpy.sort(column)
            rank = p / 100 * (len(column) - 1)
            below = rank.astype(int)
            above = numpy.minimum(below + 1, len(column) - 1)
            expected = column[below] + (rank - below) * (column[above]
                                                         - column[below])
            numpy.testing.assert_array_equal(found, expected, name)

    def test_all_percentiles_lie_where_the_counts_say(self):
        """Within the limits, but where a limit and the percentile share a
        bin, in which the limit's place is interpolated."""
        plain, exact = self.folder / "plain.h5", self.folder / "exact.h5"
        hashes = {result_hash(run_few(plain)),
                  result_hash(run_few(exact, "--exact=all"))}
        self.assertEqual(len(hashes), 1)
        with h5py.File(plain) as a, h5py.File(exact) as b:
            for name in a["bands"]:
                if name + "_lower" not in a["bands"]:
                    continue
                lower = a["bands"][name + "_lower"][:]
                upper = a["bands"][name + "_upper"][:]
                value = b["bands"][name][:]
                known = numpy.isfinite(value)
                width = 1e-9 * numpy.abs(value[known]) + 1e-300
                within = ((value[known] >= lower[known] - width)
                          & (value[known] <= upper[known] + width))
                self.assertGreater(within.mean(), 0.98, name)


class Stopping(CommandTest):
    def run_until(self, width, **settings):
        path = self.folder / "a.h5"
        process = run_few(
            path, "--set", "stop.first_look=1024", "--set",
            f"stop.relative_half_width={width}", samples=4096, **settings)
        return path, process

    def test_stops_at_the_same_look_on_any_number_of_ranks(self):
        seen = set()
        for ranks in (1, 2, 3):
            path, process = self.run_until(0.35, ranks=ranks)
            self.assert_done(process)
            with h5py.File(path) as file:
                looks = file["convergence/look"][:]
                width = file["convergence/half_width"][:]
                target = file["convergence/target"][:]
                self.assertTrue((width[:-1] > target[:-1]).all())
                self.assertLessEqual(width[-1], target[-1])
                self.assertEqual(file["state/covered"][:].tolist(),
                                 [[0, looks[-1]]])
                seen.add((tuple(looks), tuple(width), result_hash(process)))
        self.assertEqual(len(seen), 1)

    def test_a_target_out_of_reach_keeps_and_marks_the_result(self):
        path, process = self.run_until(1e-4)
        self.assertEqual(process.returncode, 5, process.stderr)
        self.assertIn("it would take about", process.stderr)
        with h5py.File(path) as file:
            self.assertIn("failed", file["provenance"].attrs["status"])
            self.assertEqual(file["convergence/look"][:].tolist(),
                             [1024, 2048, 4096])


class Sensitivity(CommandTest):
    def table(self):
        """y = 4 a + 2 b, a and b uniform: shares 0.8 and 0.2 of the variance,
        c without influence, d constant."""
        draw = random.Random(1)
        lines = ["a,b,c,d,y"]
        for _ in range(8192):
            a, b, c = (draw.random() for _ in range(3))
            lines.append(f"{a},{b},{c},1,{4 * a + 2 * b}")
        path = self.folder / "t.csv"
        path.write_text("# made by a test\n" + "\n".join(lines))
        return path

    def test_a_table_gives_the_shares_of_a_linear_function(self):
        process = hepta("sensitivity", "--from", self.table(), "--json")
        self.assert_done(process)
        found = {entry["input"]: entry
                 for entry in json.loads(process.stdout)["y"]}
        self.assertEqual(list(found), ["a", "b", "c", "d"])
        for name, share in (("a", 0.8), ("b", 0.2), ("c", 0.0)):
            entry = found[name]
            self.assertLess(abs(entry["first_order"] - share), 0.03)
            self.assertLessEqual(entry["first_order_lower"],
                                 entry["first_order_upper"])
        self.assertIsNone(found["d"]["first_order"])

    def test_faults_of_a_table_are_named(self):
        path = self.folder / "bad.csv"
        for text, said in (("a,y\n1,2\n3,x\n", "bad.csv:3: column 'y'"),
                           ("a,y\n1,2\n3\n", "bad.csv:3: has 1 columns"),
                           ("", "has no lines"), ("a,y\n1,nan\n", "finite")):
            path.write_text(text)
            self.assert_fails(
                2, hepta("sensitivity", "--from", path), said)
        self.assert_fails(2, hepta("sensitivity", "--from", self.table(),
                                   "--output", "z"), "no output 'z'")

    def test_groups_of_inputs_share_the_variance(self):
        process = hepta("sensitivity", CONFIG, "--samples", "512", "--json",
                        "--quiet", ranks=2)
        self.assertEqual(process.returncode, 0, process.stderr)
        alone = hepta("sensitivity", CONFIG, "--samples", "512", "--json",
                      "--quiet")
        self.assertEqual(alone.stdout, process.stdout)
        for output in json.loads(process.stdout).values():
            for group in output["groups"].values():
                for index in group.values():
                    self.assertLessEqual(index["lower"], index["upper"])
            total = sum(group["total"]["value"]
                        for group in output["groups"].values())
            self.assertGreater(total, 0.9)

    def shapley(self, *options, **settings):
        """Indices of each output, by group."""
        process = hepta("sensitivity", ONE_SECTOR, "--samples", "512",
                        "--json", "--quiet", *options, "--shapley", **settings)
        self.assertEqual(process.returncode, 0, process.stderr)
        outputs = json.loads(process.stdout)
        self.assertTrue(outputs)
        for output in outputs.values():
            effects = [group["shapley"] for group in output["groups"].values()]
            for effect in effects:
                self.assertLessEqual(effect["lower"], effect["value"])
                self.assertLessEqual(effect["value"], effect["upper"])
            # in units of the output: they add up to its variance
            parts = [effect["value"] * output["variance"]
                     for effect in effects]
            self.assertAlmostEqual(sum(parts) / output["variance"], 1, 12)
        return outputs

    def test_shapley_effects_add_up_on_any_number_of_ranks(self):
        self.assertEqual(self.shapley("--threads", "2"),
                         self.shapley("--threads", "1", ranks=2))
        many = ["sensitivity", ONE_SECTOR, "--samples", "512", "--quiet",
                "--json", "--shapley=orders"]
        alone = hepta(*many)
        self.assert_done(alone)
        self.assertEqual(hepta(*many, ranks=2).stdout, alone.stdout)
        for output in json.loads(alone.stdout).values():
            self.assertAlmostEqual(
                sum(group["shapley"]["value"]
                    for group in output["groups"].values()), 1, 12)

    def test_shapley_effects_of_two_groups_halve_what_they_share(self):
        """Of two groups each has the mean of its first and total index."""
        groups = list(next(iter(self.shapley().values()))["groups"])
        for output in self.shapley("--group", groups[0]).values():
            self.assertEqual(list(output["groups"]), [groups[0], "others"])
            for group in output["groups"].values():
                self.assertAlmostEqual(
                    group["shapley"]["value"],
                    0.5 * (group["first_order"]["value"]
                           + group["total"]["value"]), 12)

    def test_shapley_effects_say_what_they_cost_and_need(self):
        process = hepta("sensitivity", ONE_SECTOR, "--samples", "512",
                        "--group", "demand", "--shapley")
        self.assert_done(process, "Shapley")
        self.assertIn("2 groups, 2048 samples: 4 at each of 512 points",
                      process.stderr)
        self.assert_fails(
            2, hepta("sensitivity", ONE_SECTOR, "--group", "demand",
                     "--group", "demand", "--shapley"), "'demand' and 'demand'")

    def test_samples_without_an_answer_have_no_indices(self):
        """Coal that is paid for: costs below 0, which nothing divides by."""
        path = self.folder / "paid.toml"
        text = ONE_SECTOR.read_text()
        cheap = text.replace(
            "price_adder = {value = 0.3,",
            'price_adder = {distribution = "uniform", low = -40, high = 0.3,')
        self.assertNotEqual(cheap, text)
        path.write_text(cheap)
        for kind in ([], ["--shapley=orders"]):
            process = hepta("sensitivity", path, "--group", "demand",
                            "--samples", 512, "--quiet", *kind)
            self.assert_fails(5, process, "reference/emissions/all/scope1+2/"
                              "2050 is not finite in some samples")

    def test_a_group_that_matches_nothing_is_named(self):
        self.assert_fails(2, hepta("sensitivity", CONFIG, "--group", "demands"),
                          "'demands'", "groups are adoption")

    def test_every_run_says_what_its_totals_depend_on(self):
        path = self.folder / "a.h5"
        self.assert_done(run_few(path))
        with h5py.File(path) as file:
            index = file["sensitivity/first_order"][:]
            self.assertEqual(index.shape,
                             (len(file["sensitivity/output"]),
                              len(file["sensitivity/input"])))
            finite = numpy.isfinite(index)
            self.assertTrue(finite.mean() > 0.99)
        self.assert_done(hepta("summary", path), "what they depend on")


class Selftest(CommandTest):
    def test_known_answers_come_back(self):
        process = hepta("selftest", "--samples", "65536", "--json")
        self.assert_done(process)
        checks = json.loads(process.stdout)
        self.assertGreater(len(checks), 300)
        self.assertTrue(all(check["passed"] for check in checks))
        # if all were within one standard error, the errors would be too large
        z = [abs(check["z"]) for check in checks if check["sampler"] == "mc"]
        self.assertGreater(sum(x > 1 for x in z) / len(z), 0.1)

    def test_ranks_do_not_matter(self):
        small = ["selftest", "--samples", "65536", "--function", "ishigami"]
        self.assertEqual(hepta(*small, ranks=3).stdout, hepta(*small).stdout)

    def test_unknown_names_are_told(self):
        self.assert_fails(2, hepta("selftest", "--function", "nope"), "nope")
        self.assert_fails(2, hepta("selftest", "--sampler", "nope"), "nope")
        self.assert_fails(2, hepta("selftest", "--sampler", "sobol",
                                   "--samples", "5000"), "8192")


if __name__ == "__main__":
    unittest.main()
