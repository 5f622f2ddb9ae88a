"""Opening results: labels, units, and what is said of other files."""
import shutil
import subprocess
import sys
import unittest

from support import ROOT, SMALL_RESULT, AnalysisTest, hepta_analysis

if hepta_analysis:
    import h5py
    import numpy as np
    import xarray as xr
    from hepta_analysis import ResultError, open_result, units_of


class Opening(AnalysisTest):
    def refusal(self, path):
        with self.assertRaises(ResultError) as caught:
            open_result(path)
        text = str(caught.exception)
        self.assertTrue(text.startswith(f"{path}: "), text)
        self.assertNotIn("\n", text)
        return text

    def small_file(self, **attributes):
        path = self.folder / "a.h5"
        with h5py.File(path, "w") as file:
            file.attrs.update(attributes)
        return path

    def test_truncated_file(self):
        path = self.folder / "cut.h5"
        with open(SMALL_RESULT, "rb") as whole:
            path.write_bytes(whole.read(1_000_000))
        self.assertIn("is cut off after 1000000 bytes", self.refusal(path))

    def test_file_without_its_end_is_refused_at_every_length(self):
        path = self.folder / "cut.h5"
        with open(SMALL_RESULT, "rb") as whole:
            data = whole.read(5000)
        for length in (0, 3, 8, 100, 2048, 5000):
            path.write_bytes(data[:length])
            self.refusal(path)

    def test_file_that_is_no_hdf5(self):
        path = self.folder / "a.h5"
        path.write_text("year,emissions\n2020,1\n")
        self.assertIn("is not an HDF5 file", self.refusal(path))

    def test_other_hdf5_file(self):
        self.assertIn("no result of hepta", self.refusal(self.small_file()))

    def test_newer_format(self):
        path = self.small_file(format="hepta-result", format_version=2)
        self.assertIn("format 2, which is newer than the 1",
                      self.refusal(path))

    def test_older_format(self):
        path = self.small_file(format="hepta-result", format_version=0)
        self.assertIn("format 0, which is older than the 1",
                      self.refusal(path))

    def test_result_without_state(self):
        path = self.small_file(format="hepta-result", format_version=1)
        self.assertIn("lacks the group /bands", self.refusal(path))

    def test_no_file_and_a_folder(self):
        self.assertIn("no such file", self.refusal(self.folder / "none.h5"))
        self.assertIn("is a folder", self.refusal(self.folder))

    def test_command_says_it_in_one_line_with_exit_code_3(self):
        process = subprocess.run(
            [sys.executable, "-m", "hepta_analysis", "report",
             self.folder / "none.h5"], cwd=ROOT / "analysis",
            capture_output=True, text=True)
        self.assertEqual(process.returncode, 3)
        self.assertEqual(process.stderr.count("\n"), 1, process.stderr)
        self.assertIn("hepta-analysis: error: ", process.stderr)

    def test_result_can_be_opened_while_another_reader_has_it(self):
        copy = self.folder / "copy.h5"
        shutil.copy(SMALL_RESULT, copy)
        with open_result(copy) as one, open_result(copy) as two:
            self.assertEqual(one.provenance, two.provenance)


class Selecting(AnalysisTest):
    def test_groups_are_what_xarray_reads(self):
        for name in ("bands", "moments", "headline", "probability"):
            ours = self.result.group(name)
            theirs = xr.open_dataset(SMALL_RESULT, group=name,
                                     engine="netcdf4")
            self.assertEqual(set(ours.variables), set(theirs.variables))
            for variable in theirs.data_vars:
                self.assertEqual(ours[variable].dims, theirs[variable].dims)
                if theirs[variable].dtype.kind == "f":
                    np.testing.assert_array_equal(ours[variable],
                                                  theirs[variable])

    def test_band_is_the_slice_of_the_file(self):
        band = self.result.band("emissions", sector="steel", year=2050,
                                scope="scope1+2", percentile=95)
        with h5py.File(SMALL_RESULT) as file:
            stored = file["bands/emissions"][:, 0, 3, -1, 8]
            self.assertEqual(file["bands/percentile"][8], 95.0)
        self.assertEqual(band.value.dims, ("scenario",))
        np.testing.assert_array_equal(band.value, stored)

    def test_units_follow_the_item(self):
        steel = self.result.band("activity", sector="steel")
        self.assertEqual(units_of(steel), "Mt crude steel")
        self.assertEqual(units_of(self.result.band("emissions")),
                         "Mt CO2e/yr")
        with self.assertRaisesRegex(ResultError, "the unit differs by item"):
            units_of(self.result.band("activity"))

    def test_wrong_labels_are_told_with_what_there_is(self):
        for labels, text in (
                ({"metric": "emision"}, "did you mean 'emissions'"),
                ({"metric": "emissions", "sector": "steal"},
                 "did you mean 'steel'"),
                ({"metric": "emissions", "secto": "steel"},
                 "did you mean 'sector'"),
                ({"metric": "emissions", "percentile": 100},
                 "between 0 and 100"),
                ({"metric": "emissions", "year": 2051}, "2051")):
            with self.assertRaisesRegex(ResultError, text):
                self.result.band(**labels)

    def test_missing_group_is_told(self):
        with self.assertRaisesRegex(ResultError, "no group /quantiles"):
            self.result.group("quantiles")

    def test_sectors_and_portfolios_are_told_apart(self):
        self.assertEqual(len(self.result.sectors), 7)
        self.assertEqual(self.result.portfolios[0], "all")


if __name__ == "__main__":
    unittest.main()
