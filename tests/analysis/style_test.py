"""Style of the package: linter, short files, the pinned library."""
import shutil
import subprocess
import sys
import unittest

from support import ROOT

FOLDER = ROOT / "analysis"


class Style(unittest.TestCase):
    def test_flake8(self):
        if shutil.which("flake8") is None:
            self.skipTest("flake8 is not installed")
        process = subprocess.run(
            ["flake8", "--max-line-length=88", ".", ROOT / "docs",
             ROOT / "tests" / "analysis", ROOT / "tests" / "docs"],
            cwd=FOLDER, text=True, capture_output=True)
        self.assertEqual(process.returncode, 0, process.stdout)

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
