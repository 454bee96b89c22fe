"""What each event of the bus teaches about an order. Pure; what it does not know it leaves alone.

Times are kept as they were first told, so a second delivery teaches nothing new and everything is counted once (Q58).
Who makes an order changes, and may change again, and a drink that was ready may be called back: of that the latest word
counts, in whatever order it is delivered.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib import events
from chalicelib.envelope import Delivered

type Lesson = Mapping[str, Any]


@dataclass(frozen=True)
class Claim:
    """Who makes the order from a moment on; nobody, with an empty `by`, once it was put back."""

    at: int
    by: str


def claim(event: Delivered) -> Claim | None:
    """What the event says of who makes the order; None for one that says nothing of it."""
    if event.detail_type != events.MakeOrder.detail_type:
        return None
    barista = event.detail.get("baristaUserId")
    return Claim(event.at, barista if isinstance(barista, str) else "")


def recall(event: Delivered) -> int | None:
    """Since when an order that was completed is being made again, ms; None for an event that says nothing of it."""
    return event.at if event.detail_type == events.OrderRecalled.detail_type else None


def lesson(event: Delivered) -> Lesson:
    """Attributes of the order's row that the event tells; empty for one that tells nothing."""
    teach = TEACHERS.get(event.detail_type)
    return teach(event) if teach else {}


def _created(event: Delivered) -> Lesson:
    return {"createdTs": event.at}


def _chosen(event: Delivered) -> Lesson:
    drink = _drink(event)
    return {"submittedTs": event.at, **drink} if drink else {}


def _drink(event: Delivered) -> Lesson:
    order = event.detail.get("drinkOrder")
    drink = order.get("drink") if isinstance(order, Mapping) else None
    if not isinstance(order, Mapping) or not isinstance(drink, str):
        return {}
    chosen = order.get("modifiers")
    modifiers = [name for name in chosen if isinstance(name, str)] if isinstance(chosen, list) else []
    return {"drink": drink, "modifiers": modifiers, "shopDrink": f"{event.shop}#{drink}"}


def _completed(event: Delivered) -> Lesson:
    return {"completedTs": event.at, "endState": "COMPLETED", **_drink(event)}


def _cancelled(_: Delivered) -> Lesson:
    return {"endState": "CANCELLED"}


def _failed(_: Delivered) -> Lesson:
    return {"endState": "FAILED"}


TEACHERS: Mapping[str, Callable[[Delivered], Lesson]] = {
    events.NewOrder.detail_type: _created,
    events.OrderWaitsForBarista.detail_type: _chosen,
    events.OrderCompleted.detail_type: _completed,
    events.OrderCancelled.detail_type: _cancelled,
    events.OrderTimeOut.detail_type: _cancelled,
    events.ShopUnavailable.detail_type: _cancelled,
    events.OrderFailed.detail_type: _failed,
}
