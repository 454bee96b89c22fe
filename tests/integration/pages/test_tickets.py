"""The barista's tickets: all of them fit, a double tap finishes one drink only, and what was done can be undone."""

import re

import pytest
from playwright.sync_api import Locator, expect

from simulator.probe.eventually import eventually
from tests.integration.pages.counter import Counter, card, column, move
from tests.integration.pages.scene import Scene, queued
from tests.integration.pages.windows import Device, Window

TABLET = Device((1180, 820))
PHONES = [Device((320, 640)), Device((360, 740), "es"), Device((740, 360))]
DOUBLE_TAP_MS = 120


def board(counter: Counter, device: Device = TABLET) -> Window:
    return counter.windows.open("barista", device, counter.shop.barista, shop=counter.shop.event_id)


def double_tap(tablet: Window, button: Locator) -> None:
    """Tap twice at the same place, whatever comes to stand there meanwhile."""
    expect(button).to_be_enabled()
    box = button.bounding_box()
    assert box
    place = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tablet.page.mouse.dblclick(*place, delay=DOUBLE_TAP_MS / 2)


def test_thirty_four_waiting_fit_a_tablet(scene: Scene) -> None:
    """Ordered straight into the queue: no workflow is needed to stand there."""
    counter = scene.counter(max_orders_in_queue=40)
    scene.lost_orders.in_queue(counter.shop.event_id, 34)
    tablet = board(counter)
    tickets = column(tablet, "Waiting").get_by_role("article")
    expect(tickets).to_have_count(34)
    for place in (0, 33):
        expect(tickets.nth(place)).to_be_in_viewport(ratio=1)
    assert not tablet.is_wider_than_its_screen()
    expect(tablet.page.get_by_role("list", name="To make in all")).to_contain_text(re.compile("34 . Flat White, Oat"))


def test_a_double_tap_on_complete_finishes_one_drink(scene: Scene) -> None:
    counter = scene.counter()
    queued(counter.shop, counter.customer, 3)
    tablet = board(counter)
    expect(column(tablet, "Waiting").get_by_role("article")).to_have_count(3)
    double_tap(tablet, card(tablet, 1).get_by_role("button", name="Complete"))
    expect(column(tablet, "Pick-up").get_by_role("article")).to_have_count(1)

    def look() -> None:  # the page shows a move before the bar has answered
        states = [order["orderState"] for order in counter.customer.my_orders()["orders"]]
        assert sorted(states) == ["COMPLETED", "SUBMITTED", "SUBMITTED"]

    eventually(look)


@pytest.mark.parametrize(
    ("done", "state"), [(("Make",), "SUBMITTED"), (("Make", "Complete"), "IN_PRODUCTION"), (("Complete",), "SUBMITTED")]
)
def test_one_touch_undoes_what_was_done_last(counter: Counter, done: tuple[str, ...], state: str) -> None:
    order_id = counter.shop.ordered(counter.customer)["orderId"]
    tablet = board(counter)
    for button in done:
        move(tablet, 1, button)
    tablet.press("Undo, order 1")
    eventually(lambda: _is(counter, order_id, state))
    expect(tablet.page.get_by_role("button", name="Undo, order 1")).to_have_count(0)


def _is(counter: Counter, order_id: str, state: str) -> None:
    assert counter.customer.order(order_id)["orderState"] == state


def test_a_finished_drink_is_called_back_and_its_customer_sees_it(counter: Counter) -> None:
    order_id = counter.shop.ordered(counter.customer)["orderId"]
    tablet, phone = board(counter), counter.phone_with(order_id)
    move(tablet, 1, "Complete")
    phone.shows("It is ready!")
    column(tablet, "Pick-up").get_by_role("button", name="Call back").click()
    expect(column(tablet, "In production")).to_contain_text("You are making it")
    phone.shows("Your drink is being made")
    move(tablet, 1, "Complete")
    phone.shows("It is ready!")


def test_a_drink_is_sold_out_by_the_card_and_there_again(counter: Counter) -> None:
    counter.shop.ordered(counter.customer)
    tablet = board(counter)
    card(tablet, 1).get_by_role("button", name="Mark Flat White as sold out").click()
    tablet.press("It is sold out")
    expect(card(tablet, 1)).to_contain_text("Sold out")
    menu = {item["drink"]: item["available"] for item in counter.customer.config(counter.shop.event_id)["menu"]}
    assert (menu["Flat White"], menu["Espresso"]) == (False, True)
    card(tablet, 1).get_by_role("button", name="Flat White is marked as sold out").click()
    tablet.press("It is there again")
    expect(card(tablet, 1)).not_to_contain_text("Sold out")


def test_closing_says_what_becomes_of_the_orders_and_opening_asks_nothing(counter: Counter) -> None:
    counter.shop.ordered(counter.customer)
    tablet = board(counter)
    expect(column(tablet, "Waiting")).to_contain_text("Flat White")
    tablet.press("Close the shop")
    question = tablet.page.get_by_role("alertdialog")
    expect(question).to_contain_text("One order is at the bar: it stays here, to be made or cancelled.")
    question.get_by_role("button", name="Close the shop").click()
    tablet.press("Open the shop")
    tablet.says("Open")
    expect(tablet.page.get_by_role("button", name="Close the shop")).to_be_visible()


@pytest.mark.parametrize("device", PHONES, ids=str)
def test_tickets_fit_on_a_phone(counter: Counter, device: Device) -> None:
    counter.shop.ordered(counter.customer)
    phone = board(counter, device)
    expect(phone.page.get_by_role("article").first).to_be_visible()
    assert not phone.is_wider_than_its_screen()
    assert phone.judge() == []
