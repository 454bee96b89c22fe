"""What each event of the bus teaches about an order. Pure; what it does not know it leaves alone.

Times are kept as they were first told, so a second delivery teaches nothing new and everything is counted once (Q58).
"""

from collections.abc import Callable, Mapping
from typing import Any

from chalicelib import events
from chalicelib.envelope import Delivered

type Lesson = Mapping[str, Any]


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


def _claimed(event: Delivered) -> Lesson:
    return {"madeTs": event.at} if event.detail.get("baristaUserId") else {}


def _completed(event: Delivered) -> Lesson:
    return {"completedTs": event.at, "endState": "COMPLETED", **_drink(event)}


def _cancelled(_: Delivered) -> Lesson:
    return {"endState": "CANCELLED"}


def _failed(_: Delivered) -> Lesson:
    return {"endState": "FAILED"}


TEACHERS: Mapping[str, Callable[[Delivered], Lesson]] = {
    events.NewOrder.detail_type: _created,
    events.OrderWaitsForBarista.detail_type: _chosen,
    events.MakeOrder.detail_type: _claimed,
    events.OrderCompleted.detail_type: _completed,
    events.OrderCancelled.detail_type: _cancelled,
    events.OrderTimeOut.detail_type: _cancelled,
    events.ShopUnavailable.detail_type: _cancelled,
    events.OrderFailed.detail_type: _failed,
}
