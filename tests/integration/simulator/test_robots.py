"""Robots at the running bar: whatever people are like, every order is accounted for."""

from collections import Counter
from io import StringIO
from random import Random

import boto3
from rich.console import Console

from chalicelib.orders.model import OrderState
from simulator.bar_client import Order
from simulator.entrance import Entrance
from simulator.outputs import Outputs
from simulator.probe.own_shops import OpenShop, OwnShop
from simulator.probe.people import Person
from simulator.robots.choices import Habits
from simulator.robots.command import Plan, send_robots
from simulator.robots.shop import OWN_SHOP, find_shop

ORDERS = 12
SEED = 4  # of which, with the habits below, all sorts of visits come


def all_orders(shop: OwnShop) -> list[Order]:
    return [order for state in OrderState for order in shop.barista.orders(shop.event_id, state)["orders"]]


def test_q60_every_order_of_a_dozen_robots_is_accounted_for(
    open_shop: OpenShop, way_in: Entrance, aws: boto3.Session
) -> None:
    shop = open_shop(customer_wait_seconds=20)  # who forgets is given up soon
    text = StringIO()
    plan = Plan(ORDERS, 4, 2, shop.event_id, Habits(cancel_share=0.3, forget_share=0.1, speed=20))
    code = send_robots(Console(file=text, width=120), way_in, aws, plan, Random(SEED))
    assert code == 0, text.getvalue()
    assert f"All orders are accounted for: {ORDERS} of {ORDERS} ended in exactly one way." in text.getvalue()

    orders = all_orders(shop)
    assert len({order["orderId"] for order in orders}) == len(orders) == ORDERS
    assert {order["orderState"] for order in orders} == {"COMPLETED", "CANCELLED"}
    assert {"Customer timedout", "Cancelled by customer"} <= {order["reason"] for order in orders}
    assert len({order["userId"] for order in orders}) == ORDERS
    numbers = Counter(order["orderNumber"] for order in orders if order["orderNumber"] is not None)
    assert set(numbers.values()) == {1}
    assert shop.barista.admin_config(shop.event_id)["drinksPerBarcode"] == 10, "the shop's limits are put back"


def test_robots_wait_where_the_bar_is_full(
    open_shop: OpenShop, customer: Person, way_in: Entrance, aws: boto3.Session
) -> None:
    """A limit that is not theirs to raise: a person's order holds one of the places that they need."""
    shop = open_shop(max_orders_in_queue=2)
    text = StringIO()
    with_a_person = shop.scan(customer)
    plan = Plan(4, 2, 1, shop.event_id, Habits(speed=20))
    assert send_robots(Console(file=text, width=120), way_in, aws, plan, Random(SEED)) == 0, text.getvalue()
    assert "BarFull" in text.getvalue()
    assert shop.barista.order(with_a_person)["orderState"] == "CREATED"


def test_for_more_orders_than_the_seeded_shops_code_makes_robots_open_a_shop_of_their_own(
    barista: Person, aws: boto3.Session, bar: Outputs
) -> None:
    assert find_shop(barista, aws, bar, orders=100_000) == OWN_SHOP
    config = barista.admin_config(OWN_SHOP)
    assert (config["storeOpen"], config["drinksPerBarcode"]) == (True, 1000)
    assert config["menu"] == barista.config("ABC")["menu"]
