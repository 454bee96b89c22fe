"""Accounting for orders: whatever was seen, in whatever order."""

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.bar_client import Order
from simulator.robots.ledger import Ledger, Track


def sighting(state: str, at: int, order_id: str = "order-1", reason: str | None = None) -> Order:
    return cast(
        "Order",
        {"orderId": order_id, "orderState": state, "createdTs": 1000, "updatedTs": at, "reason": reason},
    )


LIFE = [
    sighting("CREATED", 1000),
    sighting("SUBMITTED", 2000),
    sighting("SUBMITTED", 2100),
    sighting("IN_PRODUCTION", 3000),
    sighting("COMPLETED", 7000),
]


@given(st.permutations(LIFE))
def test_answers_may_come_in_any_order(sightings: list[Order]) -> None:
    track = Track("order-1")
    for one in sightings:
        track = track.seen(one)
    assert (track.state, track.is_accounted_for) == ("COMPLETED", True)
    assert track.since == {"CREATED": 1000, "SUBMITTED": 2000, "IN_PRODUCTION": 3000, "COMPLETED": 7000}
    assert track.took("SUBMITTED", "IN_PRODUCTION") == 1.0


def test_of_two_changes_in_one_millisecond_the_one_that_ends_the_order_came_last() -> None:
    one, other = sighting("IN_PRODUCTION", 3000), sighting("CANCELLED", 3000)
    assert Track("order-1").seen(one).seen(other) == Track("order-1").seen(other).seen(one)
    assert Track("order-1").seen(other).seen(one).is_accounted_for


@pytest.mark.parametrize("states", [[], ["CREATED"], ["SUBMITTED"], ["SUBMITTED", "IN_PRODUCTION"]])
def test_an_order_that_lives_is_not_accounted_for(states: list[str]) -> None:
    assert not after(*states).is_accounted_for


@pytest.mark.parametrize("states", [["COMPLETED", "CANCELLED"], ["CANCELLED", "FAILED"], ["FAILED", "SUBMITTED"]])
def test_an_order_that_goes_on_after_its_end_is_not_accounted_for(states: list[str]) -> None:
    assert not after(*states).is_accounted_for


def after(*states: str) -> Track:
    track = Track("order-1")
    for at, state in enumerate(states, start=2000):
        track = track.seen(sighting(state, at))
    return track


def test_what_was_not_seen_at_both_ends_took_no_known_time() -> None:
    assert after("SUBMITTED").took("SUBMITTED", "COMPLETED") is None


def test_the_ledger_is_complete_when_all_planned_orders_ended() -> None:
    ledger = Ledger(planned=2)
    ledger.begin("order-1")
    ledger.see(sighting("CANCELLED", 2000, reason="Customer timedout"))
    assert (ledger.is_complete, ledger.not_begun) == (False, 1)
    ledger.begin("order-2")
    assert (ledger.is_complete, ledger.not_begun) == (False, 0)
    ledger.see(sighting("COMPLETED", 2000, "order-2"))
    assert ledger.is_complete
    assert ledger.by_state == {"CANCELLED": 1, "COMPLETED": 1}
    assert [track.reason for track in ledger.tracks] == ["Customer timedout", None]


def test_an_order_that_was_begun_counts_as_created_before_anybody_saw_it() -> None:
    ledger = Ledger(planned=1)
    ledger.begin("order-1")
    assert (ledger.by_state, ledger.knows("order-1"), ledger.knows("order-2")) == ({"CREATED": 1}, True, False)


def test_beginning_twice_forgets_nothing() -> None:
    ledger = Ledger(planned=1)
    ledger.begin("order-1")
    ledger.see(sighting("COMPLETED", 2000))
    ledger.begin("order-1")
    assert ledger.is_complete
