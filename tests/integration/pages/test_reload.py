"""A page that is loaded again is where it was: the bar is asked, nothing is remembered wrongly."""

from playwright.sync_api import expect

from simulator.probe.own_shops import OpenShop
from simulator.probe.people import Person
from simulator.probe.workflows import Workflows
from simulator.waiting import submit_when_ready, wait_for
from tests.integration.pages.backstage import entry, state
from tests.integration.pages.counter import Counter, choose, column, has_number, move, order_shown
from tests.integration.pages.windows import DESKTOP, Window, Windows


def shows_after_reload(window: Window, title: str) -> None:
    """The screen, before and after."""
    window.shows(title)
    window.page.reload()
    window.shows(title)


def test_the_order_page_comes_back_in_every_state(counter: Counter) -> None:
    barista = counter.shop.barista
    phone = counter.scanned()
    shows_after_reload(phone, "What would you like?")
    choose(phone, "Espresso")
    shows_after_reload(phone, "You are in the queue")
    order_id = order_shown(phone)
    barista.make(order_id)
    shows_after_reload(phone, "Your drink is being made")
    barista.complete(order_id)
    shows_after_reload(phone, "It is ready!")


def test_an_order_that_was_cancelled_is_still_cancelled_after_a_reload(counter: Counter) -> None:
    order_id = counter.shop.scan(counter.customer)
    counter.customer.cancel(order_id)
    shows_after_reload(counter.phone_with(order_id), "You cancelled this order")


def test_an_order_that_broke_is_still_broken_after_a_reload(counter: Counter, workflows: Workflows) -> None:
    order_id = counter.shop.ordered(counter.customer)["orderId"]
    workflows.abort(order_id)
    wait_for("the order to have failed", lambda: counter.customer.order(order_id)["orderState"] == "FAILED" or None)
    shows_after_reload(counter.phone_with(order_id), "Something broke on our side")


def test_an_order_whose_time_is_up_is_so_after_a_reload(
    windows: Windows, open_shop: OpenShop, customer: Person
) -> None:
    counter = Counter(windows, open_shop(customer_wait_seconds=1), customer)
    shows_after_reload(counter.scanned(), "Time is up")


def test_an_order_that_no_barista_made_in_time_is_so_after_a_reload(
    windows: Windows, open_shop: OpenShop, customer: Person
) -> None:
    counter = Counter(windows, open_shop(barista_wait_seconds=1), customer)
    order_id = counter.shop.scan(customer)
    submit_when_ready(customer, order_id, "Espresso")
    shows_after_reload(counter.phone_with(order_id), "Sorry, we did not get to it")


def test_loading_the_page_again_or_going_back_spends_no_second_drink(counter: Counter) -> None:
    left = counter.shop.lasting_bucket()["availableTokens"]
    phone = counter.scanned()
    phone.shows("What would you like?")
    phone.page.reload()
    phone.shows("What would you like?")
    phone.page.go_back()
    assert counter.shop.bucket()["availableTokens"] == left - 1


def test_the_page_without_an_address_leads_to_the_order_under_way(counter: Counter) -> None:
    counter.shop.ordered(counter.customer)
    counter.phone().shows("You are in the queue")


def test_the_barista_page_comes_back_with_each_order_in_its_column(counter: Counter) -> None:
    counter.shop.ordered(counter.customer)
    tablet = counter.tablet()
    for button, title in (("Make", "In production"), ("Complete", "Pick-up")):
        with tablet.page.expect_response("**/orders/*action=*"):  # the card moves before the bar has agreed
            move(tablet, 1, button)
        expect(column(tablet, title)).to_contain_text("Flat White")
        tablet.page.reload()
        expect(column(tablet, title)).to_contain_text("Flat White")


def test_q50_q51_the_display_comes_back_with_its_code_and_its_orders(counter: Counter) -> None:
    counter.shop.scan(counter.customer)  # an order without a drink is no reason to stop
    display = counter.display()
    expect(display.page.get_by_role("img", name="QR code")).to_be_visible()
    display.page.reload()
    expect(display.page.get_by_role("img", name="QR code")).to_be_visible()
    display.says("9 drinks left")
    expect(column(display, "Preparing")).to_contain_text("No order is waiting")


def test_q50_the_display_shows_what_was_ready_before_it_was_opened(counter: Counter) -> None:
    order_id = counter.shop.ordered(counter.customer)["orderId"]
    counter.shop.barista.complete(order_id)
    display = counter.display()
    has_number(display, "Ready", 1)
    display.page.reload()
    has_number(display, "Ready", 1)


def test_a_display_of_a_closed_shop_comes_back_closed_and_opens_with_it(counter: Counter) -> None:
    display, barista = counter.display(), counter.shop.barista
    barista.set_store(counter.shop.event_id, is_open=False)
    shows_after_reload(display, "We are closed")
    barista.set_store(counter.shop.event_id, is_open=True)
    expect(display.page.get_by_role("img", name="QR code")).to_be_visible()


def test_backstage_comes_back_to_the_execution_that_was_looked_at(counter: Counter) -> None:
    first, backstage = counter.shop.scan(counter.customer), counter.windows.open("backstage", DESKTOP)
    entry(backstage, first).click()
    counter.customer.cancel(first)
    expect(entry(backstage, first)).to_contain_text("SUCCEEDED")
    counter.shop.scan(counter.customer)  # a newer one is not led to
    backstage.page.reload()
    expect(entry(backstage, first)).to_have_attribute("aria-current", "true")
    expect(state(backstage, "Wait for the customer", "caught")).to_be_visible()
