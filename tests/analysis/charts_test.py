"""Charts: the numbers drawn, units on the axes, vectors, colours."""
import functools
import unittest
import xml.etree.ElementTree as ElementTree

from support import AnalysisTest, hepta_analysis

if hepta_analysis:
    import numpy as np
    import xarray as xr
    from hepta_analysis import ResultError, charts, tables
    from hepta_analysis.charts import style

# Machado, Oliveira & Fernandes (2009), doi:10.1109/TVCG.2009.113, severity 1,
# on linear RGB.
DEFICIENCIES = {
    "protanopia": [[0.152286, 1.052583, -0.204868],
                   [0.114503, 0.786281, 0.099216],
                   [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968],
                     [0.280085, 0.672501, 0.047413],
                     [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779],
                   [-0.078411, 0.930809, 0.147602],
                   [0.004733, 0.691367, 0.303900]],
}


def linear(colour):
    part = np.array([int(colour[k:k + 2], 16) for k in (1, 3, 5)]) / 255.0
    return np.where(part <= 0.04045, part / 12.92,
                    ((part + 0.055) / 1.055)**2.4)


def lab(rgb):
    """CIELAB of linear sRGB, white D65."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722],
                       [0.0193, 0.1192, 0.9505]])
    t = to_xyz @ np.clip(rgb, 0.0, 1.0) / np.array([0.9505, 1.0, 1.089])
    f = np.where(t > 216 / 24389, np.cbrt(t), (24389 / 27 * t + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]),
                     200 * (f[1] - f[2])])


def closest(colours, matrix):
    seen = [lab(np.array(matrix) @ linear(c)) for c in colours]
    return min(np.linalg.norm(a - b) for k, a in enumerate(seen)
               for b in seen[:k])


def looks():
    """Three looks of a run with a rule to stop."""
    return xr.Dataset(
        {"half_width": ("n", [40.0, 28.0, 9.0]),
         "target": ("n", [20.0, 20.0, 10.0]),
         "percentile": ("n", [95.0, 95.0, 5.0])}, {"n": [1024, 2048, 4096]})


class Charts(AnalysisTest):
    @classmethod
    @functools.cache
    def figures(cls):
        result = cls.result
        steel = tables.output_name("net_zero", "steel", 2050)
        table = tables.rank_correlation(result, steel)
        shares = tables.tipping_probability(
            result, 0.05, ["trucking/bev"])
        years = tables.year_counts(result).sel(
            scenario="net_zero", share_level=0.05,
            newcomer=["trucking/bev", "steel/h2_dri_eaf"])
        return {
            "fan": charts.fan_chart(result, "emissions", sector="steel",
                                    scope="scope1+2", intervals=True),
            "fan by item": charts.fan_chart(result, "share",
                                            technology="steel/scrap_eaf"),
            "sectors": charts.sector_multiples(result),
            "stack": charts.technology_stack(result, "aviation"),
            "exceedance": charts.exceedance(
                result, "emissions", sector="all", scope="total", year=2050),
            "learning": charts.learning_fans(result, "net_zero"),
            "learning by year": charts.learning_fans(
                result, "net_zero", against="year", components=["battery"]),
            "tipping": charts.tipping_curves(shares, "net_zero",
                                             ["trucking/bev"]),
            "violins": charts.tipping_violins(years),
            "budget": charts.budget_clocks(result),
            "differences": charts.differences(tables.paired_differences(
                result, "net_zero", "reference", 2050)),
            "tornado": charts.tornado(table),
            "sobol": charts.sobol(abs(table) ** 2, abs(table)),
            "convergence": charts.convergence(
                tables.convergence(result, steel), final=1000.0),
            "precision": charts.precision(looks()),
            "chances": charts.chances(tables.events(result),
                                      ["near_zero_all", "near_zero_steel"]),
            "structure": charts.structure(result),
            "condition": charts.condition(tables.conditional(
                result, "net_zero", 2050, {"form_weight": (0.0, 0.5)}), "x"),
            "response": charts.response(result, "emissions", [0.0, 1.0],
                                        "price, USD", years=[2030, 2050],
                                        sector="steel", scope="scope1"),
            "runs": charts.runs({"a": result, "b": result}, "activity",
                                sector="steel", scenario="reference"),
            "ranges": charts.ranges({"a": result, "b": result}, "warming",
                                    sector="all", scenario="net_zero",
                                    year=2050),
            "mean stack": charts.mean_stack(result, "avoided_by_cause",
                                            "cause", sector="all"),
            "mean stack of sectors": charts.mean_stack(
                result, "investment", "sector", divide_by=1e9, unit="G USD"),
            "tail": charts.exceedance(result, "emissions", tail=True,
                                      sector="all", scope="total", year=2050),
            "scaling": charts.scaling([1, 2, 4], [8.0, 4.2, 2.3]),
        }

    def test_every_chart_is_drawn_as_vectors_with_named_axes(self):
        for name, figure in self.figures().items():
            with self.subTest(name):
                path = charts.save(figure, self.folder / f"{name}.svg")
                text = path.read_text()
                root = ElementTree.fromstring(text)
                self.assertTrue(root.tag.endswith("svg"))
                self.assertNotIn("<image", text)
                self.assertLess(len(text), 400_000)
                self.assertNotIn("nan", text.split("<defs>")[-1].lower())
                for axes in figure.axes:
                    if axes.get_visible() and axes.name != "polar":
                        self.assert_axes_are_named(axes)

    def assert_axes_are_named(self, axes):
        """A label on each axis, unless it names its ticks or is shared."""
        last = axes.get_subplotspec().is_last_row()
        first = axes.get_subplotspec().is_first_col()
        named = [t.get_text() for t in axes.get_yticklabels()]
        has_names = any(any(c.isalpha() for c in t) for t in named)
        if last:
            self.assertTrue(axes.get_xlabel())
        if first and not has_names:
            self.assertTrue(axes.get_ylabel())

    def test_a_stack_of_means_ends_where_their_sum_does(self):
        figure = charts.mean_stack(self.result, "avoided_by_cause", "cause",
                                   scenarios=["net_zero"], sector="all")
        total = self.result.group("moments").avoided_emissions.sel(
            scenario="net_zero", sector="all", moment="mean")
        line = figure.axes[0].lines[0].get_ydata()
        self.assertGreater(line[-1], 1000.0)
        for drawn, mean in zip(line, total.values, strict=True):
            self.assertAlmostEqual(drawn, mean, delta=1e-4 * line[-1])

    def test_stacks_of_flows_end_a_year_earlier(self):
        figure = charts.mean_stack(self.result, "investment", "sector")
        years = figure.axes[0].lines[0].get_xdata()
        self.assertEqual((years[0], years[-1]), (2020, 2049))

    def test_labels_hold_the_unit(self):
        fan = charts.fan_chart(self.result, "activity", sector="shipping")
        self.assertEqual(fan.axes[0].get_ylabel(), "Gtnm")
        curve = charts.exceedance(self.result, "warming", sector="all",
                                  year=2050)
        self.assertTrue(curve.axes[0].get_xlabel().endswith(", K"))

    def test_median_line_is_that_of_the_file(self):
        figure = charts.fan_chart(self.result, "emissions", sector="cement",
                                  scope="total", scenarios=["net_zero"])
        line, = figure.axes[0].lines
        band = self.result.band("emissions", sector="cement", scope="total",
                                scenario="net_zero", percentile=50)
        np.testing.assert_array_equal(line.get_ydata(), band.value)

    def test_fan_of_percentiles_that_are_not_stored(self):
        figure = charts.fan_chart(self.result, "emissions", sector="cement",
                                  scope="total", ranges=((17, 83),))
        self.assertEqual(len(figure.axes[0].collections), 1)

    def test_picture_is_neither_empty_nor_cut(self):
        from matplotlib import image
        for name, figure in self.figures().items():
            with self.subTest(name):
                path = charts.save(figure, self.folder / "a.png")
                pixels = image.imread(path)[..., :3]
                ink = (pixels < 0.97).any(axis=2)
                self.assertGreater(ink.mean(), 0.01)
                edges = (ink[0], ink[-1], ink[:, 0], ink[:, -1])
                self.assertFalse(any(edge.any() for edge in edges))

    def test_same_bytes_each_time(self):
        one, two = (charts.save(charts.budget_clocks(self.result),
                                self.folder / f"{k}.svg").read_bytes()
                    for k in "ab")
        self.assertEqual(one, two)

    def test_pdf_is_written_and_other_endings_are_refused(self):
        figure = charts.scaling([1, 2], [2.0, 1.0])
        path = charts.save(figure, self.folder / "a.pdf")
        self.assertTrue(path.read_bytes().startswith(b"%PDF"))
        with self.assertRaisesRegex(ResultError, "ends in"):
            charts.save(figure, self.folder / "a.gif")

    def test_scaling_is_relative_to_the_fewest_workers(self):
        figure = charts.scaling([4, 1, 2], [2.0, 8.0, 4.0])
        measured = figure.axes[0].lines[1].get_ydata()
        np.testing.assert_allclose(measured, [1.0, 2.0, 4.0])
        with self.assertRaisesRegex(ResultError, "at least two"):
            charts.scaling([1], [1.0])

    def test_tornado_has_the_strongest_on_top(self):
        table = xr.Dataset({"value": ("input", [0.1, -0.7, 0.3])},
                           {"input": ["a", "b", "c"]})
        axes = charts.tornado(table, n=2).axes[0]
        self.assertEqual([t.get_text() for t in axes.get_yticklabels()],
                         ["b", "c"])
        self.assertEqual([bar.get_width() for bar in axes.patches],
                         [-0.7, 0.3])

    def test_violin_is_as_wide_as_the_part_of_the_samples(self):
        counts = xr.DataArray(
            [[0, 6, 2, 2], [0, 0, 0, 10]],
            {"newcomer": ["a/b", "c/d"], "year": [2030, 2031, 2032, np.inf]},
            ("newcomer", "year"), attrs={"long_name": "x"})
        axes = charts.tipping_violins(counts).axes[0]
        upper = axes.collections[0].get_paths()[0].vertices
        widest = [upper[upper[:, 0] == x, 1].max()
                  for x in (2030.0, 2030.5, 2031.5, 2032.0)]
        np.testing.assert_allclose(widest, [0.0, 0.45, 0.45, 0.15])
        self.assertEqual([t.get_text() for t in axes.texts],
                         ["never: 20 %", "never: 100 %"])
        bar, dot = axes.lines
        np.testing.assert_array_equal(bar.get_xdata(), [2031, 2031])
        np.testing.assert_array_equal(dot.get_xdata(), [2031])

    def test_no_years_is_an_error(self):
        empty = xr.DataArray(np.zeros((0, 2)), {"newcomer": [],
                                                "year": [2030, np.inf]},
                             ("newcomer", "year"))
        with self.assertRaisesRegex(ResultError, "no years"):
            charts.tipping_violins(empty)

    def test_looks_are_drawn_relative_to_their_targets(self):
        found, as_root, wanted = charts.precision(looks()).axes[0].lines
        np.testing.assert_allclose(found.get_ydata(), [2.0, 1.4, 0.9])
        np.testing.assert_allclose(as_root.get_ydata(),
                                   [2.0, 2.0 / np.sqrt(2.0), 1.0])
        np.testing.assert_array_equal(wanted.get_ydata(), [1.0, 1.0])

    def test_parts_of_a_variance_are_those_of_the_file(self):
        bars = charts.structure(self.result).axes[0].patches
        share = self.result.group("structure").share_of_form.values
        np.testing.assert_allclose(
            [bar.get_width() for bar in bars[:len(share)]],
            np.clip(100 * share, 0, 100))

    def test_response_needs_a_number_for_each_scenario(self):
        with self.assertRaisesRegex(ResultError, "has 2 scenarios, not 3"):
            charts.response(self.result, "emissions", [1, 2, 3], "x",
                            years=[2050], sector="steel", scope="scope1")

    def test_colours_differ_for_the_colour_blind(self):
        # A distance of 10 in CIELAB is seen at once; red and green fail.
        for name, matrix in DEFICIENCIES.items():
            with self.subTest(name):
                self.assertGreater(closest(style.LINES[:4], matrix), 10.0)
                self.assertGreater(closest(style.AREAS, matrix), 5.0)
        self.assertLess(closest(["#B0502F", "#6B6B1E"],
                                DEFICIENCIES["deuteranopia"]), 10.0)


if __name__ == "__main__":
    unittest.main()
