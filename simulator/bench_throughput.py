"""How many orders a second the bar takes through their whole lives, so many at a time; every one accounted for.

A life is what nobody can leave out: scan, choose (again after as long as the bar says while it is not ready), make,
complete, and the customer's look at the completed order. People sign in before; what a shop must allow is its owner's
business.
"""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Lock

import httpx

from simulator.bar_client import BarClient, Bucket
from simulator.entrance import BARISTA, Entrance
from simulator.measuring import Figure, Target
from simulator.robots.arriving import arrive
from simulator.robots.ledger import Ledger
from simulator.story import FAILURES
from simulator.waiting import submit_when_ready

DRINK = "Espresso"

type Served = Callable[[], object]


@dataclass(frozen=True)
class Load:
    """So many orders, so many of them at a time."""

    orders: int
    at_once: int

    def __str__(self) -> str:
        """As a figure's name wants it."""
        return f"{self.orders} whole orders, {self.at_once} at once"


LOADS = (Load(40, 1), Load(80, 4), Load(160, 16))
THOUSAND = Load(1000, 16)
THOUSAND_WITHIN_S = 8 * 60


class Unaccounted(Exception):
    """Not every order came to its end as it should; the message says how many, and the first reason."""


@dataclass(frozen=True)
class Display:
    """The screen that shows a shop's code, to any number of people; it asks for a new one when the old one is over."""

    barista: BarClient
    shop: str
    now_ms: Callable[[], float] = lambda: time.time() * 1000
    _lock: Lock = field(default_factory=Lock)
    _shown: list[Bucket] = field(default_factory=list)

    def code(self) -> str:
        """What can be scanned now."""
        with self._lock:
            if not self._shown or self._shown[-1]["endTs"] <= self.now_ms():
                self._shown[:] = [self.barista.qr_code(self.shop)]
            return self._shown[-1]["code"]


def throughput(way_in: Entrance, shop: str, loads: Iterable[Load] = LOADS) -> list[Figure]:
    """Orders a second for each load, none of which is the first to be served.

    Raises:
        Unaccounted: an order did not end as COMPLETED.
    """
    barista = arrive(lambda: way_in.enter(BARISTA))
    return [_pace(load, _warm_run(way_in, barista, shop, load, lambda: None)) for load in loads]


def thousand_orders(way_in: Entrance, shop: str, served: Served) -> list[Figure]:
    """How long a thousand orders take.

    Args:
        way_in: the bar's entrance.
        shop: its eventId; one that has room for them.
        served: told of each order that is done.

    Raises:
        Unaccounted: an order did not end as COMPLETED.
    """
    barista = arrive(lambda: way_in.enter(BARISTA))
    seconds = _warm_run(way_in, barista, shop, THOUSAND, served)
    return [Figure(str(THOUSAND), "s", [seconds], (Target("max", THOUSAND_WITHIN_S),)), _pace(THOUSAND, seconds)]


def _pace(load: Load, seconds: float) -> Figure:
    return Figure(str(load), "orders/s", [load.orders / seconds])


def _warm_run(way_in: Entrance, barista: BarClient, shop: str, load: Load, served: Served) -> float:
    """Seconds for a load; its customers were served once before, so that no process is started meanwhile."""
    customers = [arrive(way_in.enter_as_new_customer) for _ in range(load.at_once)]
    display = Display(barista, shop)
    serve_all(display, customers, Load(load.at_once, load.at_once), lambda: None)
    return serve_all(display, customers, load, served)


def serve_all(display: Display, customers: Iterable[BarClient], load: Load, served: Served) -> float:
    """Take the orders through their lives; gives the seconds from the first scan to the last look.

    Args:
        display: where the code is, and whose barista makes the drinks.
        customers: at least as many as there are orders at a time; each has one live order at most.
        load: how many orders.
        served: told of each order that is done.

    Raises:
        Unaccounted: an order did not end as COMPLETED.
    """
    ledger = Ledger(load.orders)
    waiting: SimpleQueue[BarClient] = SimpleQueue()
    for customer in customers:
        waiting.put(customer)

    def next_order() -> None:
        customer = waiting.get()
        try:
            _live(display, customer, ledger)
        except (*FAILURES, httpx.HTTPError) as error:
            ledger.trouble(str(error))
        finally:
            waiting.put(customer)
            served()

    began = time.perf_counter()
    with ThreadPoolExecutor(load.at_once) as counter:
        for order in [counter.submit(next_order) for _ in range(load.orders)]:
            order.result()
    seconds = time.perf_counter() - began
    _require_all_completed(ledger)
    return seconds


def _live(display: Display, customer: BarClient, ledger: Ledger) -> None:
    order_id = customer.redeem(display.shop, display.code())
    ledger.begin(order_id)
    ledger.see(submit_when_ready(customer, order_id, DRINK))
    ledger.see(display.barista.make(order_id))
    ledger.see(display.barista.complete(order_id))
    ledger.see(customer.order(order_id))


def _require_all_completed(ledger: Ledger) -> None:
    completed = ledger.by_state["COMPLETED"]
    if completed == ledger.planned and ledger.is_complete:
        return
    reason = next(iter(ledger.troubles), "none gave a reason")
    raise Unaccounted(f"{completed} of {ledger.planned} orders were completed; the first that was not: {reason}")
