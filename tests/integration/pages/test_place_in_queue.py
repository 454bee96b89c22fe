"""A customer's phone: the place in the queue, a notice for who does not look, and a code that survives a reload."""

import pytest
from playwright.sync_api import expect

from simulator.entrance import Entrance, new_address
from simulator.probe.people import People
from simulator.sign_in import wait_for_code
from tests.integration.pages.counter import Counter, choose
from tests.integration.pages.scene import Scene
from tests.integration.pages.windows import Device, Window

PHONES = [Device((320, 640)), Device((360, 740)), Device((740, 360))]
# What the page shows with the phone's own means, kept instead of shown.
KEEP_NOTICES = """
  window.notices = []
  window.Notification = class {
    static permission = 'default'
    static async requestPermission() { return (window.Notification.permission = 'granted') }
    constructor(title) { window.notices.push(title) }
  }
"""
# Chrome on Android: the constructor is there, and throws. Where there are no windows a worker may show nothing either.
ONLY_BY_WORKERS = (
    KEEP_NOTICES.replace("window.notices.push(title)", "throw new TypeError('Illegal constructor')")
    + """
  ServiceWorkerRegistration.prototype.showNotification = async function (title) {
    if (this.active) window.notices.push(title)
  }
"""
)
LOOK_AWAY = "Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true})"


def test_the_place_in_the_queue_moves_up_as_drinks_are_ready(counter: Counter, people: People) -> None:
    before = [counter.shop.ordered(people.customer())["orderId"] for _ in range(2)]
    order_id = counter.shop.ordered(counter.customer)["orderId"]
    phone = counter.phone_with(order_id)
    phone.says("2 orders are before yours.")
    counter.shop.barista.complete(before[0])
    phone.says("One order is before yours.")
    phone.says("Ready in about")
    counter.shop.barista.complete(before[1])
    phone.says("You are next.")


@pytest.mark.parametrize("device", PHONES, ids=str)
def test_the_place_fits_on_each_phone(scene: Scene, device: Device) -> None:
    counter = scene.counter()
    counter.shop.ordered(counter.customer)
    phone = counter.phone(device=device)
    phone.says("You are next.")
    assert not phone.is_wider_than_its_screen()
    assert phone.judge() == []


def test_who_looks_elsewhere_is_told_by_a_notice_that_was_asked_for_once(counter: Counter) -> None:
    phone = counter.scanned()
    phone.context.add_init_script(KEEP_NOTICES)
    phone.page.reload()
    expect(phone.page.get_by_role("button", name="Tell me")).to_have_count(0)
    choose(phone, "Flat White")
    phone.press("Tell me")
    expect(phone.page.get_by_role("button", name="Tell me")).to_have_count(0)
    phone.says("Order number")
    (order,) = counter.customer.my_orders()["orders"]
    phone.page.evaluate(LOOK_AWAY)
    counter.shop.barista.complete(order["orderId"])
    phone.shows("It is ready!")
    assert phone.page.evaluate("window.notices") == ["Your drink is ready. Collect number 1 at the counter."]


def test_a_phone_that_takes_notices_from_a_worker_only_shows_them_too(counter: Counter) -> None:
    phone = counter.scanned()
    phone.context.add_init_script(ONLY_BY_WORKERS)
    phone.page.reload()
    choose(phone, "Flat White")
    phone.press("Tell me")
    phone.says("Order number")
    (order,) = counter.customer.my_orders()["orders"]
    phone.page.evaluate(LOOK_AWAY)
    counter.shop.barista.complete(order["orderId"])
    phone.page.wait_for_function("window.notices.length")
    assert phone.page.evaluate("window.notices") == ["Your drink is ready. Collect number 1 at the counter."]


def test_a_drink_comes_with_the_first_answer_unless_another_is_picked(counter: Counter) -> None:
    phone = counter.scanned()
    phone.page.get_by_role("radio", name="Flat White", exact=True).check()
    expect(phone.page.get_by_role("radio", name="Regular", exact=True)).to_be_checked()
    expect(phone.page.get_by_text("As it comes")).to_have_count(0)
    choose(phone, "Flat White")
    phone.says("Regular")


def test_a_reload_while_the_code_is_awaited_loses_nothing(counter: Counter, way_in: Entrance) -> None:
    phone: Window = counter.windows.open("order", PHONES[1], shop=counter.shop.event_id)
    address = new_address()
    phone.page.get_by_label("E-mail address").fill(address)
    phone.press("Send me a code")
    phone.shows("Enter your code")
    phone.page.reload()
    phone.shows("Enter your code")
    phone.says(address)
    phone.page.get_by_label("Six-digit code").fill(wait_for_code(way_in.mailbox, address, set()))
    phone.shows("Scan the code")
