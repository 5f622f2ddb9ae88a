"""How charts look: colours that the colour-blind tell apart, axes, labels."""
from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..errors import ResultError

# Okabe & Ito (2008), Color Universal Design; yellow is too light for lines.
LINES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00",
         "#4D4D4D")
AREAS = ("#4D4D4D", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2",
         "#D55E00", "#CC79A7")
INK, FAINT = "#222222", "#8A8A8A"
VECTOR_FORMATS = (".svg", ".pdf", ".eps")

_SETTINGS: dict[str, Any] = {
    "font.size": 9, "font.family": "sans-serif", "axes.titlesize": 10,
    "axes.titleweight": "bold", "axes.titlelocation": "left",
    "axes.spines.top": False, "axes.spines.right": False,
    "axes.edgecolor": FAINT, "axes.labelcolor": INK, "text.color": INK,
    "xtick.color": FAINT, "ytick.color": FAINT, "xtick.labelcolor": INK,
    "ytick.labelcolor": INK, "axes.grid": True, "axes.grid.axis": "y",
    "grid.color": "#E6E6E6", "axes.axisbelow": True, "legend.frameon": False,
    "svg.fonttype": "none", "svg.hashsalt": "hepta", "pdf.fonttype": 42,
    "figure.constrained_layout.use": True, "figure.facecolor": "white",
}


@contextmanager
def styled() -> Iterator[None]:
    """Within, figures are made and drawn in this style."""
    with matplotlib.rc_context(_SETTINGS):
        yield


def new_figure(width: float = 6.5, height: float = 3.6) -> Figure:
    """An empty figure, size in inches."""
    with styled():
        return Figure(figsize=(width, height), layout="constrained")


def save(figure: Figure, path: str | os.PathLike[str]) -> Path:
    """Write as SVG, PDF or PNG, by the ending; the same bytes each time."""
    path = Path(path)
    if path.suffix not in (*VECTOR_FORMATS, ".png"):
        raise ResultError(f"{path}: a figure ends in .svg, .pdf, .eps or .png")
    metadata = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}
    with styled():
        figure.savefig(path, metadata=metadata.get(path.suffix), dpi=120)
    if path.suffix == ".svg":
        text = path.read_text(encoding="utf-8")
        # Names of clips that are no rectangles hold an address in memory.
        names = dict.fromkeys(re.findall(r'<clipPath id="(\w+)"', text))
        for k, name in enumerate(names):
            text = text.replace(name, f"clip{k}")
        path.write_text(text, encoding="utf-8")
    return path


def readable(name: str) -> str:
    """`h2_dri_eaf` as `h2 dri eaf`."""
    return name.replace("_", " ")


def year_axis(axes: Axes, years: Sequence[int]) -> None:
    axes.set_xlim(years[0], years[-1])
    axes.set_xticks([y for y in years if y % 10 == 0])
    axes.set_xlabel("year")


def title(figure: Figure, text: str) -> None:
    figure.suptitle(text, x=0.01, ha="left", fontsize=11, fontweight="bold")


def note(figure: Figure, text: str) -> None:
    """A line below the charts."""
    figure.supxlabel(text, fontsize=7.5, color=FAINT, x=0.01, ha="left")
