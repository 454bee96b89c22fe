"""Every screen of the barista page and of the display."""

from collections.abc import Iterator

from playwright.sync_api import expect

from tests.integration.pages.counter import card, column, has_number, move
from tests.integration.pages.scene import Scene, View, queued, view
from tests.integration.pages.windows import BIG_SCREEN, PHONE, TABLET

PLACES = (("Pick-up", 1), ("In production", 2), ("In production", 3), ("Waiting", 4), ("Waiting", 5))


def at_the_board(scene: Scene) -> Iterator[View]:
    """Orders in all columns."""
    counter = scene.counter()
    tablet = counter.tablet()
    yield view("barista-board-empty", tablet, tablet.page.get_by_text("Nobody is waiting."))
    one, other = counter.shop.barista, scene.people.barista()
    ready, mine, anothers, *_ = queued(counter.shop, counter.customer, 5)
    one.complete(ready)
    one.make(mine)
    other.make(anothers)
    expect(card(tablet, 3)).to_contain_text("Another barista is making it")
    placed = [
        column(tablet, title).get_by_role("article", name=f"Order {number}", exact=True) for title, number in PLACES
    ]
    yield view("barista-board", tablet, *placed)
    move(tablet, 4, "Cancel")
    yield view("barista-cancel", tablet, tablet.page.get_by_role("alertdialog"))
    tablet.press("Leave it")
    tablet.page.get_by_role("link", name="Figures").click()
    yield view("barista-insights", tablet, "Today in figures", tablet.page.get_by_text("5 orders."))
    phone = scene.windows.open("barista", PHONE, one, shop=counter.shop.event_id)
    yield view("barista-board-phone", phone, card(phone, 4))


def in_the_forms(scene: Scene) -> Iterator[View]:
    """Menu and limits; and the page for whom it is not."""
    counter = scene.counter()
    tablet = counter.tablet("#/menu")
    tablet.shows("Menu")
    tablet.press("Change Flat White")
    name = tablet.page.get_by_label("Name")
    expect(name).to_have_value("Flat White")
    yield view("barista-menu", tablet, "Menu", name)
    tablet.page.get_by_role("link", name="Limits").click()
    yield view("barista-limits", tablet, "Limits", tablet.page.get_by_label("Drinks per code"))
    tablet = scene.windows.open("barista", TABLET, counter.customer)
    yield view("barista-turned-away", tablet, "This page is for baristas")


def on_the_display(scene: Scene) -> Iterator[View]:
    """What all see."""
    counter = scene.counter()
    display = scene.windows.open("display", BIG_SCREEN, shop=counter.shop.event_id)
    yield view("display-sign-in", display, "Sign in")
    display = counter.display()
    code = display.page.get_by_role("img", name="QR code")
    yield view("display-quiet", display, code)
    barista = counter.shop.barista
    ready, making, *_ = queued(counter.shop, counter.customer, 4)
    barista.complete(ready)
    barista.make(making)
    has_number(display, "Ready", 1)
    has_number(display, "Preparing", 4)
    expect(display.page.get_by_text("being made")).to_be_attached()
    yield view("display", display, code, display.page.get_by_text("A drink takes about"))
    # Not by scanning what is left: five minutes may end meanwhile, and the next code has all of its drinks.
    barista.call("PUT", "/limits", {"drinksPerBarcode": 0}, eventId=counter.shop.event_id)
    yield view("display-taken", display, display.page.get_by_text("All drinks of this code are taken"))
    barista.set_store(counter.shop.event_id, is_open=False)
    yield view("display-closed", display, "We are closed")
