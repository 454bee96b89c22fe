"""What the Markdown of the pages needs to become a book. It stays as GitHub shows it: all that only Sphinx understands
is added here, while it reads.
"""

import re
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

_STEP = re.compile(r"Step (\d+)")
_ELSEWHERE = re.compile(r"\]\((?=\.\./[^)]+\.md\))")
_OWN_COLOUR = re.compile(r"<style>.*?</style>\n?", re.DOTALL)
_SUMMARY = re.compile(r"<details><summary>(.*)</summary>\s*")
BEFORE_TRANSLATION = 10  # of Sphinx's priorities of transforms; messages are translated at 20


def add_order(app: Sphinx, page: str, source: list[str]) -> None:
    """Say on the first page which others there are: modules by their numbers, then the rest."""
    if page == app.config.root_doc:
        others = "\n".join(sorted(app.env.found_docs - {page}))  # digits sort before letters
        source[0] += f"\n```{{toctree}}\n:hidden:\n\n{others}\n```\n"


def bring_along(_app: Sphinx, _page: str, source: list[str]) -> None:
    """A document that is no page of the text is a file beside it, so that the link to it leads somewhere."""
    source[0] = _ELSEWHERE.sub("](path:", source[0])


class MarkSteps(SphinxTransform):
    """Give the section of each step a class such as `step-1a-2`, the same in every language."""

    default_priority = BEFORE_TRANSLATION

    def apply(self, **_: Any) -> None:
        """Mark those of the page that is read."""
        for section in self.document.findall(nodes.section):
            if found := _STEP.match(section[0].astext()):
                section["classes"].append(f"step-{self.env.docname}-{found[1]}")


class OpenSummaries(SphinxTransform):
    """Make what a `<summary>` says a paragraph, so that it is translated as any other."""

    default_priority = BEFORE_TRANSLATION

    def apply(self, **_: Any) -> None:
        """Open those of the page that is read."""
        for raw in list(self.document.findall(nodes.raw)):
            if found := _SUMMARY.fullmatch(raw.astext()):
                summary = nodes.paragraph(found[1], found[1])
                summary.source, summary.line = raw.source, raw.line
                raw.replace_self([_html("<details><summary>"), summary, _html("</summary>")])


class DrawPictures(SphinxPostTransform):
    """Put drawings into the page itself, so that they have the colour of its text, light or dark."""

    default_priority = BEFORE_TRANSLATION
    builders = ("html",)

    def run(self, **_: Any) -> None:
        """Put in those of the page that is written."""
        for image in list(self.document.findall(nodes.image)):
            if image["uri"].endswith(".svg"):
                image.replace_self(_html(_drawn(Path(self.env.srcdir) / image["uri"], image.get("alt", ""))))


def _drawn(path: Path, says: str) -> str:
    """The drawing without a colour of its own."""
    svg = _OWN_COLOUR.sub("", path.read_text(encoding="utf-8"))
    return svg.replace("<svg ", f'<svg class="drawing" role="img" aria-label="{escape(says)}" ', 1)


def _html(text: str) -> nodes.raw:
    return nodes.raw("", text, format="html")


def setup(app: Sphinx) -> dict[str, Any]:
    """Called by Sphinx."""
    app.connect("source-read", add_order)
    app.connect("source-read", bring_along)
    app.add_transform(MarkSteps)
    app.add_transform(OpenSummaries)
    app.add_post_transform(DrawPictures)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
