"""Do the commands of the manual run as printed?

Blocks marked `sh` of the pages below run one after the other, a page in a tree of
its own; a block that begins with `# <name of a file>` becomes that file. Nothing is
changed but the number of samples, at most 1,024, and that quickstart neither
installs nor builds.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from manual import DOCS, ROOT, blocks

PAGES = [DOCS / "tutorial.md", DOCS / "examples.md",
         *sorted((DOCS / "howto").glob("*.md"))]
# What a reader of a page is promised to have in the end.
MADE = {"tutorial.md": ["results/seven_sectors.html", "cement.svg",
                        "results/other.h5", "future_17.txt"],
        "examples.md": ["results/precision_stop.h5",
                        "results/independent_prices.h5"],
        "sensitivity.md": ["drivers.svg"]}
FILE = re.compile(r"# ([\w/]+\.(?:toml|py))\n")

FEWER_SAMPLES = r"""#!/usr/bin/env python3
import os
import sys

arguments = sys.argv[1:]
if "--samples" in arguments:
    place = arguments.index("--samples") + 1
    arguments[place] = str(min(1024, int(arguments[place])))
elif arguments[:1] == ["run"] and "[stop]" not in open(arguments[1]).read():
    arguments += ["--samples", "1024"]
os.execv(os.environ["HEPTA"], ["hepta", *arguments])
"""


def script_of(page):
    """What a reader of a page types, as one script."""
    lines = ["set -euo pipefail"]
    for language, text in blocks(page.read_text()):
        file = FILE.match(text)
        if file:
            name = file[1]
            folder = str(Path(name).parent)
            lines += [f"mkdir -p {folder}",
                      f"cat >{name} <<'END_OF_BLOCK'\n{text}END_OF_BLOCK"]
        elif language == "sh":
            lines.append(text)
    return "\n".join(lines)


def make_tree(folder):
    """What a clone has after a build."""
    for name in ("configs", "analysis", "jobs"):
        shutil.copytree(ROOT / name, folder / name,
                        ignore=shutil.ignore_patterns("__pycache__"))
    program = folder / "build" / "release" / "bin" / "hepta"
    program.parent.mkdir(parents=True)
    program.write_text(FEWER_SAMPLES)
    program.chmod(0o755)
    with (folder / "jobs" / "setup.sh").open("a") as setup:
        setup.write("install_packages() { :; }\nbuild() { :; }\n")


class Blocks(unittest.TestCase):
    def test_pages_run_as_printed(self):
        for page in PAGES:
            with self.subTest(page.name), \
                    tempfile.TemporaryDirectory(prefix="hepta test ") as name:
                tree = Path(name)
                make_tree(tree)
                path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
                process = subprocess.run(
                    ["bash", "-c", script_of(page)], cwd=tree, text=True,
                    stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT, timeout=600,
                    env={**os.environ, "PATH": path})
                self.assertEqual(process.returncode, 0, process.stdout)
                for made in MADE.get(page.name, []):
                    self.assertTrue((tree / made).is_file(), made)

    def test_every_page_has_something_that_runs(self):
        self.assertEqual(len(PAGES), 10)
        for page in PAGES:
            languages = {language for language, _ in blocks(page.read_text())}
            self.assertIn("sh", languages, page.name)
            self.assertLessEqual(languages, {"", "sh", "toml", "python"})


if __name__ == "__main__":
    unittest.main()
