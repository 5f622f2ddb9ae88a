"""The manual as a site: docs/build.sh makes it."""
import importlib.util
import os
import sys
from pathlib import Path

project = "Hepta"
author = "the authors of Hepta"
project_copyright = author
root = Path(__file__).resolve().parents[1]
version = release = os.environ.get("HEPTA_VERSION", "")

extensions = ["myst_parser", "breathe", "sphinx.ext.autodoc"]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
exclude_patterns = []
myst_heading_anchors = 3

breathe_projects = {"hepta": os.environ.get("HEPTA_DOXYGEN_XML", "")}
breathe_default_project = "hepta"
breathe_default_members = ("members",)
primary_domain = "cpp"
highlight_language = "none"

sys.path.insert(0, str(root / "analysis"))
autodoc_mock_imports = [
    name for name in ("h5py", "matplotlib", "numpy", "xarray")
    if importlib.util.find_spec(name) is None]
autodoc_typehints = "none"

html_theme = "furo"
html_title = "Hepta"
html_copy_source = False
html_show_sourcelink = False


def leave_the_site(app, doctree):
    """Links to files beside docs/, which the site does not have, become text:
    the name of the file in the repository."""
    from docutils import nodes
    from sphinx import addnodes
    here = Path(app.env.doc2path(app.env.docname)).parent
    kinds = (addnodes.pending_xref, addnodes.download_reference,
             nodes.reference)
    for link in [n for n in doctree.findall() if isinstance(n, kinds)]:
        target = link.get("reftarget") or link.get("refuri") or ""
        path = (here / target.partition("#")[0]).resolve()
        if (target and ":" not in target and path.exists()
                and path.is_relative_to(root)
                and not path.is_relative_to(root / "docs")):
            name = str(path.relative_to(root))
            link.replace_self(nodes.literal(name, name))


def setup(app):
    app.connect("doctree-read", leave_the_site)
