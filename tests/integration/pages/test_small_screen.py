"""The whole life of an order on a screen of 360 pixels, by nothing but touch: all can be read, all can be reached."""

from playwright.sync_api import expect

from chalicelib.shop.model import MenuItem, ModifierGroup, menu_entries
from simulator.entrance import Entrance, new_address
from tests.integration.pages.counter import Counter, choose, order_shown, sign_in
from tests.integration.pages.windows import Device, Window

SMALL = Device((360, 640))


def fits(phone: Window, title: str) -> None:
    """Wait for the screen, which shows its title at once and never scrolls sideways."""
    phone.shows(title)
    expect(phone.page.get_by_role("heading", level=1)).to_be_in_viewport()
    assert not phone.is_wider_than_its_screen(), title


def test_the_whole_life_of_an_order_fits_on_a_small_phone(counter: Counter, way_in: Entrance) -> None:
    phone = counter.windows.open("order", SMALL, shop=counter.shop.event_id, screen=counter.scan_screen())
    fits(phone, "Sign in")
    sign_in(phone, way_in.mailbox, new_address())
    fits(phone, "What would you like?")
    choose(phone, "Flat White", "Oat")
    fits(phone, "You are in the queue")
    order_id = order_shown(phone)
    counter.shop.barista.make(order_id)
    fits(phone, "Your drink is being made")
    counter.shop.barista.complete(order_id)
    fits(phone, "It is ready!")
    phone.page.get_by_role("link", name="My orders").click()
    fits(phone, "My orders")
    phone.page.get_by_role("link", name="Flat White").click()
    fits(phone, "It is ready!")
    phone.press("Order another drink")
    fits(phone, "Scan the code")


def test_a_long_menu_and_long_names_fit_on_a_small_phone(counter: Counter) -> None:
    kinds = [f"Kind of milk number {number}" for number in range(8)]
    longest = MenuItem("e" * 64, "icon_flat_white", available=True, modifiers=(ModifierGroup("Milk", tuple(kinds)),))
    others = (MenuItem(f"Drink {number}", "unknown", available=True) for number in range(20))
    menu = menu_entries([longest, *others])
    counter.shop.barista.call("PUT", "/menu", {"menu": menu}, eventId=counter.shop.event_id)
    phone = counter.scanned()
    phone.shows("What would you like?")
    phone.page.get_by_role("radio", name="e" * 64).check()
    phone.page.get_by_role("radio", name=kinds[-1]).check()
    assert not phone.is_wider_than_its_screen()
    choose(phone, "e" * 64)
    fits(phone, "You are in the queue")
