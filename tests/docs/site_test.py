"""Does the site build, without a warning, and are generated pages current?"""
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from manual import DOCS


class Site(unittest.TestCase):
    def test_builds_without_a_warning(self):
        with tempfile.TemporaryDirectory(prefix="hepta test ") as folder:
            process = subprocess.run(
                [DOCS / "build.sh", folder], text=True, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT)
            if process.returncode == 77:
                self.skipTest(process.stdout)
            self.assertEqual(process.returncode, 0, process.stdout)
            for page in DOCS.rglob("*.md"):
                built = page.relative_to(DOCS).with_suffix(".html")
                self.assertTrue(Path(folder, built).is_file(), built)
            api = Path(folder, "api.html").read_text()
            for name in ("RunConfig", "OutputLayout", "Distribution",
                         "Communicator", "InputError"):
                self.assertIn(name, api)

    def test_generated_pages_are_those_of_the_program(self):
        try:
            import h5py  # noqa: F401
        except ImportError:
            self.skipTest("python3-h5py is not installed")
        process = subprocess.run(
            [sys.executable, "-B", DOCS / "reference" / "make.py", "--result",
             "--check"], text=True, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, env=os.environ)
        self.assertEqual(process.returncode, 0, process.stdout)


if __name__ == "__main__":
    unittest.main()
