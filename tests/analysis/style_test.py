"""Style of the package: linters, types, short files, the pinned library."""
import importlib.util
import shutil
import subprocess
import sys
import unittest

from support import ROOT

FOLDER = ROOT / "analysis"


class Style(unittest.TestCase):
    def assert_silent(self, tool, *arguments):
        if shutil.which(tool) is None:
            self.skipTest(f"{tool} is not installed")
        process = subprocess.run([tool, *arguments], cwd=FOLDER, text=True,
                                 stdout=subprocess.PIPE,
                                 stderr=subprocess.STDOUT)
        self.assertEqual(process.returncode, 0, process.stdout)

    def test_flake8(self):
        self.assert_silent("flake8", "--max-line-length=88", ".",
                           ROOT / "tests" / "analysis")

    def test_types(self):
        if importlib.util.find_spec("numpy") is None:
            self.skipTest("numpy is not installed")
        self.assert_silent("mypy", "--cache-dir=/dev/null", "hepta_analysis",
                           "vendor.py", "make_figures.py")

    def test_no_file_is_longer_than_400_lines(self):
        files = [*FOLDER.rglob("*.py"), *FOLDER.rglob("page/*")]
        self.assertGreater(len(files), 15)
        long = [str(path) for path in files
                if len(path.read_text().splitlines()) > 400]
        self.assertEqual(long, [])

    def test_vendored_library_is_the_pinned_one(self):
        process = subprocess.run(
            [sys.executable, "-B", FOLDER / "vendor.py", "--check"], text=True,
            capture_output=True)
        self.assertEqual(process.returncode, 0, process.stderr)


if __name__ == "__main__":
    unittest.main()
