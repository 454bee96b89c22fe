"""Whose order and whose page it is, the bar decides; an address in the browser opens nothing."""

from simulator.probe.people import People, Person
from tests.integration.pages.counter import Counter
from tests.integration.pages.windows import PHONE


def test_a_strangers_order_is_not_there(counter: Counter, people: People) -> None:
    order_id = counter.shop.ordered(counter.customer)["orderId"]
    phone = counter.phone_with(order_id, whose=people.customer())
    phone.says("You have no such order")
    assert "Flat White" not in phone.page.locator("body").inner_text()


def test_who_is_not_signed_in_signs_in_first_whatever_the_address(counter: Counter) -> None:
    order_id = counter.shop.ordered(counter.customer)["orderId"]
    phone = counter.windows.open("order", PHONE, shop=counter.shop.event_id, screen=f"#/orders/{order_id}")
    phone.shows("Sign in")
    assert "Flat White" not in phone.page.locator("body").inner_text()


def test_a_customer_is_turned_away_from_the_baristas_pages(counter: Counter, customer: Person) -> None:
    counter.shop.ordered(customer)
    for name in ("barista", "display"):
        window = counter.windows.open(name, PHONE, customer, shop=counter.shop.event_id)
        window.shows("This page is for baristas")
        assert "Flat White" not in window.page.locator("body").inner_text()


def test_signing_out_takes_the_order_off_the_screen(counter: Counter) -> None:
    order_id = counter.shop.ordered(counter.customer)["orderId"]
    phone = counter.phone_with(order_id)
    phone.shows("You are in the queue")
    phone.press("Settings")
    phone.press("Sign out")
    phone.shows("Sign in")
    phone.page.reload()
    phone.shows("Sign in")
    assert "Flat White" not in phone.page.locator("body").inner_text()
