"""Measurements of the running bar, over its public API. Prints nothing; decides nothing but what is measured how."""

import boto3
import httpx

from chalicelib.shop.model import Shop
from simulator.bar_client import BarClient
from simulator.bench_throughput import Served, thousand_orders, throughput
from simulator.entrance import BARISTA, Entrance
from simulator.measuring import Figure, Target, stopwatch
from simulator.outputs import Outputs
from simulator.own_shop import MENU, open_shop
from simulator.waiting import submit_when_ready

SHOP = Shop("BENCH", store_open=True, menu=MENU, drinks_per_barcode=10_000, max_orders_in_queue=100)

WARM_UP_CALLS = 20
ORDERS = 30
TRY_AGAIN_S = 0.01

MS = 1000


def api_latency(http: httpx.Client, outputs: Outputs, calls: int = 300) -> list[Figure]:
    """A warm GET /config beside the edge's own health answer, turn by turn, so that both see the same machine."""
    passer_by = BarClient(http, outputs.api_url)
    health: list[float] = []
    config: list[float] = []
    for _ in range(WARM_UP_CALLS):
        passer_by.config(SHOP.event_id)
    for _ in range(calls):
        with stopwatch(health, MS):
            http.get(f"{outputs.endpoint_url}/_localstack/health").raise_for_status()
        with stopwatch(config, MS):
            passer_by.config(SHOP.event_id)
    ratio = [of_config / of_health for of_config, of_health in zip(config, health, strict=True)]
    return [
        Figure("GET health", "ms", health),
        Figure("GET /config", "ms", config),
        Figure("config : health", "x", ratio, (Target("p50", 15),)),
    ]


def readiness(way_in: Entrance, orders: int = ORDERS) -> list[Figure]:
    """How long after the 201 of a scan the bar takes the drink. Each order is then cancelled; the first one is cold."""
    barista, customer = way_in.enter(BARISTA), way_in.enter_as_new_customer()
    seconds: list[float] = []
    for _ in range(orders):
        order_id = customer.redeem(SHOP.event_id, barista.qr_code(SHOP.event_id)["code"])
        with stopwatch(seconds):
            submit_when_ready(customer, order_id, "Flat White", "Oat", every_s=TRY_AGAIN_S)
        customer.cancel(order_id)
    return [Figure("scan to submit", "s", seconds, (Target("p95", 1),))]


def measure_the_bar(way_in: Entrance) -> list[Figure]:
    """Everything that is measured over the public API."""
    open_shop(boto3.Session(), way_in.outputs, SHOP)
    return [
        *api_latency(way_in.http, way_in.outputs),
        *readiness(way_in),
        *throughput(way_in, SHOP.event_id),
    ]


def measure_a_thousand(way_in: Entrance, served: Served) -> list[Figure]:
    """A thousand whole orders; `served` is told of each."""
    open_shop(boto3.Session(), way_in.outputs, SHOP)
    return thousand_orders(way_in, SHOP.event_id, served)
