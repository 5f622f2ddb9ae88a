"""Can check_layers.py fail? Each case is a small tree with one fault."""
import tempfile
import unittest
from pathlib import Path

import check_layers


def faults_of(files):
    """The faults of a tree made of {path: text}."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return check_layers.check(folder)[0]


class CheckLayers(unittest.TestCase):
    def assert_fault(self, files, fault):
        self.assertEqual(faults_of(files), [fault])

    def test_accepts_includes_downwards(self):
        self.assertEqual(faults_of({
            "src/cli/main.cpp": '#include "hepta/campaign/run.hpp"\n',
            "src/campaign/run.cpp": '#include "hepta/model/model.hpp"\n',
            "src/model/model.cpp": '#include "hepta/core/tile.hpp"\n'
                                   '#include <vector>\n',
        }), [])

    def test_rejects_an_include_upwards(self):
        self.assert_fault(
            {"src/model/a.cpp": '#include "hepta/campaign/run.hpp"\n'},
            "src/model/a.cpp:1: model must not include campaign: "
            "hepta/campaign/run.hpp")

    def test_rejects_an_include_sideways(self):
        self.assert_fault(
            {"include/hepta/io/a.hpp": '\n#include "hepta/model/b.hpp"\n'},
            "include/hepta/io/a.hpp:2: io must not include model: "
            "hepta/model/b.hpp")

    def test_rejects_another_modules_private_header(self):
        self.assert_fault(
            {"src/statistics/a.cpp": '#include "../model/plan.hpp"\n',
             "src/model/plan.hpp": ""},
            "src/statistics/a.cpp:1: statistics must not include model: "
            "../model/plan.hpp")

    def test_rejects_an_unknown_module(self):
        self.assert_fault({"src/extra/a.cpp": "\n"},
                          "src/extra/a.cpp:1: unknown module extra")

    def test_rejects_a_library_out_of_place(self):
        for header in ("mpi.h", "hdf5.h", "hdf5_hl.h", "toml++/toml.h",
                       "CLI/CLI.hpp", "Eigen/Dense", "boost/math/a.hpp",
                       "fmt/format.h", "nlohmann/json.hpp", "unistd.h"):
            self.assert_fault(
                {"src/model/a.cpp": f"#include <{header}>\n"},
                "src/model/a.cpp:1: model must not use the library of "
                f"<{header}>")

    def test_rejects_an_unknown_library(self):
        self.assert_fault(
            {"src/io/a.cpp": "#include <zlib.h>\n"},
            "src/io/a.cpp:1: <zlib.h> is of a library that no module may use")

    def test_rejects_files_clocks_and_environment_in_pure_modules(self):
        for header in ("filesystem", "fstream", "chrono"):
            self.assert_fault(
                {"src/sampling/a.cpp": f"#  include <{header}>\n"},
                f"src/sampling/a.cpp:1: sampling must stay pure: <{header}>")
        self.assert_fault(
            {"src/model/a.cpp": 'auto x = std::getenv("HOME");\n'},
            "src/model/a.cpp:1: model must stay pure: getenv()")

    def test_rejects_names_of_sectors_in_code(self):
        self.assert_fault(
            {"src/core/a.cpp": '/* steel\n cement */ // shipping\n'
                               'auto s = "a // Steel";\n'},
            "src/core/a.cpp:3: names a sector: Steel")

    def test_rejects_long_files(self):
        long = check_layers.MAX_LINES + 1
        self.assert_fault({"docs/a.md": "\n" * long},
                          f"docs/a.md:{long - 1}: has {long} lines, more than "
                          f"{long - 1}")

    def test_rejects_unfinished_work(self):
        note = "TO" + "DO"
        self.assert_fault({"jobs/a.sh": f"# {note} later\n"},
                          f"jobs/a.sh:1: is unfinished: # {note} later")


if __name__ == "__main__":
    unittest.main()
