"""Tables behind charts, against closed forms and the file."""
import shutil
import unittest
import unittest.mock

from support import N_SAMPLES, SMALL_RESULT, AnalysisTest, hepta_analysis

if hepta_analysis:
    import h5py
    import numpy as np
    from hepta_analysis import ResultError, open_result, tables


class Tables(AnalysisTest):
    def test_rank_correlation_of_ties_is_the_textbook_value(self):
        ranks = tables._ranks(np.array([[10.0], [20.0], [20.0], [30.0]]))
        np.testing.assert_array_equal(ranks[:, 0], [1.0, 2.5, 2.5, 4.0])

    def test_activity_of_steel_drives_emissions_of_steel(self):
        output = tables.output_name("reference", "steel", 2050)
        table = tables.rank_correlation(self.result, output)
        value = np.nan_to_num(table.value.values)
        first = table.input.values[np.argsort(-np.abs(value))[:3]]
        self.assertIn("u:steel/activity", first)
        self.assertGreater(table.value.sel(input="u:steel/activity"), 0.3)
        self.assertTrue((table.lower <= table.value).all())
        self.assertTrue((table.value <= table.upper).all())
        # Of inputs of other sectors one in twenty may seem to matter.
        other = table.sel(input=[i for i in table.input.values
                                 if "aviation" in str(i)])
        apart = ((other.lower > 0) | (other.upper < 0)).mean()
        self.assertLess(float(apart), 0.1)

    def test_rank_correlations_of_the_draws_are_those_of_the_file(self):
        # The file's are the program's own, of its first samples: all, here.
        group = self.result.group("sensitivity")
        self.assertEqual(group.attrs["samples"], N_SAMPLES)
        output = tables.output_name("net_zero", "all", 2050)
        stored = tables.sensitivity(self.result, output, "spearman")
        found = tables.rank_correlation(self.result, output)
        np.testing.assert_allclose(found.value, stored.value, atol=1e-9)
        np.testing.assert_allclose(found.lower, stored.lower, atol=5e-3)

    def test_paired_differences_are_those_of_each_future(self):
        table = tables.paired_differences(
            self.result, "net_zero", "reference", 2050, p=(50,))
        outputs = self.result.draws.outputs
        one = [outputs.sel(output=tables.output_name(s, "cement", 2050)).values
               for s in ("net_zero", "reference")]
        self.assertAlmostEqual(float(table.value.sel(sector="cement")[0]),
                               float(np.median(one[0] - one[1])), places=9)
        self.assertTrue((table.lower <= table.value).all())
        self.assertTrue((table.value <= table.upper).all())

    def test_pairing_makes_differences_narrower(self):
        table = tables.paired_differences(
            self.result, "net_zero", "reference", 2050)
        width = table.value[-1] - table.value[0]
        unpaired = table.unpaired[-1] - table.unpaired[0]
        self.assertLess(float(width.sel(sector="all")),
                        0.7 * float(unpaired.sel(sector="all")))

    def test_differences_agree_with_avoided_emissions(self):
        # Avoided emissions are below the baseline: the same with the other
        # sign, and from the counts, so within a bin.
        table = tables.paired_differences(
            self.result, "net_zero", "reference", 2050, p=(25, 50, 75))
        avoided = self.result.band("avoided_emissions", scenario="net_zero",
                                   year=2050, percentile=[75, 50, 25]).value
        for sector in self.result.sectors:
            np.testing.assert_allclose(
                -table.value.sel(sector=sector).values,
                avoided.sel(sector=sector).values, rtol=0.01)

    def test_events_are_those_of_the_file(self):
        table = tables.events(self.result)
        self.assertTrue(np.allclose(table.value, table["count"] / N_SAMPLES))
        self.assertTrue((table.lower <= table.value).all())
        self.assertTrue((table.value <= table.upper).all())

    def test_tipping_probability_is_the_event_of_the_file(self):
        name = "tipping_2040_steel_h2_dri_eaf"
        stored = tables.events(self.result).value.sel(event=name)
        found = tables.tipping_probability(
            self.result, 0.05, ["steel/h2_dri_eaf"]).sel(
            technology="steel/h2_dri_eaf", year=2040)
        np.testing.assert_allclose(found, stored, atol=3.0 / N_SAMPLES)

    def test_years_counted_give_the_percentiles_of_the_file(self):
        group = self.result.group("derived")
        for name in ("tipping_year", "parity_year", "budget_exhausted_year"):
            counts = tables.year_counts(self.result, name)
            n = counts.sum("year")
            self.assertTrue((n == N_SAMPLES).all())
            np.testing.assert_allclose(
                counts.sel(year=np.inf) / n,
                group[f"{name}_probability_never"], rtol=1e-12)
            for p in group.percentile.values:
                rank = np.ceil(p * N_SAMPLES / 100.0)
                place = (counts.cumsum("year") < rank).sum("year").values
                np.testing.assert_array_equal(
                    counts.year.values[place],
                    group[name].sel(percentile=p).values)
        with self.assertRaisesRegex(ResultError, "no quantity"):
            tables.year_counts(self.result, "tipping")

    def test_years_earlier_is_the_area_between_the_chances_by_year(self):
        # Of one result by itself; then of one whose futures all tip a year later,
        # where it is the part of the samples that ever do.
        none = tables.years_earlier(self.result, self.result)
        self.assertEqual(float(abs(none).max()), 0.0)
        counts = tables.year_counts(self.result)
        later = counts.shift(year=1, fill_value=0)
        later[{"year": -1}] += counts[{"year": -1}]
        with unittest.mock.patch.object(tables, "year_counts",
                                        side_effect=[counts, later]):
            found = tables.years_earlier(self.result, self.result)
        ever = 1.0 - counts.sel(year=np.inf) / counts.sum("year")
        np.testing.assert_allclose(found, ever, atol=1e-9)

    def test_years_earlier_wants_the_same_futures(self):
        other = unittest.mock.Mock()
        other.provenance = {**self.result.provenance, "seed": -1}
        with self.assertRaisesRegex(ResultError, "differ in seed"):
            tables.years_earlier(self.result, other)

    def test_conditional_percentiles_are_those_of_the_draws_that_meet_it(self):
        table = tables.conditional(self.result, "net_zero", 2050,
                                   {"form_weight": (0.0, 0.25)}, p=(50,))
        form = self.result.draws.inputs.sel(input="form_weight").values
        name = tables.output_name("net_zero", "steel", 2050)
        steel = self.result.draws.outputs.sel(output=name).values
        self.assertEqual(table.n_given, (form <= 0.25).sum())
        self.assertEqual(table.given.sel(sector="steel")[0],
                         np.median(steel[form <= 0.25]))
        self.assertEqual(table.value.sel(sector="steel")[0],
                         np.median(steel))
        with self.assertRaisesRegex(ResultError, "no draw meets"):
            tables.conditional(self.result, "net_zero", 2050,
                               {"form_weight": (2.0, 3.0)})

    def test_samples_of_unequal_weight_are_not_taken_for_equal(self):
        path = self.folder / "weighted.h5"
        shutil.copy(SMALL_RESULT, path)
        with h5py.File(path, "a") as file:
            file["provenance"].attrs["weighted"] = 1
            for name in [n for n in file["probability"] if n.endswith("_count")]:
                del file["probability"][name]
        output = tables.output_name("reference", "steel", 2050)
        one = {"scenario": "reference", "sector": "steel", "scope": "scope1+2",
               "year": 2050}
        with open_result(path) as result:
            for refused in (
                    lambda: tables.rank_correlation(result, output),
                    lambda: tables.year_counts(result),
                    lambda: result.distribution("emissions", **one),
                    lambda: result.band("emissions", percentile=42.0, **one)):
                with self.assertRaisesRegex(ResultError, "weighted samples"):
                    refused()
            result.band("emissions", percentile=50.0, **one)
            self.assertNotIn("count", tables.events(result))
        self.assertIn("count", tables.events(self.result))

    def test_looks_are_those_of_the_file(self):
        with self.assertRaisesRegex(ResultError, "no group /convergence"):
            tables.precision(self.result)
        path = self.folder / "with.h5"
        shutil.copy(SMALL_RESULT, path)
        with h5py.File(path, "a") as file:
            group = file.create_group("convergence")
            group["look"] = [1024, 2048]
            group["look"].make_scale("look")
            for name, values in (("half_width", [3.0, 1.5]),
                                 ("target", [2.0, 2.0]),
                                 ("percentile", [95.0, 5.0])):
                group[name] = values
                group[name].dims[0].attach_scale(group["look"])
        with open_result(path) as result:
            table = tables.precision(result)
        np.testing.assert_array_equal(table.n, [1024, 2048])
        np.testing.assert_array_equal(table.half_width / table.target,
                                      [1.5, 0.75])

    def test_convergence_ends_at_the_percentile_of_all(self):
        output = tables.output_name("net_zero", "steel", 2050)
        table = tables.convergence(self.result, output, 90.0)
        x = self.result.draws.outputs.sel(output=output).values
        self.assertEqual(int(table.n[-1]), N_SAMPLES)
        self.assertAlmostEqual(float(table.value[-1]), np.percentile(x, 90))
        width = (table.upper - table.lower).values
        self.assertLess(width[-1], width[np.isfinite(width)][0])

    def test_sensitivity_is_read_where_there_is_one(self):
        path = self.folder / "with.h5"
        shutil.copy(SMALL_RESULT, path)
        with h5py.File(path, "a") as file:
            if "sensitivity" in file:
                del file["sensitivity"]
            group = file.create_group("sensitivity")
            text = h5py.string_dtype()
            for name, labels in (("output", ["a/b"]), ("input", ["x", "y"])):
                group.create_dataset(name, data=labels, dtype=text)
                group[name].make_scale(name)
            for k, name in enumerate(("first_order", "first_order_lower",
                                      "first_order_upper", "spearman")):
                group[name] = [[0.5 + k, 0.25]]
                group[name].dims[0].attach_scale(group["output"])
                group[name].dims[1].attach_scale(group["input"])
        with open_result(path) as result:
            table = tables.sensitivity(result, "a/b")
            self.assertEqual(table.value.sel(input="x"), 0.5)
            self.assertEqual(table.lower.sel(input="x"), 1.5)
            spearman = tables.sensitivity(result, "a/b", "spearman")
            self.assertNotIn("lower", spearman)
            with self.assertRaisesRegex(ResultError, "no output"):
                tables.sensitivity(result, "c")


if __name__ == "__main__":
    unittest.main()
