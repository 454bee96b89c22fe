"""The pages in a real browser in another network: a display, a tablet and a phone, with TLS and without."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local_cloud.free_port import free_port
from playwright.sync_api import expect

from gate.room import Room
from simulator.entrance import new_address
from simulator.outputs import Outputs
from simulator.probe.own_shops import OwnShop
from simulator.probe.people import Person
from simulator.screens.chromium import Camera, chromium
from tests.integration.pages.counter import Counter, card, choose, has_number, move
from tests.integration.pages.pushed import is_live
from tests.integration.pages.windows import PHONE, Window, Windows
from tests.integration.room.another_network import Network
from tests.integration.room.gate_process import OpenGate, open_gate


@contextmanager
def windows_there(gate: OpenGate, camera: Camera | None = None) -> Iterator[Windows]:
    """A browser in whose namespace the caller is; whatever its pages ask of anybody but the gate is a fault."""
    with chromium(camera, reaching=gate.room.address) as browser:
        windows = Windows(browser, gate.room.origin, trusting=True)
        yield windows
        windows.close()
        assert windows.faults == []


def sign_in(window: Window) -> None:
    """Sign in as a person does, with the letter that the page shows to this browser."""
    window.page.get_by_label("E-mail address").fill(new_address())
    window.press("Send me a code")
    window.press("Show me the letter")
    window.page.get_by_role("button", name=re.compile(r"Use code \d{6}")).click()


def test_a_room_scans_the_display_and_orders(
    network: Network, bar: Outputs, tmp_path: Path, shop: OwnShop, customer: Person
) -> None:
    camera = Camera(tmp_path / "film.mjpeg")
    with open_gate(Room(network.here, free_port()), bar, tmp_path / "room") as gate:

        def room() -> None:
            with windows_there(gate, camera) as windows:
                counter = Counter(windows, shop, customer)
                display, tablet = counter.display(), counter.tablet()
                expect(display.page.get_by_role("img", name="QR code")).to_be_visible()
                leads_into_the_room(display)
                camera.point_at(display.page)
                phone = windows.open("order", PHONE)
                sign_in(phone)
                phone.press("Scan with the camera")
                serve(phone, tablet, display)

        network.from_there(room)


def test_without_tls_the_phones_own_camera_opens_the_link(
    network: Network, bar: Outputs, tmp_path: Path, shop: OwnShop, customer: Person
) -> None:
    with open_gate(Room(network.here, free_port(), is_plain=True), bar, tmp_path / "room") as gate:

        def room() -> None:
            with windows_there(gate) as windows:
                counter = Counter(windows, shop, customer)
                phone = windows.open("order", PHONE, screen=counter.scan_screen_with(code))
                assert phone.page.evaluate("window.isSecureContext") is False
                sign_in(phone)
                serve(phone, counter.tablet(), counter.display())

        code = shop.bucket()["code"]
        network.from_there(room)


def serve(phone: Window, tablet: Window, display: Window) -> None:
    """From the menu to the cup, and to how it was made."""
    choose(phone, "Flat White", "Oat")
    phone.shows("You are in the queue")
    for window in (display, tablet, phone):
        is_live(window)
    expect(card(tablet, 1)).to_contain_text("Oat")
    move(tablet, 1, "Make")
    phone.shows("Your drink is being made")
    move(tablet, 1, "Complete")
    phone.shows("It is ready!")
    has_number(display, "Ready", 1)
    with phone.context.expect_page() as opened:
        phone.press("See how it was made")
    expect(opened.value.locator("body")).to_contain_text("Flat White")
    assert "/journeys/" in opened.value.url


def leads_into_the_room(display: Window) -> None:
    """Both the code and the link below it."""
    links = [link.get_attribute("href") for link in display.page.locator("a[href*=token]").all()]
    assert links
    assert [
        link for link in links if not str(link).startswith(f"{display.page.evaluate('location.origin')}/order/")
    ] == []
