"""Do the usual readers of HDF5 and netCDF-4 open a result?

Each reader runs in a process of its own, for a crash in one must not hide the
others.
"""
import importlib.util
import shutil
import subprocess
import sys
import textwrap
import unittest

from command import SmallResultTest

XARRAY = '''
    import sys
    import xarray as xr

    f, engine = sys.argv[1:]
    xr.set_options(display_style="text")
    bands = xr.open_dataset(f, group="bands", engine=engine)
    value = bands.emissions.sel(sector="steel", year=2050, percentile=50)
    assert value.dims == ("scenario", "scope"), value.dims
    assert (value > 0).all()
    parts = value.sel(scenario="reference")
    assert parts.sel(scope="scope1+2") <= parts.sel(scope="total")
    assert bands.emissions.attrs["units"] == "Mt CO2e/yr"
    steel = bands.activity.sel(sector="steel")
    assert steel.sector_unit.item() == "Mt crude steel"

    # what has no meaning is missing: activity of portfolios, flows of 2050
    assert bands.activity.sel(sector="all").isnull().all()
    assert steel.notnull().all()
    assert bands.investment.sel(year=2050).isnull().all()
    assert bands.investment.sel(year=2049).notnull().all()

    for group in ("headline", "moments", "probability", "draws", "state",
                  "provenance"):
        xr.open_dataset(f, group=group, engine=engine).load()
'''
DEFAULT_ENGINE = '''
    import sys
    import xarray as xr

    f = sys.argv[1]
    xr.open_dataset(f, group="bands").emissions.sel(
        sector="steel", year=2050, percentile=50)
'''
H5PY = '''
    import hashlib
    import json
    import sys
    import h5py

    with h5py.File(sys.argv[1]) as file:
        assert file.attrs["format"] == "hepta-result"
        bands = file["bands/emissions"]
        scales = [dimension[0].name for dimension in bands.dims]
        assert scales == ["/bands/scenario", "/bands/sector", "/bands/scope",
                          "/bands/year", "/bands/percentile"], scales
        provenance = file["provenance"]
        text = provenance["configuration"].asstr()[()]
        assert json.loads(text)["model"]["sectors"]
        digest = hashlib.sha256(text.encode()).hexdigest()
        assert provenance.attrs["config_sha256"] == digest
        assert len(provenance.attrs["result_hash"]) == 64
'''


class Readers(SmallResultTest):
    def run_python(self, script, *arguments, needs=()):
        for module in needs:
            if importlib.util.find_spec(module) is None:
                self.skipTest(f"{module} is not installed")
        process = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(script), self.result,
             *arguments], stderr=subprocess.PIPE, text=True)
        self.assertEqual(process.returncode, 0, process.stderr)

    def test_xarray_by_netcdf4(self):
        self.run_python(XARRAY, "netcdf4", needs=("xarray", "netCDF4"))

    def test_xarray_by_h5netcdf(self):
        self.run_python(XARRAY, "h5netcdf", needs=("xarray", "h5netcdf"))

    def test_xarray_by_default(self):
        self.run_python(DEFAULT_ENGINE, needs=("xarray", "netCDF4"))

    def test_h5py(self):
        self.run_python(H5PY, needs=("h5py",))

    def test_ncdump(self):
        if shutil.which("ncdump") is None:
            self.skipTest("ncdump is not installed")
        header = subprocess.run(["ncdump", "-h", self.result], check=True,
                                stdout=subprocess.PIPE, text=True).stdout
        self.assertIn("double emissions(scenario, sector, scope, year, "
                      "percentile) ;", header)
        for group in ("headline", "bands", "moments", "probability", "draws",
                      "state", "provenance"):
            self.assertIn(f"group: {group} {{", header)


if __name__ == "__main__":
    unittest.main()
