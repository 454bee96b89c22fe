"""Signing in on a page, by the ways that a person has."""

from simulator.entrance import Entrance
from tests.integration.pages.counter import Counter, ask_for_code_by_phone, new_number
from tests.integration.pages.windows import PHONE


def test_a_customer_signs_in_with_a_code_that_comes_as_a_text_message_and_orders(
    counter: Counter, way_in: Entrance
) -> None:
    phone = counter.windows.open("order", PHONE, shop=counter.shop.event_id, screen=counter.scan_screen())
    number = new_number()
    phone.page.get_by_label("Six-digit code").fill(ask_for_code_by_phone(phone, way_in.mailbox, number))
    phone.shows("What would you like?")
    phone.press("Settings")
    phone.says(number)


def test_a_wrong_code_is_said_to_be_wrong_and_the_right_one_still_signs_in(counter: Counter, way_in: Entrance) -> None:
    phone = counter.windows.open("order", PHONE, shop=counter.shop.event_id)
    number = new_number()
    code = ask_for_code_by_phone(phone, way_in.mailbox, number)
    field = phone.page.get_by_label("Six-digit code")
    field.fill(f"{(int(code) + 1) % 1_000_000:06}")
    phone.says("That is not the code. 2 more tries.")
    field.fill(code)
    phone.shows("Scan the code")
