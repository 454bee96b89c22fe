"""A place in the queue: by number, and when it may be one's turn; it tells nothing of anybody else."""

from typing import Any

import pytest

from chalicelib.errors import NotFound
from chalicelib.orders import queue
from chalicelib.orders.model import Order, OrderState
from chalicelib.orders.queue import ahead, seconds_per_drink
from tests.support.memory_bar import MemoryBar
from tests.support.orders import EVENT, NOW, ORDER, order_in
from tests.support.people import BARISTA, OTHER_BARISTA, OWNER, STRANGER

SUBMITTED, MAKING, COMPLETED = OrderState.SUBMITTED, OrderState.IN_PRODUCTION, OrderState.COMPLETED


def an_order(state: OrderState, number: int | None, **more: Any) -> Order:
    return order_in(state, order_id=f"order-{number}", order_number=number, **more)


def ready(*times: tuple[int, int]) -> list[Order]:
    """Drinks, each chosen and ready so many seconds after the start."""
    return [
        an_order(COMPLETED, number, submitted_ts=NOW + chosen * 1000, updated_ts=NOW + done * 1000)
        for number, (chosen, done) in enumerate(times, start=100)
    ]


@pytest.mark.parametrize(
    ("own", "before"),
    [(an_order(SUBMITTED, 4), 2), (an_order(SUBMITTED, None), 3), (an_order(MAKING, 4), 0), (None, 3)],
)
def test_what_is_made_and_lower_numbers_are_served_before(own: Order | None, before: int) -> None:
    live = [an_order(SUBMITTED, 3), an_order(MAKING, 9), an_order(SUBMITTED, 5)]
    assert ahead([*live, *([own] if own else [])], own) == before


def test_who_still_chooses_has_all_before() -> None:
    assert ahead([an_order(SUBMITTED, 3), an_order(MAKING, 2)], order_in(OrderState.CREATED)) == 2


def test_the_pace_is_that_of_a_bar_with_something_to_make() -> None:
    assert seconds_per_drink(ready((0, 30), (0, 60), (0, 90))) == 30
    assert seconds_per_drink(ready((0, 30), (600, 630), (1200, 1230))) == 30  # it stood idle in between


def test_two_who_make_drinks_are_twice_as_fast() -> None:
    assert seconds_per_drink(ready((0, 60), (0, 60), (0, 120), (0, 120))) == 20


def test_of_few_drinks_the_first_ones_wait_counts_and_of_none_there_is_no_pace() -> None:
    assert seconds_per_drink(ready((0, 50), (0, 60))) == 30
    assert seconds_per_drink([]) is None


def test_a_customer_sees_the_own_place_and_no_others(bar: MemoryBar) -> None:
    bar.with_order(SUBMITTED, order_number=3)
    bar.orders.put(order_in(SUBMITTED, order_id="another", order_number=1, user_id=STRANGER.user_id))
    for order in ready((0, 40), (0, 80), (0, 120)):
        bar.orders.put(order)
    assert queue.of_shop(bar, OWNER, EVENT, ORDER).wire == {
        "eventId": EVENT,
        "orderId": ORDER,
        "ahead": 1,
        "secondsPerDrink": 40.0,
        "barFull": False,
        "waitSeconds": 80,
    }
    with pytest.raises(NotFound):
        queue.of_shop(bar, OWNER, EVENT, "another")
    assert queue.of_shop(bar, BARISTA, EVENT, "another").ahead == 0


def test_without_an_order_it_is_for_who_would_come_now(bar: MemoryBar) -> None:
    bar.with_order(SUBMITTED)
    place = queue.of_shop(bar, OTHER_BARISTA, EVENT, None)
    bar.configure(max_orders_in_queue=1)
    assert queue.of_shop(bar, OWNER, EVENT, None).bar_full
    assert (place.ahead, place.seconds_per_drink, place.wire["waitSeconds"]) == (1, None, None)
