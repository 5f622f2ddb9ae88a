"""The command `hepta-analysis`."""
from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from .errors import ResultError
from .report import write_report
from .result import open_result

_ERROR = 3  # as hepta for faults of result files


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="hepta-analysis", description="Reports from results of hepta.")
    commands = parser.add_subparsers(dest="command", required=True)
    report = commands.add_parser(
        "report", help="one HTML file with charts and tables")
    report.add_argument("result", type=Path, help="result file of hepta run")
    report.add_argument("-o", "--output", type=Path,
                        help="the file to write [beside the result, .html]")
    chosen = parser.parse_args(arguments)
    output = chosen.output or chosen.result.with_suffix(".html")
    try:
        with open_result(chosen.result) as result:
            write_report(result, output)
    except ResultError as error:
        print(f"hepta-analysis: error: {error}", file=sys.stderr)
        return _ERROR
    print(output)
    return 0
