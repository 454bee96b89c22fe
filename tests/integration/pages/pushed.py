"""Whether a page is told of changes: it says that it listens, and from then on it can read no list any more.

A page catches up by reading lists. One that cannot still shows what happens if the bar tells it: what news is about, a
page reads by its id.
"""

import re

from playwright.sync_api import expect

from tests.integration.pages.windows import Window

LISTS = re.compile(r"/(myOrders|orders)(\?|$)")


def is_live(window: Window) -> None:
    """Wait until the page says that it hears the bar."""
    expect(window.page.get_by_text("Live", exact=True)).to_be_visible()


def only_told(window: Window) -> None:
    """Wait until the page hears the bar; from then on it knows of changes only by being told."""
    is_live(window)
    window.page.route(LISTS, lambda route: route.abort())
