"""Pages of the manual and what stands in them; shared by the tests beside this."""
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
TOP = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md",
       "analysis/README.md")
_FENCE = re.compile(r"^( *)(```+)([^\n`]*)\n(.*?)^\1\2 *$", re.DOTALL | re.MULTILINE)


def pages():
    """Every page: those of the site and those at the top of the repository."""
    tops = [ROOT / name for name in TOP]
    return sorted(DOCS.rglob("*.md")) + [p for p in tops if p.exists()]


def blocks(text):
    """(language, text) of the fenced blocks of a page, in order."""
    return [(language.strip(), body)
            for _, _, language, body in _FENCE.findall(text)]


def prose(text):
    """A page without its blocks of code and spans of code."""
    return re.sub(r"`[^`\n]*`", "", _FENCE.sub("", text))


def anchors(text):
    """Anchors of the headings of a page, as GitHub and MyST make them."""
    found = set()
    for heading in re.findall(r"^#+ +(.+)$", _FENCE.sub("", text), re.MULTILINE):
        plain = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
        found.add(plain.strip().replace(" ", "-"))
    return found
