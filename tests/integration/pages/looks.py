"""A page in light and in dark, and what is wrong with it as it looks now."""

import re
from collections.abc import Iterator

from playwright.sync_api import expect

from tests.integration.pages.windows import Window

LOOKS = ("light", "dark")
CONNECTING = re.compile("Connecting …|Conectando …")


def looks(window: Window) -> Iterator[str]:
    """Each look's name, while the page looks so; light again afterwards."""
    for look in LOOKS:
        wear(window, look)
        yield look
    wear(window, LOOKS[0])


def wear(window: Window, look: str) -> None:
    """Have the page look so, as its machine's setting says, and come to rest."""
    window.page.emulate_media(color_scheme="dark" if look == "dark" else "light")
    expect(window.page.locator("html")).to_have_attribute("data-theme", look)
    expect(window.page.get_by_text(CONNECTING)).to_have_count(0)


def wrong_with(window: Window) -> list[str]:
    """What is wrong with the screen as it looks now."""
    return [*window.judge(), *(["scrolls sideways"] if window.is_wider_than_its_screen() else [])]
