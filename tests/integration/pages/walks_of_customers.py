"""Every screen of the order page, as its customers come by them."""

from collections.abc import Iterator

from playwright.sync_api import expect

from simulator.entrance import new_address
from simulator.sign_in import wait_for_code
from simulator.waiting import wait_for
from tests.integration.pages.counter import order_screen, order_shown
from tests.integration.pages.scene import Scene
from tests.integration.pages.windows import PHONE, Window


def to_the_cup(scene: Scene) -> Iterator[tuple[str, Window]]:
    """From signing in to the drink."""
    counter = scene.counter()
    phone = scene.windows.open("order", PHONE, shop=counter.shop.event_id)
    phone.shows("Sign in")
    yield "order-sign-in", phone
    address = new_address()
    phone.page.get_by_label("E-mail address").fill(address)
    phone.press("Send me a code")
    phone.shows("Enter your code")
    yield "order-code", phone
    phone.page.get_by_label("Six-digit code").fill(wait_for_code(scene.people.way_in.mailbox, address, set()))
    phone.shows("Scan the code")
    yield "order-scan", phone
    phone.page.evaluate("screen => (location.hash = screen)", counter.scan_screen())
    phone.shows("What would you like?")
    for name in ("Flat White", "Oat"):
        phone.page.get_by_role("radio", name=name, exact=True).check()
    yield "order-choose", phone
    phone.press("Cancel this order")
    expect(phone.page.get_by_role("alertdialog")).to_be_visible()
    yield "order-cancel", phone
    phone.press("Keep it")
    phone.press("Order Flat White")
    phone.shows("You are in the queue")
    expect(phone.page.get_by_text("Order number")).to_be_visible()
    yield "order-queue", phone
    order_id = order_shown(phone)
    counter.shop.barista.make(order_id)
    phone.shows("Your drink is being made")
    yield "order-making", phone
    counter.shop.barista.complete(order_id)
    phone.shows("It is ready!")
    yield "order-ready", phone
    phone.page.get_by_role("link", name="My orders").click()
    phone.shows("My orders")
    yield "order-history", phone
    phone.press("Settings")
    expect(phone.page.get_by_role("dialog", name="Settings")).to_be_visible()
    yield "order-settings", phone


def refused(scene: Scene) -> Iterator[tuple[str, Window]]:
    """What a scan comes to that makes no order."""
    counter = scene.counter(max_orders_in_queue=1, drinks_per_barcode=2)
    phone = scene.windows.open("order", PHONE, shop=counter.shop.event_id, screen=counter.scan_screen())
    phone.shows("Sign in")
    yield "order-sign-in-scanned", phone
    phone = counter.phone(f"#/scan?eventId={counter.shop.event_id}&token=notacodeatall")
    phone.shows("This code is no longer good")
    yield "order-code-over", phone
    phone = counter.phone("#/history")
    phone.shows("My orders")
    yield "order-history-empty", phone
    phone = counter.phone(order_screen("no-such-order"))
    phone.says("You have no such order")
    yield "order-unknown", phone
    other = scene.people.customer()
    order_id = counter.shop.scan(other)
    phone = counter.scanned()
    phone.shows("The bar is full")
    yield "order-full", phone
    other.cancel(order_id)
    other.cancel(counter.shop.scan(other))
    phone = counter.scanned()
    phone.shows("All drinks of this code are taken")
    yield "order-code-taken", phone
    counter.shop.barista.set_store(counter.shop.event_id, is_open=False)
    phone = counter.phone()
    phone.shows("The bar is closed")
    yield "order-closed", phone


def ended(scene: Scene) -> Iterator[tuple[str, Window]]:
    """Endings without a drink."""
    counter = scene.counter()
    shop, customer, barista = counter.shop, counter.customer, counter.shop.barista
    by_customer, by_barista, broken = (shop.ordered(customer)["orderId"] for _ in range(3))
    lost = scene.lost_orders.redeem(shop.event_id, shop.bucket()["code"], customer.user_id)
    customer.cancel(by_customer)
    barista.cancel(by_barista)
    scene.workflows.abort(broken)
    barista.set_store(shop.event_id, is_open=False)
    scene.lost_orders.announce(shop.event_id, lost, customer.user_id)
    wait_for("the order to be turned away", lambda: customer.order(lost)["reason"])  # or its news would come between
    for name, title, order_id in (
        ("cancelled", "You cancelled this order", by_customer),
        ("cancelled-by-barista", "A barista cancelled this order", by_barista),
        ("broken", "Something broke on our side", broken),
        ("closed-meanwhile", "The bar is closed", lost),
    ):
        phone = counter.phone_with(order_id)
        phone.shows(title)
        yield f"order-{name}", phone


def too_slow(scene: Scene) -> Iterator[tuple[str, Window]]:
    """Endings because somebody was too slow."""
    late = scene.counter(barista_wait_seconds=1)
    order_id = late.shop.ordered(late.customer)["orderId"]
    phone = late.phone_with(order_id)
    phone.shows("Sorry, we did not get to it")
    yield "order-barista-too-slow", phone
    phone = scene.counter(customer_wait_seconds=1).scanned()
    phone.shows("Time is up")
    yield "order-customer-too-slow", phone
