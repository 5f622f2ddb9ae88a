"""The table that integrated assessment groups exchange."""
import csv
import unittest

import h5py
import numpy

from command import SmallResultTest, hepta

COLUMNS = ["model", "scenario", "region", "variable", "unit"]


class Iamc(SmallResultTest):
    def table(self, *options):
        path = self.folder / "table.csv"
        self.assert_done(hepta("export", self.result, "--format", "iamc", "-o",
                               path, *options))
        with open(path, newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def test_rows_are_as_pyam_reads_them(self):
        """Its long form: these columns, whole years, one number a row and
        no two rows alike."""
        rows = self.table()
        self.assertEqual(list(rows[0]), [*COLUMNS, "year", "value"])
        keys = {tuple(row[c] for c in [*COLUMNS, "year"]) for row in rows}
        self.assertEqual(len(keys), len(rows))
        for row in rows:
            self.assertEqual(row["region"], "World")
            self.assertTrue(2020 <= int(row["year"]) <= 2050)
            self.assertTrue(numpy.isfinite(float(row["value"])))

    def test_values_are_those_of_the_bands(self):
        rows = {(row["variable"], row["year"]): row for row in self.table()
                if row["scenario"] == "reference"}
        with h5py.File(self.result) as file:
            bands = file["bands"]
            sectors = bands["sector"].asstr()[:].tolist()
            scope = bands["scope"].asstr()[:].tolist().index("scope1+2")
            percentiles = bands["percentile"][:].tolist()
            for sector, name in (("steel", "|Industry|Steel"),
                                 ("aviation", "|Transport|Aviation"),
                                 ("industry", "|Industry"), ("all", "")):
                row = rows[f"Emissions|CO2{name}|P95", "2050"]
                self.assertEqual(row["unit"], "Mt CO2-equiv/yr")
                self.assertEqual(
                    float(row["value"]),
                    bands["emissions"][0, sectors.index(sector), scope, -1,
                                       percentiles.index(95)])

    def test_a_column_a_year_has_the_same_numbers(self):
        long = {(row["scenario"], row["variable"], row["year"]): row["value"]
                for row in self.table()}
        wide = {(row["scenario"], row["variable"], year): row[year]
                for row in self.table("--wide")
                for year in map(str, range(2020, 2051)) if row[year]}
        self.assertEqual(long, wide)

    def test_projects_are_in_the_table_in_every_scenario(self):
        rows = {(row["variable"], row["year"]): row for row in self.table()}
        with h5py.File(self.result) as file:
            group = file["pipeline"]
            sector = group["sector"].asstr()[:].tolist().index("steel")
            stage = group["stage"].asstr()[:].tolist().index("operating")
            year = group["year"][:].tolist().index(2030)
            expected = group["projects"][sector, stage, year, 1]
        row = rows["Pipeline|Projects|Industry|Steel|Operating|P50", "2030"]
        self.assertEqual(float(row["value"]), expected)
        self.assertEqual(row["unit"], "projects")

    def test_cumulative_investment_has_a_name(self):
        rows = {(row["variable"], row["year"]): row for row in self.table()}
        row = rows["Cumulative Investment|Final Energy|Coal|P50", "2050"]
        self.assertGreater(float(row["value"]), 0.0)
        self.assertEqual(row["unit"], "US$2020")

    def test_what_has_no_year_is_named_or_written_beside(self):
        process = hepta("export", self.result, "-o", self.folder / "a.csv")
        for name in ("probability", "derived", "commitments"):
            self.assertIn(f"/{name} has no years", process.stderr)

        meta = self.folder / "meta.csv"
        process = hepta("export", self.result, "-o", self.folder / "a.csv",
                        "--meta", meta)
        self.assert_done(process)
        self.assertNotIn("has no years", process.stderr)
        with open(meta, newline="", encoding="utf-8") as file:
            row, = csv.DictReader(file)
        self.assertEqual(row["scenario"], "reference")
        with h5py.File(self.result) as file:
            self.assertEqual(
                float(row["Probability|Inside Budget Steel"]),
                file["probability/inside_budget_steel"][0])
            share = file["commitments/delivered_share"]
            at = file["commitments/sector"].asstr()[:].tolist().index("steel")
            self.assertEqual(
                float(row["Commitments|Delivered Share|Industry|Steel|P95"]),
                share[at, 2])
            tipping = file["derived/tipping_year"][0]
            newcomers = file["derived/newcomer"].asstr()[:].tolist()
            for i, name in enumerate(newcomers):
                column = "|".join(
                    ["Tipping Year", *(
                        part.replace("_", " ").title()
                        for part in name.split("/")), "0.05", "P50"])
                value = tipping[i, 0, 1]
                self.assertEqual(
                    row[column], str(int(value)) if numpy.isfinite(value)
                    else "")

    def test_an_unknown_format_and_a_missing_folder_are_told(self):
        self.assert_fails(2, hepta("export", self.result, "--format", "ods",
                                   "-o", self.folder / "a.csv"), "--format")
        self.assert_fails(4, hepta("export", self.result, "-o",
                                   self.folder / "no" / "a.csv"),
                          "cannot write")


if __name__ == "__main__":
    unittest.main()
