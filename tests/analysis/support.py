"""A small result for the tests beside this, and the package they test.

HEPTA_SMALL_RESULT is a file that `make_small_result.py` wrote: all its samples
are draws, so a full sort is at hand.
"""
import functools
import os
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "analysis"))

try:
    import hepta_analysis
except ImportError as error:  # numpy, h5py, xarray or matplotlib
    hepta_analysis = None
    MISSING = str(error)

SMALL_RESULT = os.environ.get("HEPTA_SMALL_RESULT", "")
N_SAMPLES = 1024


@functools.cache
def small_result():
    if not SMALL_RESULT:
        raise unittest.SkipTest("HEPTA_SMALL_RESULT is not set")
    return hepta_analysis.open_result(SMALL_RESULT)


class AnalysisTest(unittest.TestCase):
    """Cases about a small result, in an empty folder."""

    @classmethod
    def setUpClass(cls):
        if hepta_analysis is None:
            raise unittest.SkipTest(MISSING)
        cls.result = small_result()

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="hepta test ")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
