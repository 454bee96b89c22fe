"""What happened to an order, told in order, and its way through the workflow. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Moment:
    """One event of an order; `at` in ms since 1970."""

    at: int
    event_id: str
    detail_type: str
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Station:
    """A stop on the order's way: passed at a time, or not (yet); an ending that is not a drink is marked."""

    label: str
    passed: bool
    bad_end: bool = False


@dataclass(frozen=True)
class Telling:
    """One line of the story."""

    heading: str
    text: str
    clock: str
    seconds_later: float


# What an event says on the page. An event that is not here is told by its own name and message.
HEADINGS: Mapping[str, str] = {
    "Validator.NewOrder": "Code scanned",
    "OrderProcessor.WorkflowStarted": "A place at the bar",
    "OrderProcessor.WaitingCompletion": "Order number taken",
    "OrderManager.WaitingCompletion": "Drink chosen",
    "OrderManager.MakeOrder": "In the barista's hands",
    "OrderManager.OrderCompleted": "Ready",
    "OrderManager.OrderCancelled": "Cancelled",
    "OrderManager.OrderFailed": "Something broke",
    "OrderProcessor.OrderTimeOut": "Too slow",
    "OrderProcessor.ShopUnavailable": "Turned away",
    "OrderProcessor.orderFinished": "Workflow finished",
}

ROUTE: Sequence[tuple[str, str]] = (
    ("Validator.NewOrder", "Scanned"),
    ("OrderProcessor.WorkflowStarted", "Place taken"),
    ("OrderManager.WaitingCompletion", "Drink chosen"),
    ("OrderManager.MakeOrder", "Being made"),
    ("OrderManager.OrderCompleted", "Ready"),
)
BAD_ENDS: Mapping[str, str] = {
    "OrderManager.OrderCancelled": "Cancelled",
    "OrderManager.OrderFailed": "Failed",
    "OrderProcessor.OrderTimeOut": "Too slow",
    "OrderProcessor.ShopUnavailable": "Turned away",
}


def route(moments: Sequence[Moment]) -> list[Station]:
    """The order's way through the workflow; a bad end is the last stop, and what comes after it was never reached."""
    seen = {moment.detail_type for moment in moments}
    stations = [Station(label, detail_type in seen) for detail_type, label in ROUTE]
    end = next((label for detail_type, label in BAD_ENDS.items() if detail_type in seen), None)
    return [*stations[:-1], Station(end, passed=True, bad_end=True)] if end else stations


def tell(moments: Sequence[Moment], time_zone: str) -> list[Telling]:
    """The story, first things first, in the shop's own time."""
    ordered = sorted(moments, key=lambda moment: (moment.at, moment.event_id))
    return [_telling(moment, ordered[0].at, ZoneInfo(time_zone)) for moment in ordered]


def _telling(moment: Moment, start: int, zone: ZoneInfo) -> Telling:
    clock = datetime.fromtimestamp(moment.at / 1000, UTC).astimezone(zone)
    return Telling(
        heading=HEADINGS.get(moment.detail_type, moment.detail_type),
        text=str(moment.detail.get("Message", "")),
        clock=clock.strftime("%H:%M:%S"),
        seconds_later=(moment.at - start) / 1000,
    )
