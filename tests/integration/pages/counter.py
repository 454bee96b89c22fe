"""A shop, its customer and its barista with their pages: what most tests of the pages begin with."""

import secrets
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Locator, expect

from simulator.entrance import new_address
from simulator.mailbox import Mailbox
from simulator.probe.own_shops import OwnShop
from simulator.probe.people import Person
from simulator.screens.chromium import Camera
from simulator.sign_in import wait_for_code
from tests.integration.pages.windows import BIG_SCREEN, PHONE, TABLET, Device, Window, Windows


@dataclass(frozen=True)
class Counter:
    """One shop's pages, each opened by whom it is for."""

    windows: Windows
    shop: OwnShop
    customer: Person

    def phone(self, screen: str = "", *, whose: Person | None = None, device: Device = PHONE) -> Window:
        """The order page of a customer who is signed in."""
        return self.windows.open("order", device, whose or self.customer, shop=self.shop.event_id, screen=screen)

    def phone_with(self, order_id: str, *, whose: Person | None = None) -> Window:
        """The same, at one order."""
        return self.phone(order_screen(order_id), whose=whose)

    def scanned(self) -> Window:
        """The same, when the code on the display was scanned just now."""
        return self.phone(self.scan_screen())

    def scan_screen(self) -> str:
        """What the QR code on the display adds to the page's address."""
        return self.scan_screen_with(self.shop.bucket()["code"])

    def scan_screen_with(self, code: str) -> str:
        """The same, for a code of the shop's."""
        return "#/scan?" + urlencode({"eventId": self.shop.event_id, "token": code})

    def tablet(self, screen: str = "", *, whose: Person | None = None) -> Window:
        """The barista page."""
        return self.windows.open("barista", TABLET, whose or self.shop.barista, shop=self.shop.event_id, screen=screen)

    def display(self) -> Window:
        """The display page."""
        return self.windows.open("display", BIG_SCREEN, self.shop.barista, shop=self.shop.event_id)


def scan_by_camera(display: Window, camera: Camera, windows: Windows, mailbox: Mailbox) -> Window:
    """The phone of somebody new, who signs in and holds it before the display."""
    expect(display.page.get_by_role("img", name="QR code")).to_be_visible()
    camera.point_at(display.page)
    phone = windows.open("order", PHONE)
    sign_in(phone, mailbox, new_address())
    phone.press("Scan with the camera")
    return phone


def order_screen(order_id: str) -> str:
    """Where the order page shows the order."""
    return f"#/orders/{order_id}"


def order_shown(phone: Window) -> str:
    """The id of the order that the order page shows."""
    return urlsplit(phone.page.url).fragment.removeprefix("/orders/").partition("?")[0]


def sign_in(window: Window, mailbox: Mailbox, address: str) -> None:
    """Sign in as a person does: type the address, read the letter, type the code."""
    older = {message.message_id for message in mailbox.messages(address)}
    window.page.get_by_label("E-mail address").fill(address)
    window.press("Send me a code")
    window.page.get_by_label("Six-digit code").fill(wait_for_code(mailbox, address, older))


def new_number() -> str:
    """A phone number that nobody has yet."""
    return f"+34{600_000_000 + secrets.randbelow(100_000_000)}"


def ask_for_code_by_phone(window: Window, mailbox: Mailbox, number: str) -> str:
    """Ask for a code as a person does who gives a phone number nobody signed in with before; gives the code."""
    window.page.get_by_role("button", name="Phone", exact=True).click()
    window.page.get_by_label("Phone number").fill(number)
    window.press("Send me a code")
    window.shows("Enter your code")
    return wait_for_code(mailbox, number, set())


def choose(phone: Window, drink: str, *options: str) -> None:
    """Choose the drink, and have it so."""
    phone.shows("What would you like?")
    for name in (drink, *options):
        phone.page.get_by_role("radio", name=name, exact=True).check()
    phone.press(f"Order {drink}")


def cancel(phone: Window) -> None:
    """Cancel the order on the screen, and mean it."""
    phone.press("Cancel this order")
    phone.press("Cancel it")


def card(tablet: Window, number: int) -> Locator:
    """An order on the barista page."""
    return tablet.page.get_by_role("article", name=f"Order {number}", exact=True)


def move(tablet: Window, number: int, button: str) -> None:
    """Press a button on the card of an order."""
    card(tablet, number).get_by_role("button", name=button, exact=True).click()


def column(window: Window, title: str) -> Locator:
    """A column of orders, on the barista page or on the display."""
    return window.page.get_by_role("region", name=title)


def has_number(window: Window, title: str, number: int) -> None:
    """Wait until an order stands in the column on the display."""
    expect(column(window, title).get_by_role("listitem").filter(has_text=str(number))).to_be_visible()
