"""Do the shell scripts pass shellcheck, and can they be executed?

    python3 check_scripts.py ROOT

Exit code 77 where shellcheck is not installed.
"""
import os
import shutil
import subprocess
import sys
from pathlib import Path


def find_scripts(root):
    files = [*root.glob("jobs/*.sh"), *root.glob("jobs/*.sbatch"),
             *root.glob("docs/*.sh"), *root.glob("tests/**/*.sh"), root / ".ci" / "run"]
    return sorted(files)


def main():
    root = Path(sys.argv[1])
    scripts = find_scripts(root)
    faults = [f"{path}: starts with #! but cannot be executed"
              for path in scripts
              if path.suffix != ".sbatch"
              and path.read_bytes().startswith(b"#!")
              and not os.access(path, os.X_OK)]
    for fault in faults:
        print(fault)
    if faults:
        sys.exit(1)
    if shutil.which("shellcheck") is None:
        print("shellcheck is not installed")
        sys.exit(77)
    command = ["shellcheck", "--external-sources", *map(str, scripts)]
    sys.exit(1 if subprocess.run(command, cwd=root).returncode else 0)


if __name__ == "__main__":
    main()
