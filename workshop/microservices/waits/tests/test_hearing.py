"""What is kept of an event, without a cloud."""

from typing import Any

from chalicelib.hearing import BEGINS, ENDS, kept

LATER = "2026-11-30T10:00:00Z"  # when the bus took it
WHOSE = {"shop": "ABC", "order_id": "order-1"}


def event(told: str, **detail: Any) -> dict[str, Any]:
    """An event of the bar's, as the bus delivers it."""
    return {"detail-type": told, "time": LATER, "detail": {"eventId": "ABC", "orderId": "order-1", **detail}}


def known(by: dict[str, Any]) -> dict[str, Any]:
    """What is known by an event, without what it does not tell."""
    order = kept(by)
    return {name: value for name, value in order._asdict().items() if value is not None} if order else {}


def test_a_wait_begins_at_the_events_own_time() -> None:
    begun = event(BEGINS, at=60_000, drinkOrder={"drink": "Flat White", "modifiers": []})
    assert known(begun) == {**WHOSE, "drink": "Flat White", "begun_at": 60_000}


def test_a_wait_ends_at_the_events_own_time() -> None:
    assert known(event(ENDS, at=240_000)) == {**WHOSE, "ready_at": 240_000}


def test_an_order_that_is_cancelled_is_not_ready() -> None:
    assert known(event("OrderManager.OrderCancelled", at=240_000)) == {}


def test_a_time_that_nobody_told_is_not_known() -> None:
    assert known(event(ENDS)) == WHOSE
