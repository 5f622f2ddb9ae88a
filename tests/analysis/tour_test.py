"""The tour and the script of the manual's pictures run from top to bottom."""
import subprocess
import sys
import unittest

from support import ROOT, SMALL_RESULT, AnalysisTest


class Scripts(AnalysisTest):
    def run_script(self, name):
        process = subprocess.run(
            [sys.executable, "-B", ROOT / "analysis" / name, SMALL_RESULT,
             self.folder], capture_output=True, text=True)
        self.assertEqual(process.returncode, 0, process.stderr)
        return process.stdout

    def test_tour(self):
        said = self.run_script("tour.py")
        self.assertIn(self.result.provenance["result_hash"], said)
        self.assertTrue((self.folder / "report.html").is_file())

    def test_pictures_of_the_manual(self):
        self.run_script("make_figures.py")
        made = {path.name for path in self.folder.glob("*.svg")}
        kept = {path.name for path in (ROOT / "docs/figures").glob("*.svg")}
        self.assertEqual(made, kept)
        pages = [ROOT / "docs" / "analysis.md", ROOT / "docs" / "tutorial.md",
                 *(ROOT / "docs" / "methods").glob("*.md")]
        manual = "".join(page.read_text() for page in pages)
        for name in made:
            self.assertIn(f"figures/{name})", manual)

    def test_pictures_are_small(self):
        for path in (ROOT / "docs" / "figures").rglob("*.svg"):
            self.assertLess(path.stat().st_size, 200_000, path)


if __name__ == "__main__":
    unittest.main()
