"""Nothing is lost and nothing is oversold, whichever process is killed in the middle of a rush."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from local_cloud.home import Home
from local_cloud.owned_clouds import owned_port
from local_cloud.testing import Launcher

from chalicelib.bus import EventBridgeBus
from chalicelib.clock import now_ms, strictly_later
from chalicelib.orders.model import TERMINAL
from chalicelib.orders.repair import SETTLED_MS, sweep
from chalicelib.shop.model import Shop
from simulator.own_shop import MENU, open_shop
from simulator.probe.deployed_bar import deployed_bar
from simulator.probe.eventually import eventually
from tests.integration.running_bar import ROOT
from tests.integration.rush.books import Books
from tests.integration.rush.killed_bar import KilledBar, Victim

ORDERS = 80
BETWEEN_KILLS = 12  # orders
NO_MIDNIGHT_SOON = "UTC" if time.gmtime().tm_hour < 12 else "Etc/GMT+12"  # all numbers are one day's
SHOP = Shop(
    "RUSH",
    store_open=True,
    menu=MENU,
    drinks_per_barcode=ORDERS,
    max_orders_in_queue=ORDERS,
    customer_wait_seconds=20,  # who forgets is given up soon
    time_zone=NO_MIDNIGHT_SOON,
)
ROBOTS = ["--at-once", "8", "--baristas", "2", "--speed", "20", "--forget-share", "0.05"]
A_RUN_LASTS_S = 1200  # at most


@dataclass(frozen=True)
class Written:
    """The orders whose end was surely on the disk with the log when the cloud was killed; and when, ms since 1970."""

    ended: frozenset[str] = frozenset()
    killed_at: int = 0


@pytest.fixture(scope="module")
def bar(
    local_cloud_launcher: Launcher, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[KilledBar]:
    """A bar of this module's own."""
    failed_before = request.session.testsfailed
    with owned_port(
        Home(local_cloud_launcher.home), keep_log=lambda: request.session.testsfailed > failed_before
    ) as port:
        bar = KilledBar(local_cloud_launcher, port, tmp_path_factory.mktemp("rush") / "outputs.json")
        bar.begin()
        open_shop(bar.aws, bar.outputs, SHOP)
        yield bar


@pytest.fixture(scope="module")
def books(bar: KilledBar) -> Books:
    aws, endpoint = bar.aws, bar.outputs.endpoint_url
    stepfunctions = aws.client("stepfunctions", endpoint_url=endpoint)
    events = aws.client("events", endpoint_url=endpoint)
    bus = EventBridgeBus(events, bar.outputs.event_bus_name, strictly_later())
    whole = deployed_bar(aws.resource("dynamodb", endpoint_url=endpoint), stepfunctions, bus)
    return Books(whole, stepfunctions, aws.client("logs", endpoint_url=endpoint), SHOP.event_id)


@contextmanager
def robots(bar: KilledBar, said: Path) -> "Iterator[subprocess.Popen[bytes]]":
    """Customers and baristas, who are gone afterwards."""
    command = [sys.executable, "-m", "simulator", "robots", "--orders", str(ORDERS), "--shop", SHOP.event_id, *ROBOTS]
    with said.open("wb") as file:
        program = subprocess.Popen(command, cwd=ROOT, env=bar.environment(), stdout=file, stderr=subprocess.STDOUT)
    with program:
        try:
            yield program
        finally:
            program.kill()


def come(books: Books, least: int) -> None:
    """Wait until so many orders have begun."""

    def look() -> None:
        assert len(books.orders()) >= least, f"fewer than {least} orders have begun"

    eventually(look, within_s=A_RUN_LASTS_S)


def kill_each(bar: KilledBar, books: Books) -> Written:
    """Kill one process of each kind, one after the other, while orders come and go."""
    written = Written()
    for number, victim in enumerate(Victim, start=1):
        come(books, BETWEEN_KILLS * number)
        if victim is Victim.CLOUD:
            ended = frozenset(books.ended_in_the_log())
            bar.wait_until_written()
            written = Written(ended, now_ms())
        bar.kill(victim)
    return written


def sweep_until_all_have_ended(program: "subprocess.Popen[bytes]", bar: KilledBar, books: Books) -> None:
    """Mend what is stuck until the robots have gone; as if a minute later, so that nobody has to wait for it."""

    def look() -> None:
        sweep(books.bar, bar.outputs.order_processor_arn, now_ms() + SETTLED_MS)
        assert program.poll() is not None, "the robots have not gone"
        assert {order.state for order in books.orders()} <= TERMINAL
        assert books.held() == set()

    eventually(look, within_s=A_RUN_LASTS_S)


def test_every_order_of_a_rush_is_accounted_for_whichever_process_is_killed(
    bar: KilledBar, books: Books, tmp_path: Path
) -> None:
    with robots(bar, tmp_path / "robots") as program:
        written = kill_each(bar, books)
        sweep_until_all_have_ended(program, bar, books)
    assert program.returncode == 0, (tmp_path / "robots").read_text()

    made, spent = books.drinks()
    assert made == spent, "a code made another number of orders than it counted"
    assert made.total() >= ORDERS >= max(spent.values())
    assert books.at_odds_with_executions() == []
    assert_numbers_are_right(books)
    assert_log_is_right(books, written)


def assert_numbers_are_right(books: Books) -> None:
    """Each is given once, and one that no order has was told to nobody."""
    numbers = books.numbers()
    assert len(set(numbers)) == len(numbers) > 0
    assert books.told_numbers() <= {(order.order_id, order.order_number) for order in books.orders()}


def assert_log_is_right(books: Books, written: Written) -> None:
    """It tells what the rows say, and all that was written before the cloud's kill or happened after it."""
    orders, ended = books.orders(), books.ended_in_the_log()
    assert ended.items() <= {order.order_id: order.state for order in orders}.items()
    assert written.ended <= ended.keys()
    assert {order.order_id for order in orders if order.updated_ts > written.killed_at} <= ended.keys()
    assert {order.order_id for order in orders if order.created_ts > written.killed_at} <= books.begun_in_the_log()
