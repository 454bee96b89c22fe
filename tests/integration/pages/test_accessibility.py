"""Every screen of every page, light and dark: axe finds nothing serious, and nobody has to scroll sideways."""

import pytest
from playwright.sync_api import Locator, expect

from tests.integration.pages import walks_backstage, walks_of_baristas, walks_of_customers
from tests.integration.pages.album import Album
from tests.integration.pages.counter import Counter
from tests.integration.pages.looks import looks, wrong_with
from tests.integration.pages.scene import Scene, Walk
from tests.integration.pages.windows import Window

WALKS = (
    walks_of_customers.to_the_cup,
    walks_of_customers.refused,
    walks_of_customers.ended,
    walks_of_customers.too_slow,
    walks_of_baristas.at_the_board,
    walks_of_baristas.in_the_forms,
    walks_of_baristas.on_the_display,
    walks_backstage.through_the_sections,
    walks_backstage.without_a_bar,
)


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_every_screen_is_accessible_and_fits_in_light_and_dark(walk: Walk, scene: Scene, album: Album) -> None:
    found = {}
    for view in walk(scene):
        for look in looks(view.window):
            view.is_seen()
            album.keep(f"{view.name}-{look}", view.window.page)
            found[f"{view.name}-{look}"] = wrong_with(view.window)
            view.is_seen()  # nothing else came while the picture was taken
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_an_order_needs_no_mouse(counter: Counter) -> None:
    phone = counter.scanned()
    phone.shows("What would you like?")
    page = phone.page
    tab_to(phone, page.get_by_role("radio", name="Flat White", exact=True))
    page.keyboard.press("Space")
    tab_to(phone, page.get_by_role("radio", name="Regular", exact=True))
    page.keyboard.press("ArrowDown")
    tab_to(phone, page.get_by_role("button", name="Order Flat White", exact=True))
    page.keyboard.press("Enter")
    phone.shows("You are in the queue")
    phone.says("Oat")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def tab_to(phone: Window, target: Locator) -> None:
    """Go there with the key that does."""
    expect(target).to_be_visible()
    for _ in range(30):
        phone.page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not come to {target}")
