"""Every screen of the barista page and of the display."""

from collections.abc import Iterator

from playwright.sync_api import expect

from tests.integration.pages.counter import card, has_number, move
from tests.integration.pages.scene import Scene, queued
from tests.integration.pages.windows import BIG_SCREEN, PHONE, TABLET, Window


def at_the_board(scene: Scene) -> Iterator[tuple[str, Window]]:
    """Orders in all columns."""
    counter = scene.counter()
    tablet = counter.tablet()
    expect(tablet.page.get_by_text("Nobody is waiting.")).to_be_visible()
    yield "barista-board-empty", tablet
    one, other = counter.shop.barista, scene.people.barista()
    ready, mine, anothers, *_ = queued(counter.shop, counter.customer, 5)
    one.complete(ready)
    one.make(mine)
    other.make(anothers)
    for number in range(1, 6):
        expect(card(tablet, number)).to_be_visible()
    expect(card(tablet, 3)).to_contain_text("Another barista is making it")
    yield "barista-board", tablet
    move(tablet, 4, "Cancel")
    expect(tablet.page.get_by_role("alertdialog")).to_be_visible()
    yield "barista-cancel", tablet
    tablet.press("Leave it")
    tablet.page.get_by_role("link", name="Figures").click()
    tablet.shows("Today in figures")
    expect(tablet.page.get_by_text("5 orders.")).to_be_visible()
    yield "barista-insights", tablet
    phone = scene.windows.open("barista", PHONE, one, shop=counter.shop.event_id)
    expect(card(phone, 4)).to_be_visible()
    yield "barista-board-phone", phone


def in_the_forms(scene: Scene) -> Iterator[tuple[str, Window]]:
    """Menu and limits; and the page for whom it is not."""
    counter = scene.counter()
    tablet = counter.tablet("#/menu")
    tablet.shows("Menu")
    tablet.press("Change Flat White")
    expect(tablet.page.get_by_label("Name")).to_have_value("Flat White")
    yield "barista-menu", tablet
    tablet.page.get_by_role("link", name="Limits").click()
    tablet.shows("Limits")
    yield "barista-limits", tablet
    tablet = scene.windows.open("barista", TABLET, counter.customer)
    tablet.shows("This page is for baristas")
    yield "barista-turned-away", tablet


def on_the_display(scene: Scene) -> Iterator[tuple[str, Window]]:
    """What all see."""
    counter = scene.counter(drinks_per_barcode=5)
    display = scene.windows.open("display", BIG_SCREEN, shop=counter.shop.event_id)
    display.shows("Sign in")
    yield "display-sign-in", display
    display = counter.display()
    expect(display.page.get_by_role("img", name="QR code")).to_be_visible()
    yield "display-quiet", display
    barista = counter.shop.barista
    ready, making, *_ = queued(counter.shop, counter.customer, 4)
    barista.complete(ready)
    barista.make(making)
    has_number(display, "Ready", 1)
    has_number(display, "Preparing", 4)
    expect(display.page.get_by_text("being made")).to_be_attached()
    expect(display.page.get_by_text("A drink takes about")).to_be_visible()
    yield "display", display
    counter.shop.scan(counter.customer)
    expect(display.page.get_by_text("All drinks of this code are taken")).to_be_visible()
    yield "display-taken", display
    barista.set_store(counter.shop.event_id, is_open=False)
    display.shows("We are closed")
    yield "display-closed", display
