"""Is the C++ source formatted, by clang-format of the version pinned here?

    python3 check_format.py ROOT

Exit code 77 where that version is not installed: another formats otherwise.
"""
import re
import shutil
import subprocess
import sys
from pathlib import Path

VERSION = "14"


def find_clang_format():
    for name in (f"clang-format-{VERSION}", "clang-format"):
        program = shutil.which(name)
        if program:
            said = subprocess.run([program, "--version"], text=True,
                                  stdout=subprocess.PIPE, check=True).stdout
            if re.search(rf"version {VERSION}\.", said):
                return program
    return None


def main():
    root = Path(sys.argv[1])
    program = find_clang_format()
    if program is None:
        print(f"clang-format {VERSION} is not installed")
        sys.exit(77)
    files = [str(path) for folder in ("src", "include", "tests")
             for path in sorted((root / folder).rglob("*.[ch]pp"))]
    command = [program, "--dry-run", "--Werror", *files]
    sys.exit(1 if subprocess.run(command).returncode else 0)


if __name__ == "__main__":
    main()
