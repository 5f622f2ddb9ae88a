"""Compute the small result that the tests beside this look at:

    HEPTA=<program> python3 make_small_result.py OUTPUT
"""
import os
import subprocess
import sys
from pathlib import Path

from support import N_SAMPLES, ROOT

Path(sys.argv[1]).parent.mkdir(parents=True, exist_ok=True)
subprocess.run(
    [os.environ["HEPTA"], "run", ROOT / "configs" / "seven_sectors.toml",
     "--samples", str(N_SAMPLES), "--set", f"draws={N_SAMPLES}",
     "--set", "pilot_samples=128",
     "--set", 'scenarios=["reference", "net_zero"]',
     "--quiet", "-o", sys.argv[1]], check=True)
