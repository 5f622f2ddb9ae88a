"""Do the usual readers of HDF5 and netCDF-4 see what was written?

    /usr/bin/python3 check_readers.py WRITER

WRITER FILE writes the tree of example_tree.hpp. Each reader runs in a process
of its own, for a crash in one (netCDF-C has some) must name that reader.
Exit code 77 if none of them is installed.
"""
import importlib.util
import math
import subprocess
import sys
import tempfile

SECTORS = ["steel", "cement", "ciment d'été"]
YEARS = [2020, 2030, 2040, 2050]
PERCENTILES = [2.5, 50.0, 97.5]
LARGEST = 2**64 - 1


def check_xarray(path, engine):
    import xarray

    bands = xarray.open_dataset(path, group="bands", engine=engine)
    assert list(bands.sector.values) == SECTORS
    assert list(bands.year.values) == YEARS
    assert list(bands.percentile.values) == PERCENTILES
    assert bands.attrs["comment"] == "percentiles over samples"
    assert bands.percentile.attrs["units"] == "percent"

    emissions = bands.emissions
    assert emissions.dims == ("sector", "year", "percentile")
    assert emissions.attrs["units"] == "Mt CO2e/yr"
    assert emissions.attrs["long_name"] == "emissions of scope 1 and 2"
    assert math.isnan(emissions.encoding["_FillValue"])
    at = emissions.sel(sector="steel", year=2050, percentile=50)
    assert at.item() == 31.0
    at = emissions.sel(sector="cement", year=2020, percentile=97.5)
    assert at.item() == 102.0
    assert int(emissions.isnull().sum()) == 3

    first_year = bands.first_year
    assert first_year.sel(sector="cement").item() == 2040
    assert first_year.isnull().values.tolist() == [False, False, True]
    assert bands.activity_unit.values.tolist() == ["Mt", "Mt", ""]

    state = xarray.open_dataset(path, group="state", engine=engine)
    assert state.covered.sel(range=1, bound="end").item() == LARGEST
    assert state.sums.dtype == "int64"

    provenance = xarray.open_dataset(path, group="provenance", engine=engine)
    assert provenance.configuration.item() == 'seed = 1\nname = "é"\n'

    root = xarray.open_dataset(path, engine=engine).attrs
    assert root["format"] == "hepta-result"
    assert root["title"] == "an example"
    assert root["samples"] == 2**40
    assert root["tolerance"] == 1e-300
    assert list(root["levels"]) == [0.05, 0.95]


def check_h5py(path):
    import h5py

    with h5py.File(path) as file:
        assert list(file) == ["bands", "provenance", "state"]
        bands = file["bands"]
        emissions = bands["emissions"]
        scales = [dimension[0].name for dimension in emissions.dims]
        assert scales == ["/bands/sector", "/bands/year", "/bands/percentile"]
        assert emissions.attrs["units"] == "Mt CO2e/yr"
        assert math.isnan(emissions.fillvalue)
        assert emissions.compression == "gzip" and emissions.shuffle
        assert bands["first_year"].fillvalue == -(2**31)
        assert bands["sector"].asstr()[:].tolist() == SECTORS
        assert file["state/covered"][1, 1] == LARGEST
        order = h5py.h5p.CRT_ORDER_TRACKED | h5py.h5p.CRT_ORDER_INDEXED
        for group in (file["/"], bands):
            plist = group.id.get_create_plist()
            assert plist.get_link_creation_order() == order
            assert plist.get_attr_creation_order() == order


def check_ncdump(path):
    header = subprocess.run(
        ["ncdump", "-h", path], check=True, text=True, stdout=subprocess.PIPE
    ).stdout
    assert "double emissions(sector, year, percentile) ;" in header
    assert "emissions:_FillValue = NaN ;" in header
    assert "string sector(sector) ;" in header
    assert header.index("group: bands") < header.index("group: state")
    data = subprocess.run(
        ["ncdump", "-g", "provenance", path],
        check=True, text=True, stdout=subprocess.PIPE,
    ).stdout
    assert 'configuration = "seed = 1\\nname = \\"é\\"\\n"' in data


READERS = {
    "netcdf4": (["xarray", "netCDF4"], lambda p: check_xarray(p, "netcdf4")),
    "h5netcdf": (["xarray", "h5netcdf"], lambda p: check_xarray(p, "h5netcdf")),
    "h5py": (["h5py"], check_h5py),
    "ncdump": ([], check_ncdump),
}


def is_installed(reader):
    if reader == "ncdump":
        return subprocess.run(["sh", "-c", "command -v ncdump"],
                              stdout=subprocess.DEVNULL).returncode == 0
    modules = READERS[reader][0]
    return all(importlib.util.find_spec(module) for module in modules)


def check_all(writer):
    readers = [reader for reader in READERS if is_installed(reader)]
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/example.h5"
        subprocess.run([writer, path], check=True)
        for reader in readers:
            command = [sys.executable, __file__, "--reader", reader, path]
            code = subprocess.run(command).returncode
            print(f"{reader}: {'ok' if code == 0 else f'failed ({code})'}")
            if code != 0:
                failed.append(reader)
    for reader in READERS.keys() - set(readers):
        print(f"{reader}: not installed")
    return 1 if failed else 0 if readers else 77


if __name__ == "__main__":
    if sys.argv[1] == "--reader":
        READERS[sys.argv[2]][1](sys.argv[3])
    else:
        sys.exit(check_all(sys.argv[1]))
