"""Nothing of a result depends on the locale, time zone or umask of a rank.

A locale with a decimal comma is made for the test, by localedef.
"""
import calendar
import os
import subprocess
import time
import unittest

import h5py

from command import ONE_SECTOR, CommandTest, command_line, hepta, result_hash

LOCALE = """comment_char %
escape_char /
LC_NUMERIC
decimal_point ","
thousands_sep "."
grouping 3;3
END LC_NUMERIC
"""
# `sh -c SCRIPT sh RANK COMMAND...`: an environment of its own for one rank.
SCRIPT = """
if [ "${OMPI_COMM_WORLD_RANK:-0}" = "$1" ]; then
    export LC_ALL=comma LANG=comma TZ=LATE-14
    umask 077
fi
shift
exec "$@"
"""
RANKS = 3
NONE = RANKS
OPTIONS = ["--samples", "4096", "--set", "block_size=96"]


class Environment(CommandTest):
    def setUp(self):
        super().setUp()
        source = self.folder / "comma.txt"
        source.write_text(LOCALE)
        try:
            subprocess.run(["localedef", "--no-archive", "--force", "-i",
                            source, self.folder / "comma"],
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        except FileNotFoundError:
            self.skipTest("no localedef to make a locale with")
        self.settings = {**os.environ, "LOCPATH": str(self.folder)}

    def call(self, strange_rank, *arguments, ranks=RANKS):
        """hepta, where one rank has the locale, time zone and umask."""
        command = command_line(*arguments, ranks=ranks)
        at = command.index(os.environ["HEPTA"])
        command[at:at] = ["sh", "-c", SCRIPT, "sh", str(strange_rank)]
        process = subprocess.run(
            command, env=self.settings, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=300)
        self.assertEqual(process.returncode, 0, process.stderr)
        return process

    def test_locale_has_a_comma(self):
        """Else the other cases would say nothing."""
        said = subprocess.run(
            ["/usr/bin/python3", "-c", "import locale\n"
             "locale.setlocale(locale.LC_ALL, '')\n"
             "print(locale.localeconv()['decimal_point'])"],
            env={**self.settings, "LC_ALL": "comma"}, capture_output=True,
            text=True)
        self.assertEqual(said.stdout.strip(), ",", said.stderr)

    def test_ranks_may_differ(self):
        before = time.time()
        hashes, tables, modes = [], [], []
        for strange in (NONE, 0, 1):
            path = self.folder / f"{strange}.h5"
            run = self.call(strange, "run", ONE_SECTOR, *OPTIONS, "-o", path)
            hashes.append(result_hash(run))
            tables.append(self.call(
                strange, "summary", path, ranks=0).stdout)
            modes.append(path.stat().st_mode & 0o777)
            with h5py.File(path) as file:
                start = file["provenance"].attrs["start_time"]
            seconds = calendar.timegm(
                time.strptime(start, "%Y-%m-%dT%H:%M:%SZ"))
            self.assertLess(abs(seconds - before), 600, start)
        self.assertEqual(len(set(hashes)), 1)
        self.assertEqual(len(set(tables)), 1, tables)
        self.assertIn(".", tables[0])
        # The file is the user's own, who runs rank 0.
        self.assertEqual(modes, [0o666 & ~mask for mask in
                                 (current_umask(), 0o077, current_umask())])

    def test_parts_of_other_locales_add_up(self):
        """Weighted: a summary that reads numbers from texts."""
        tilted = ["run", ONE_SECTOR, *OPTIONS, "--set",
                  'tilt."u:steel/activity"=1.25']
        whole, parts = self.folder / "whole.h5", []
        expected = result_hash(self.call(NONE, *tilted, "-o", whole))
        for strange, bounds in ((0, "0:1001"), (1, "1001:4096")):
            parts.append(self.folder / f"{strange}.h5")
            self.call(strange, *tilted, "--range", bounds, "-o", parts[-1])
        merged = self.folder / "merged.h5"
        process = self.call(0, "merge", *parts, "-o", merged, ranks=0)
        self.assertEqual(result_hash(process), expected)
        self.assert_done(hepta("compare", whole, merged), "same")
        self.assertEqual(self.call(0, "summary", whole, ranks=0).stdout,
                         self.call(NONE, "summary", merged, ranks=0).stdout)


def current_umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


if __name__ == "__main__":
    unittest.main()
