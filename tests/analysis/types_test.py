"""The package's type hints hold, as mypy sees them. Slow: it reads numpy's."""
import shutil
import subprocess
import unittest

from support import ROOT


class Types(unittest.TestCase):
    def test_mypy(self):
        if shutil.which("mypy") is None:
            self.skipTest("mypy is not installed")
        process = subprocess.run(
            ["mypy", "--cache-dir=/dev/null", "hepta_analysis", "vendor.py",
             "make_figures.py", "make_hindcast.py"],
            cwd=ROOT / "analysis", text=True, capture_output=True)
        self.assertEqual(process.returncode, 0, process.stdout)


if __name__ == "__main__":
    unittest.main()
