"""Fetch the charting library of reports, in the version pinned here:

    python3 analysis/vendor.py           # with npm, into hepta_analysis/vendor
    python3 analysis/vendor.py --check   # are the files there the pinned ones?
"""
from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "uplot@1.6.32"
ARCHIVE_SHA256 = (
    "4b8a8191e425658e3ea8c8c1314b0fc679c861ee3a1af2b20c7b16ba50b5133d")
FOLDER = Path(__file__).resolve().parent / "hepta_analysis" / "vendor"
# Where it is in the archive, what it is called here, its SHA-256.
FILES = (
    ("package/dist/uPlot.iife.min.js", "uPlot.iife.min.js",
     "19c8d4c6ad88929a79f4ae49d6f7161566dfd0ba3d15cc495e974f787eb78f1f"),
    ("package/dist/uPlot.min.css", "uPlot.min.css",
     "df630c6a8d6f8eeaff264b50f73ce5b114f646ffd9a0bb74f049b0a00135fa04"),
    ("package/LICENSE", "uPlot.LICENSE",
     "8f989229699b4fe2f1a0432d0e9edc338a8a911e250e2d1b01ecd770a5f5b1bd"),
)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def changed_files(folder: Path = FOLDER) -> list[str]:
    """Names of files that are missing or not the pinned ones."""
    return [name for _, name, digest in FILES
            if not (folder / name).is_file()
            or sha256((folder / name).read_bytes()) != digest]


def fetch(folder: Path = FOLDER) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=scratch,
                       check=True, stdout=subprocess.DEVNULL)
        archive, = Path(scratch).glob("*.tgz")
        if sha256(archive.read_bytes()) != ARCHIVE_SHA256:
            sys.exit(f"{PACKAGE}: the archive has another SHA-256 than the "
                     "pinned one; nothing was written")
        with tarfile.open(archive) as tar:
            for member, name, _ in FILES:
                stream = tar.extractfile(member)
                if stream is None:
                    sys.exit(f"{PACKAGE}: lacks {member}")
                (folder / name).write_bytes(stream.read())


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit(__doc__)
    if not sys.argv[1:]:
        fetch()
    changed = changed_files()
    if changed:
        sys.exit(f"not the files of {PACKAGE}: {', '.join(changed)}")
