"""Do the usual readers of HDF5 and netCDF-4 open a result?

Each reader runs in a process of its own, for a crash in one must not hide the
others.
"""
import importlib.util
import json
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
    assert bands.cumulative_investment.sel(year=2050).notnull().all()

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
# Pinned: what others read results with in a browser.
JAVASCRIPT_READERS = ("h5wasm@0.10.3", "jsfive@0.4.0")
H5WASM = '''
    import h5wasm from "h5wasm/node";

    await h5wasm.ready;
    const file = new h5wasm.File(process.argv[2], "r");
    const bands = file.get("bands/emissions");
    console.log(JSON.stringify({
        format: file.attrs.format.value, shape: bands.shape,
        sectors: file.get("bands/sector").value, last: bands.value.at(-1) }));
'''
JSFIVE = '''
    import * as fs from "node:fs";
    import * as hdf5 from "jsfive";

    const data = fs.readFileSync(process.argv[2]);
    const file = new hdf5.File(data.buffer.slice(
        data.byteOffset, data.byteOffset + data.length), "result.h5");
    const bands = file.get("bands/emissions");
    console.log(JSON.stringify({
        format: file.attrs.format, shape: bands.shape,
        sectors: file.get("bands/sector").value, last: bands.value.at(-1) }));
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

    def test_h5dump(self):
        if shutil.which("h5dump") is None:
            self.skipTest("h5dump is not installed")
        whole = subprocess.run(
            ["h5dump", "-H", self.result], check=True,
            stdout=subprocess.PIPE, text=True).stdout
        self.assertIn('DATASET "emissions_lower"', whole)
        sectors = subprocess.run(
            ["h5dump", "-d", "/bands/sector", self.result], check=True,
            stdout=subprocess.PIPE, text=True).stdout
        self.assertIn('(0): "steel", "cement"', sectors)

    def test_javascript(self):
        if importlib.util.find_spec("h5py") is None:
            self.skipTest("h5py is not installed")
        import h5py
        for tool in ("node", "npm"):
            if shutil.which(tool) is None:
                self.skipTest(f"{tool} is not installed")
        try:
            subprocess.run(["npm", "install", "--silent", "--no-audit",
                            "--no-fund", *JAVASCRIPT_READERS],
                           cwd=self.folder, check=True, timeout=120,
                           capture_output=True)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            self.skipTest("npm cannot fetch the readers")
        with h5py.File(self.result) as file:
            bands = file["bands/emissions"]
            expected = {
                "format": "hepta-result", "shape": list(bands.shape),
                "sectors": list(file["bands/sector"].asstr()[:]),
                "last": bands[(-1,) * bands.ndim]}
        for name, script in (("h5wasm", H5WASM), ("jsfive", JSFIVE)):
            with self.subTest(name):
                path = self.folder / f"{name}.mjs"
                path.write_text(textwrap.dedent(script))
                process = subprocess.run(["node", path, self.result],
                                         capture_output=True, text=True)
                self.assertEqual(process.returncode, 0, process.stderr)
                self.assertEqual(json.loads(process.stdout), expected)


if __name__ == "__main__":
    unittest.main()
