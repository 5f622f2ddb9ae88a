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

    def test_an_unknown_format_and_a_missing_folder_are_told(self):
        self.assert_fails(2, hepta("export", self.result, "--format", "ods",
                                   "-o", self.folder / "a.csv"), "--format")
        self.assert_fails(4, hepta("export", self.result, "-o",
                                   self.folder / "no" / "a.csv"),
                          "cannot write")


if __name__ == "__main__":
    unittest.main()
