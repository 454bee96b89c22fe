"""Whole lives at a bar in memory with the real rules: there is a figure only where every order is accounted for."""

import httpx
import pytest

from chalicelib.orders.model import OrderState
from chalicelib.qr_codes.model import BUCKET_MS
from simulator.bench_throughput import Display, Load, Unaccounted, serve_all
from simulator.entrance import BARISTA
from tests.support.orders import EVENT, NOW
from tests.unit.simulator.memory_counter import Fault, MemoryCounter, open_door, refusal


def run(counter: MemoryCounter, load: Load) -> list[None]:
    """Serve them; gives as many as were told of."""
    way_in = open_door(counter)
    served: list[None] = []
    display = Display(way_in.enter(BARISTA), EVENT)
    customers = [way_in.enter_as_new_customer() for _ in range(load.at_once)]
    assert serve_all(display, customers, load, lambda: served.append(None)) > 0
    return served


@pytest.mark.parametrize("at_once", [1, 4])
def test_every_order_lives_its_whole_life(counter: MemoryCounter, at_once: int) -> None:
    assert len(run(counter, Load(8, at_once))) == 8
    orders = [counter.bar.orders.get(order_id) for order_id in counter.bar.orders.rows]
    assert [order.state for order in orders] == [OrderState.COMPLETED] * 8
    assert len({order.user_id for order in orders}) == at_once


def test_a_bar_that_is_not_ready_is_asked_again(counter: MemoryCounter) -> None:
    counter.faults.append(Fault("PUT submit", refusal(409, "NotReady")))
    assert len(run(counter, Load(1, 1))) == 1
    assert counter.requests.count("PUT submit") == 2


@pytest.mark.parametrize(
    ("lost", "answer", "told"),
    [
        ("POST /qr-code", refusal(500, "Broken"), "2 of 3 orders were completed; .*: 500 Broken"),
        # Its customer cannot order again, for the order is live.
        ("PUT make", httpx.ConnectError("connection lost"), "0 of 3 orders were completed; .*: connection lost"),
        ("PUT complete", refusal(500, "Broken"), "0 of 3 orders were completed; .*: 500 Broken"),
    ],
)
def test_one_order_that_did_not_end_well_spoils_the_figure(
    counter: MemoryCounter, lost: str, answer: httpx.Response | httpx.TransportError, told: str
) -> None:
    counter.faults.append(Fault(lost, answer))
    with pytest.raises(Unaccounted, match=told):
        run(counter, Load(3, 1))


def test_a_display_asks_for_a_code_when_the_old_one_is_over(counter: MemoryCounter) -> None:
    now = NOW
    display = Display(open_door(counter).enter(BARISTA), EVENT, lambda: now)
    assert display.code() == display.code()
    assert counter.requests == ["GET /qr-code"]
    now += BUCKET_MS
    display.code()
    assert counter.requests == ["GET /qr-code"] * 2
