"""Every screen of the order page, as its customers come by them."""

from collections.abc import Iterator

from simulator.entrance import new_address
from simulator.probe.people import Person
from simulator.sign_in import wait_for_code
from simulator.waiting import wait_for
from tests.integration.pages.counter import order_screen, order_shown
from tests.integration.pages.scene import Scene, View, view
from tests.integration.pages.windows import DESKTOP, HOME, PHONE


def to_the_cup(scene: Scene) -> Iterator[View]:
    """From signing in to the drink."""
    counter = scene.counter()
    home = scene.windows.open(HOME, DESKTOP, shop=counter.shop.event_id)
    yield view("home", home, "Come in, the coffee is hot", home.page.get_by_text("Open", exact=True))
    home = scene.windows.open(HOME, PHONE, shop=counter.shop.event_id)
    yield view("home-phone", home, "Come in, the coffee is hot", home.page.get_by_text("Open", exact=True))
    phone = scene.windows.open("order", PHONE, shop=counter.shop.event_id)
    yield view("order-sign-in", phone, "Sign in")
    address = new_address()
    phone.page.get_by_label("E-mail address").fill(address)
    phone.press("Send me a code")
    yield view("order-code", phone, "Enter your code")
    phone.press("Show me the letter")
    yield view("order-letter", phone, "Enter your code", phone.page.get_by_role("button", name="Use code"))
    phone.page.get_by_label("Six-digit code").fill(wait_for_code(scene.people.way_in.mailbox, address, set()))
    yield view("order-scan", phone, "Scan the code")
    phone.page.evaluate("screen => (location.hash = screen)", counter.scan_screen())
    phone.shows("What would you like?")
    for name in ("Flat White", "Oat"):
        phone.page.get_by_role("radio", name=name, exact=True).check()
    yield view("order-choose", phone, "What would you like?", phone.page.get_by_role("button", name="Order Flat White"))
    phone.press("Cancel this order")
    yield view("order-cancel", phone, phone.page.get_by_role("alertdialog"))
    phone.press("Keep it")
    phone.press("Order Flat White")
    yield view("order-queue", phone, "You are in the queue", phone.page.get_by_text("Order number"))
    order_id = order_shown(phone)
    counter.shop.barista.make(order_id)
    yield view("order-making", phone, "Your drink is being made")
    counter.shop.barista.complete(order_id)
    yield view("order-ready", phone, "It is ready!")
    phone.page.get_by_role("link", name="My orders").click()
    yield view("order-history", phone, "My orders")
    phone.press("Settings")
    yield view("order-settings", phone, phone.page.get_by_role("dialog", name="Settings"))


def refused(scene: Scene) -> Iterator[View]:
    """What a scan comes to that makes no order."""
    counter = scene.counter(max_orders_in_queue=1, drinks_per_barcode=2)
    phone = scene.windows.open("order", PHONE, shop=counter.shop.event_id, screen=counter.scan_screen())
    yield view("order-sign-in-scanned", phone, "Sign in")
    phone = counter.phone(f"#/scan?eventId={counter.shop.event_id}&token=notacodeatall")
    yield view("order-code-over", phone, "This code is no longer good")
    phone = counter.phone("#/history")
    yield view("order-history-empty", phone, "My orders")
    phone = counter.phone(order_screen("no-such-order"))
    yield view("order-unknown", phone, phone.page.get_by_text("You have no such order").first)
    other = scene.people.customer()
    order_id = counter.shop.scan(other)
    phone = counter.scanned()
    yield view("order-full", phone, "The bar is full")
    other.cancel(order_id)
    # Not by scanning what is left: five minutes may end meanwhile, and the next code has all of its drinks.
    counter.shop.barista.call("PUT", "/limits", {"drinksPerBarcode": 0}, eventId=counter.shop.event_id)
    phone = counter.scanned()
    yield view("order-code-taken", phone, "All drinks of this code are taken")
    counter.shop.barista.set_store(counter.shop.event_id, is_open=False)
    phone = counter.phone()
    yield view("order-closed", phone, "The bar is closed")


def ended(scene: Scene) -> Iterator[View]:
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
    # What a page reads as ended at first is no news to it later on, and no reason to go there by itself.
    wait_for("all four orders to have ended", lambda: states_of(customer) <= {"CANCELLED", "FAILED"} or None)
    for name, title, order_id in (
        ("cancelled", "You cancelled this order", by_customer),
        ("cancelled-by-barista", "A barista cancelled this order", by_barista),
        ("broken", "Something broke on our side", broken),
        ("closed-meanwhile", "The bar is closed", lost),
    ):
        phone = counter.phone_with(order_id)
        yield view(f"order-{name}", phone, title)


def states_of(customer: Person) -> set[str]:
    """How the customer's orders are, in the list that the page reads."""
    return {order["orderState"] for order in customer.my_orders()["orders"]}


def too_slow(scene: Scene) -> Iterator[View]:
    """Endings because somebody was too slow."""
    late = scene.counter(barista_wait_seconds=1)
    order_id = late.shop.ordered(late.customer)["orderId"]
    phone = late.phone_with(order_id)
    yield view("order-barista-too-slow", phone, "Sorry, we did not get to it")
    phone = scene.counter(customer_wait_seconds=1).scanned()
    yield view("order-customer-too-slow", phone, "Time is up")
