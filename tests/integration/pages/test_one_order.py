"""One order, with all four pages open, as its people see it."""

from playwright.sync_api import expect

from simulator.entrance import Entrance
from simulator.screens.chromium import Camera
from tests.integration.pages.counter import (
    Counter,
    card,
    choose,
    column,
    has_number,
    move,
    order_shown,
    scan_by_camera,
)
from tests.integration.pages.pushed import is_live, only_told
from tests.integration.pages.windows import DESKTOP


def test_q44_q47_q48_q50_an_order_goes_from_the_code_on_the_display_to_the_cup(
    counter: Counter, way_in: Entrance, camera: Camera
) -> None:
    display, tablet = counter.display(), counter.tablet()
    backstage = counter.windows.open("backstage", DESKTOP)
    phone = scan_by_camera(display, camera, counter.windows, way_in.mailbox)
    choose(phone, "Flat White", "Oat")
    phone.shows("You are in the queue")
    for window in (display, tablet, phone):
        is_live(window)
    display.says("9 drinks left")
    has_number(display, "Preparing", 1)
    expect(card(tablet, 1)).to_contain_text("Flat White")
    expect(card(tablet, 1)).to_contain_text("Oat")

    move(tablet, 1, "Make")
    phone.shows("Your drink is being made")
    expect(column(display, "Preparing")).to_contain_text("being made")

    move(tablet, 1, "Complete")
    phone.shows("It is ready!")
    has_number(display, "Ready", 1)
    expect(column(tablet, "Pick-up")).to_contain_text("Flat White")
    expect(phone.page.get_by_role("alert").filter(has_text="Collect number 1 at the counter")).to_be_attached()

    newest = backstage.page.get_by_role("list", name="Newest executions")
    expect(newest.get_by_role("link").filter(has_text=order_shown(phone))).to_contain_text("SUCCEEDED")


def test_each_page_is_told_of_every_change_and_needs_to_read_no_list(counter: Counter) -> None:
    display, tablet, phone = counter.display(), counter.tablet(), counter.scanned()
    expect(column(display, "Preparing")).to_contain_text("No order is waiting")
    expect(column(tablet, "Waiting")).to_contain_text("Nobody is waiting.")
    phone.shows("What would you like?")
    for window in (display, tablet, phone):
        only_told(window)

    choose(phone, "Flat White", "Oat")
    phone.shows("You are in the queue")
    expect(phone.page.get_by_text("Order number")).to_be_visible()
    has_number(display, "Preparing", 1)
    expect(column(tablet, "Waiting")).to_contain_text("Oat")

    order_id = order_shown(phone)
    counter.shop.barista.make(order_id)
    phone.shows("Your drink is being made")
    expect(column(display, "Preparing")).to_contain_text("being made")
    expect(column(tablet, "In production")).to_contain_text("Oat")

    counter.shop.barista.complete(order_id)
    phone.shows("It is ready!")
    has_number(display, "Ready", 1)
    expect(column(tablet, "Pick-up")).to_contain_text("Oat")


def test_the_story_of_an_order_opens_in_a_tab_of_its_own(counter: Counter) -> None:
    order_id = counter.shop.ordered(counter.customer)["orderId"]
    counter.shop.barista.complete(order_id)
    phone = counter.phone_with(order_id)
    with phone.context.expect_page() as opened:
        phone.press("See how it was made")
    expect(opened.value.get_by_role("heading").first).to_be_visible()
    expect(opened.value.locator("body")).to_contain_text("Flat White")


def test_a_code_can_be_typed(counter: Counter) -> None:
    phone = counter.phone("#/scan")
    phone.page.get_by_text("Enter the code by hand").click()
    phone.page.get_by_label("Code, or the whole link").fill(counter.shop.bucket()["code"])
    phone.press("Use this code")
    phone.shows("What would you like?")
