"""Lists of orders: complete, in order and in pages, also while orders arrive; and each shop has its own."""

from collections.abc import Callable, Iterator

import pytest

from simulator.bar_client import Order, Page
from simulator.probe.own_shops import OpenShop, OwnShop
from simulator.probe.people import Person

MOST_PAGES = 10
ROOM = {"max_orders_per_user": 100, "max_orders_in_queue": 100, "drinks_per_barcode": 100, "customer_wait_seconds": 90}


@pytest.fixture
def busy_shop(open_shop: OpenShop) -> OwnShop:
    return open_shop(**ROOM)


def pages(get: Callable[..., Page], meanwhile: Callable[[], object]) -> Iterator[list[str]]:
    """The ids on each page of two, with something happening between each page and the next."""
    page = get(maxItems=2)
    for _ in range(MOST_PAGES):
        assert len(page["orders"]) <= 2
        yield ids(page["orders"])
        if not page["nextToken"]:
            return
        meanwhile()
        page = get(maxItems=2, nextToken=page["nextToken"])
    raise AssertionError("the pages do not come to an end")


def ids(orders: list[Order]) -> list[str]:
    """Their ids."""
    return [order["orderId"] for order in orders]


def test_q39_pages_of_a_shops_orders_skip_and_repeat_none_while_orders_arrive(
    busy_shop: OwnShop, customer: Person
) -> None:
    placed = [busy_shop.scan(customer) for _ in range(5)]
    arriving = iter(range(4))

    def meanwhile() -> None:
        if next(arriving, None) is not None:
            placed.append(busy_shop.scan(customer))

    def get(**page: str | int) -> Page:
        return busy_shop.barista.orders(busy_shop.event_id, "CREATED", **page)

    seen = [order_id for page in pages(get, meanwhile) for order_id in page]
    assert seen == placed, "oldest first, those that arrived meanwhile at the end"


def test_q39_pages_of_my_orders_skip_and_repeat_none_while_orders_arrive(busy_shop: OwnShop, customer: Person) -> None:
    placed = [busy_shop.scan(customer) for _ in range(5)]
    seen = [id_ for page in pages(customer.my_orders, lambda: busy_shop.scan(customer)) for id_ in page]
    assert seen == placed[::-1], "newest first; those that arrived after the first page are on none"


def test_q39_pages_skip_and_repeat_none_while_orders_leave(busy_shop: OwnShop, customer: Person) -> None:
    placed = [busy_shop.scan(customer) for _ in range(6)]
    leaving = iter(placed[::2])  # each page's first order leaves before the next page is asked for

    def get(**page: str | int) -> Page:
        return busy_shop.barista.orders(busy_shop.event_id, "CREATED", **page)

    seen = [order_id for page in pages(get, lambda: customer.cancel(next(leaving))) for order_id in page]
    assert seen == placed


def test_an_order_is_listed_in_its_state_only(shop: OwnShop, customer: Person, barista: Person) -> None:
    order_id = shop.ordered(customer)["orderId"]

    def listed() -> dict[str, list[str]]:
        states = ("CREATED", "SUBMITTED", "IN_PRODUCTION", "COMPLETED", "CANCELLED", "FAILED")
        found = {state: ids(barista.orders(shop.event_id, state)["orders"]) for state in states}
        return {state: orders for state, orders in found.items() if orders}

    assert listed() == {"SUBMITTED": [order_id]}
    barista.make(order_id)
    assert listed() == {"IN_PRODUCTION": [order_id]}
    barista.complete(order_id)
    assert listed() == {"COMPLETED": [order_id]}


def test_q12_q13_orders_of_a_new_shop_are_numbered_1_2_3_as_submitted(busy_shop: OwnShop, customer: Person) -> None:
    orders = [busy_shop.ordered(customer, "Espresso") for _ in range(3)]
    assert [order["orderNumber"] for order in orders] == [1, 2, 3]


def test_q41_shops_are_separate_even_with_names_alike(open_shop: OpenShop, customer: Person, barista: Person) -> None:
    one = open_shop()
    other = open_shop(event_id=f"{one.event_id}-1", drinks_per_barcode=7)
    assert one.ordered(customer)["orderNumber"] == 1
    ordered = other.ordered(customer)
    assert (ordered["orderNumber"], ordered["eventId"]) == (1, other.event_id)
    assert [
        ids(barista.orders(shop.event_id, "SUBMITTED")["orders"]).count(ordered["orderId"]) for shop in (one, other)
    ] == [0, 1]
    assert one.bucket()["code"] != other.bucket()["code"]
    barista.set_store(other.event_id, is_open=False)
    assert [customer.config(shop.event_id)["storeOpen"] for shop in (one, other)] == [True, False]
    assert {order["eventId"] for order in customer.my_orders()["orders"]} == {one.event_id, other.event_id}
