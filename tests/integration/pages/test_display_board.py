"""The display at all its sizes: no ready number is hidden or broken, a full bar says so, and a ready drink is a joy."""

import re

import pytest
from playwright.sync_api import expect

from tests.integration.pages.counter import column
from tests.integration.pages.scene import Scene, queued
from tests.integration.pages.windows import Device

SCREENS = [Device((1920, 1080)), Device((1080, 1920)), Device((1280, 720), "es")]
READY = {"en": "Ready", "es": "Listos"}


@pytest.mark.parametrize("device", SCREENS, ids=str)
def test_all_ready_numbers_are_seen_whole_with_their_drinks(scene: Scene, device: Device) -> None:
    counter = scene.counter()
    scene.lost_orders.in_queue(counter.shop.event_id, 22, state="COMPLETED", first_number=119)
    display = scene.windows.open("display", device, counter.shop.barista, shop=counter.shop.event_id)
    numbers = column(display, READY[device.language]).get_by_role("listitem")
    expect(numbers).to_have_count(22)
    for place in range(22):
        expect(numbers.nth(place)).to_be_in_viewport(ratio=1)
        expect(numbers.nth(place)).to_contain_text("Flat White")
    number = numbers.get_by_text("130", exact=True)
    font_size = number.evaluate("element => parseFloat(getComputedStyle(element).fontSize)")
    box = number.bounding_box()
    assert box
    assert box["height"] < 2 * font_size  # in one line
    assert not display.is_wider_than_its_screen()
    assert display.judge() == []


def test_a_full_bar_says_so_and_its_code_goes_until_there_is_room(scene: Scene) -> None:
    counter = scene.counter(max_orders_in_queue=1)
    display = counter.display()
    expect(display.page.get_by_role("img", name="QR code")).to_be_visible()
    (order_id,) = queued(counter.shop, counter.customer, 1)
    display.shows("Bar full")
    expect(display.page.get_by_role("img", name="QR code")).to_have_count(0)
    counter.shop.barista.complete(order_id)
    display.shows("Scan to order")
    expect(display.page.get_by_role("img", name="QR code")).to_be_visible()


def test_a_drink_that_is_ready_is_a_joy_also_where_nothing_may_move(scene: Scene) -> None:
    """Every window of these tests asks for reduced motion."""
    counter = scene.counter()
    display = counter.display()
    (order_id,) = queued(counter.shop, counter.customer, 1)
    expect(column(display, "Preparing")).to_contain_text("Flat White")
    counter.shop.barista.complete(order_id)
    joy = display.page.get_by_text(re.compile("Number 1 is ready!"))
    expect(joy).to_be_visible()
    expect(joy).to_contain_text("Flat White")
    expect(joy).to_have_count(0)
    expect(column(display, "Ready")).to_contain_text("Flat White")


def test_the_estimate_grows_with_the_queue(scene: Scene) -> None:
    counter = scene.counter()
    shop = counter.shop.event_id
    scene.lost_orders.in_queue(shop, 5, state="COMPLETED", first_number=1, apart_s=60)
    display = counter.display()
    display.says("A drink takes about 1 minute")
    scene.lost_orders.in_queue(shop, 4, first_number=6)
    display.page.reload()
    display.says("A drink takes about 5 minutes")
