"""A network that goes and comes: each page says so, and is right again afterwards."""

import boto3
import pytest
from playwright.sync_api import expect

from simulator.outputs import Outputs
from simulator.probe.eventually import eventually
from simulator.probe.lines import Lines
from tests.integration.pages.counter import Counter, card, choose, column, has_number, move
from tests.integration.pages.pushed import is_live, only_told


@pytest.fixture
def lines(aws: boto3.Session, bar: Outputs) -> Lines:
    return Lines(aws, bar)


def test_a_phone_that_was_out_of_reach_shows_what_happened_meanwhile(counter: Counter) -> None:
    order_id = counter.shop.ordered(counter.customer)["orderId"]
    phone = counter.phone_with(order_id)
    phone.shows("You are in the queue")
    phone.context.set_offline(True)
    phone.says("No connection to the bar.")
    counter.shop.barista.make(order_id)
    counter.shop.barista.complete(order_id)
    phone.context.set_offline(False)
    phone.shows("It is ready!")
    expect(phone.page.get_by_text("No connection to the bar.")).to_have_count(0)


def test_a_machine_without_any_network_hears_the_bar_that_runs_on_it(counter: Counter) -> None:
    order_id = counter.shop.ordered(counter.customer)["orderId"]
    phone, tablet = counter.phone_with(order_id), counter.tablet()
    for window in (phone, tablet):
        window.page.add_init_script("Object.defineProperty(navigator, 'onLine', { get: () => false })")
        window.page.reload()
        only_told(window)
        expect(window.page.get_by_text("No connection to the bar.")).to_have_count(0)
    move(tablet, 1, "Make")
    phone.shows("Your drink is being made")


def test_a_choice_made_out_of_reach_is_kept_and_can_be_sent_afterwards(counter: Counter) -> None:
    phone = counter.scanned()
    phone.page.get_by_role("radio", name="Espresso", exact=True).check()
    phone.context.set_offline(True)
    phone.press("Order Espresso")
    phone.says("The bar does not answer.")
    phone.context.set_offline(False)
    choose(phone, "Espresso")
    phone.shows("You are in the queue")


def test_a_code_scanned_out_of_reach_can_be_tried_again_and_makes_one_order(counter: Counter) -> None:
    screen = counter.scan_screen()
    phone = counter.phone("#/scan")
    phone.shows("Scan the code")
    phone.context.set_offline(True)
    phone.page.evaluate("screen => (location.hash = screen)", screen)
    phone.shows("The bar does not answer")
    phone.context.set_offline(False)
    phone.press("Try again")
    phone.shows("What would you like?")
    assert len(counter.customer.my_orders()["orders"]) == 1


def test_the_barista_page_shows_what_happened_while_it_was_out_of_reach(counter: Counter) -> None:
    tablet = counter.tablet()
    expect(column(tablet, "Waiting")).to_contain_text("Nobody is waiting.")
    tablet.context.set_offline(True)
    tablet.says("No connection to the bar.")
    counter.shop.ordered(counter.customer)
    tablet.context.set_offline(False)
    expect(card(tablet, 1)).to_be_visible()
    expect(tablet.page.get_by_text("No connection to the bar.")).to_have_count(0)


def test_the_display_hides_a_code_that_it_cannot_vouch_for_and_shows_it_again(counter: Counter) -> None:
    display = counter.display()
    code = display.page.get_by_role("img", name="QR code")
    expect(code).to_be_visible()
    display.context.set_offline(True)
    expect(code).to_have_count(0)
    counter.shop.ordered(counter.customer)
    display.context.set_offline(False)
    expect(code).to_be_visible()
    has_number(display, "Preparing", 1)


def test_a_page_whose_connection_the_bar_closes_comes_back_by_itself_and_is_told_again(
    counter: Counter, lines: Lines
) -> None:
    order_id = counter.shop.ordered(counter.customer)["orderId"]
    phone = counter.phone_with(order_id)
    phone.shows("You are in the queue")
    is_live(phone)
    (before,) = lines.open_at(counter.shop.event_id)
    lines.close(before)

    def is_back() -> None:
        ids = [line["connectionId"] for line in lines.open_at(counter.shop.event_id)]
        assert ids
        assert before["connectionId"] not in ids

    eventually(is_back)
    only_told(phone)
    counter.shop.barista.make(order_id)
    phone.shows("Your drink is being made")
