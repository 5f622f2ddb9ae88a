"""Do the links of the manual lead somewhere?"""
import re
import unittest

from manual import DOCS, ROOT, anchors, pages, prose

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def broken(page):
    """Links of a page that lead nowhere, as "target: why"."""
    for target in LINK.findall(prose(page.read_text())):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        if not path.exists():
            yield f"{target}: no such file"
        elif ROOT not in (path, *path.parents):
            yield f"{target}: outside the repository"
        elif anchor and anchor not in anchors(path.read_text()):
            yield f"{target}: no such heading"


class Links(unittest.TestCase):
    def test_every_relative_link_leads_to_a_file_and_heading(self):
        n_links = 0
        for page in pages():
            n_links += len(LINK.findall(page.read_text()))
            with self.subTest(page.relative_to(ROOT)):
                self.assertEqual(list(broken(page)), [])
        self.assertGreater(n_links, 60)

    def test_every_picture_is_shown_somewhere(self):
        shown = "".join(page.read_text() for page in pages())
        for picture in (DOCS / "figures").rglob("*.svg"):
            name = picture.relative_to(DOCS)
            self.assertIn(f"{name})", shown)

    def test_every_page_is_in_the_site(self):
        index = (DOCS / "index.md").read_text()
        for page in DOCS.rglob("*.md"):
            name = str(page.relative_to(DOCS).with_suffix(""))
            listed = (name in index.split() or name == "index"
                      or name.startswith(("decisions/", "methods/")))
            self.assertTrue(listed, f"{name} is not in docs/index.md")

    def test_a_broken_link_is_found(self):
        self.assertIsNotNone(LINK.search("see [a](b.md#c), d"))
        self.assertEqual(anchors("# A b: `c`, d\n"), {"a-b-c-d"})


if __name__ == "__main__":
    unittest.main()
