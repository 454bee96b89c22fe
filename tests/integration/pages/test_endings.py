"""However an order ends, its customer reads why, on a page that was open all the while."""

from playwright.sync_api import expect

from simulator.own_shop import MENU
from simulator.probe.lost_orders import LostOrders
from simulator.probe.own_shops import OpenShop
from simulator.probe.people import People, Person
from simulator.probe.workflows import Workflows
from tests.integration.pages.counter import Counter, cancel, card, choose, move
from tests.integration.pages.windows import Window, Windows


def test_a_customer_who_is_too_slow_reads_that_time_is_up(
    windows: Windows, open_shop: OpenShop, customer: Person
) -> None:
    counter = Counter(windows, open_shop(customer_wait_seconds=3), customer)
    counter.scanned().shows("Time is up")


def test_a_customer_reads_that_the_baristas_were_too_slow(
    windows: Windows, open_shop: OpenShop, customer: Person
) -> None:
    counter = Counter(windows, open_shop(barista_wait_seconds=3), customer)
    phone = counter.scanned()
    choose(phone, "Espresso")
    phone.shows("Sorry, we did not get to it")


def test_a_customer_cancels_before_choosing(counter: Counter) -> None:
    phone = counter.scanned()
    cancel(phone)
    phone.shows("You cancelled this order")


def test_a_customer_thinks_again_and_then_cancels_in_the_queue(counter: Counter) -> None:
    phone, tablet = counter.scanned(), counter.tablet()
    choose(phone, "Espresso")
    expect(card(tablet, 1)).to_be_visible()
    phone.press("Cancel this order")
    phone.press("Keep it")
    phone.shows("You are in the queue")
    cancel(phone)
    phone.shows("You cancelled this order")
    expect(card(tablet, 1)).to_have_count(0)


def test_a_barista_cancels(counter: Counter) -> None:
    order_id = counter.shop.ordered(counter.customer)["orderId"]
    phone, tablet = counter.phone_with(order_id), counter.tablet()
    phone.shows("You are in the queue")
    move(tablet, 1, "Cancel")
    tablet.press("Cancel the order")
    phone.shows("A barista cancelled this order")


def test_whoever_comes_to_a_closed_bar_goes_on_when_it_opens(
    windows: Windows, open_shop: OpenShop, customer: Person
) -> None:
    counter = Counter(windows, open_shop(store_open=False), customer)
    phone, tablet = counter.scanned(), counter.tablet()
    phone.shows("The bar is closed")
    tablet.press("Open the shop")
    phone.shows("What would you like?")


def unannounced(counter: Counter, lost_orders: LostOrders) -> tuple[str, Window]:
    """An order that no workflow knows yet, and its customer's phone."""
    order_id = lost_orders.redeem(counter.shop.event_id, counter.shop.bucket()["code"], counter.customer.user_id)
    phone = counter.phone_with(order_id)
    phone.shows("What would you like?")
    return order_id, phone


def test_a_customer_reads_that_the_bar_closed_before_the_order_came_in(
    counter: Counter, lost_orders: LostOrders
) -> None:
    shop, customer = counter.shop, counter.customer
    order_id, phone = unannounced(counter, lost_orders)
    shop.barista.set_store(shop.event_id, is_open=False)
    lost_orders.announce(shop.event_id, order_id, customer.user_id)
    phone.shows("The bar is closed")
    phone.says("It closed before your order came in.")


def test_a_customer_reads_that_the_bar_was_full_when_the_order_came_in(
    counter: Counter, lost_orders: LostOrders
) -> None:
    shop, customer = counter.shop, counter.customer
    order_id, phone = unannounced(counter, lost_orders)
    lost_orders.lose_place(shop.event_id, order_id)
    lost_orders.announce(shop.event_id, order_id, customer.user_id)
    phone.shows("The bar was full")
    phone.says("Somebody took the last place just before you.")


def test_whoever_comes_to_a_full_bar_can_try_the_same_code_again(
    windows: Windows, open_shop: OpenShop, people: People, customer: Person
) -> None:
    counter = Counter(windows, open_shop(max_orders_in_queue=1), customer)
    other = people.customer()
    first = counter.shop.scan(other)
    phone = counter.scanned()
    phone.shows("The bar is full")
    other.cancel(first)
    phone.press("Try again")
    phone.shows("What would you like?")


def test_whoever_has_an_order_is_led_to_it(counter: Counter) -> None:
    order_id = counter.shop.ordered(counter.customer)["orderId"]
    phone = counter.scanned()
    phone.shows("You are in the queue")
    phone.says("You have as many orders as one person may have at once.")
    assert order_id in phone.page.url


def test_q45_q51_the_last_drink_of_a_code_takes_it_from_the_display_and_late_scans_are_told(
    windows: Windows, open_shop: OpenShop, people: People, customer: Person
) -> None:
    counter = Counter(windows, open_shop(drinks_per_barcode=1), customer)
    display = counter.display()
    screen = counter.scan_screen_with(counter.shop.lasting_bucket()["code"])
    display.says("1 drink left")
    counter.phone(screen, whose=people.customer()).shows("What would you like?")
    display.says("All drinks of this code are taken")
    expect(display.page.get_by_role("img", name="QR code")).to_have_count(0)
    counter.phone(screen).shows("All drinks of this code are taken")


def test_a_code_that_is_none_is_refused_in_words(counter: Counter) -> None:
    phone = counter.phone(f"#/scan?eventId={counter.shop.event_id}&token=notacodeatall")
    phone.shows("This code is no longer good")


def test_a_customer_reads_that_something_broke(counter: Counter, workflows: Workflows) -> None:
    order_id = counter.shop.ordered(counter.customer)["orderId"]
    phone = counter.phone_with(order_id)
    phone.shows("You are in the queue")
    workflows.abort(order_id)
    phone.shows("Something broke on our side")


def test_q46_a_change_of_the_menu_leaves_the_order_on_the_screen_as_it_is(counter: Counter) -> None:
    order_id = counter.shop.ordered(counter.customer)["orderId"]
    phone, late = counter.phone_with(order_id), counter.phone("#/scan")
    phone.shows("You are in the queue")
    counter.shop.barista.set_store(counter.shop.event_id, is_open=False)
    late.shows("The bar is closed")  # so the news has come
    phone.shows("You are in the queue")
    assert MENU[0].drink in phone.page.get_by_role("main").inner_text()
