"""A page that somebody watches: when was something pressed in it, and when was something first to be seen?

Both are asked of the browser, whose clock all its windows share, so that nothing of the questioner's own is measured.
"""

from dataclasses import dataclass
from typing import cast

from playwright.sync_api import Page, expect

# The capture phase comes first: before the page itself knows of the click.
_NOTE_CLICKS = "addEventListener('click', () => { window.lastClick = Date.now() }, true)"

# A heading is seen when the browser draws the frame that it is in.
_NOTE_HEADINGS = """() => {
  window.seen = {}
  const note = () => {
    const title = document.querySelector('h1')?.textContent.trim()
    if (title && !(title in window.seen)) requestAnimationFrame(() => { window.seen[title] ??= Date.now() })
  }
  new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true })
}"""

_FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"

# Before its script runs, a page shows a header and nothing else.
_AT_WORK = "() => document.querySelector('main') && performance.now()"


@dataclass(frozen=True)
class Watched:
    """A page that is open; times are ms since 1970."""

    page: Page

    def start(self) -> None:
        """From now on, clicks and headings are noted; headings that were noted before are forgotten."""
        self.page.evaluate(_NOTE_CLICKS)
        self.page.evaluate(_NOTE_HEADINGS)

    def go(self, address: str) -> None:
        """Show another screen of the same page, or another page."""
        self.page.goto(address)

    def shows(self, title: str) -> None:
        """Wait until this is the heading."""
        expect(self.page.get_by_role("heading", level=1, name=title, exact=True)).to_be_visible()

    def pressed_at(self) -> float:
        """When something was pressed last."""
        return cast("float", self.page.evaluate("window.lastClick"))

    def seen_at(self, title: str) -> float:
        """When this heading was first to be seen; waits until it is."""
        return cast("float", self.page.wait_for_function("title => window.seen[title]", arg=title).json_value())


def first_paint_ms(page: Page) -> float:
    """Milliseconds from the request for the page until its first content was drawn; waits until it is."""
    return cast("float", page.wait_for_function(_FIRST_PAINT).json_value())


def at_work_ms(page: Page) -> float:
    """Milliseconds from the request for the page until its script put the main part there; ask while it opens."""
    return cast("float", page.wait_for_function(_AT_WORK).json_value())
