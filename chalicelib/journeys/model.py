"""What happened to an order, told in order, and its way through the workflow. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib import events


@dataclass(frozen=True)
class Moment:
    """One event of an order; `at` in ms since 1970, `event_id` tells it from the others of that time."""

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
    events.NewOrder.detail_type: "Code scanned",
    events.WorkflowStarted.detail_type: "A place at the bar",
    events.WorkflowWaitsForBarista.detail_type: "Order number taken",
    events.OrderWaitsForBarista.detail_type: "Drink chosen",
    events.MakeOrder.detail_type: "In the barista's hands",
    events.OrderCompleted.detail_type: "Ready",
    events.OrderRecalled.detail_type: "Called back",
    events.OrderCancelled.detail_type: "Cancelled",
    events.OrderFailed.detail_type: "Something broke",
    events.OrderTimeOut.detail_type: "Too slow",
    events.ShopUnavailable.detail_type: "Turned away",
    events.OrderFinished.detail_type: "Workflow finished",
}

ROUTE: Sequence[tuple[str, str]] = (
    (events.NewOrder.detail_type, "Scanned"),
    (events.WorkflowStarted.detail_type, "Place taken"),
    (events.OrderWaitsForBarista.detail_type, "Drink chosen"),
    (events.MakeOrder.detail_type, "Being made"),
    (events.OrderCompleted.detail_type, "Ready"),
)
BAD_ENDS: Mapping[str, str] = {
    events.OrderCancelled.detail_type: "Cancelled",
    events.OrderFailed.detail_type: "Failed",
    events.OrderTimeOut.detail_type: "Too slow",
    events.ShopUnavailable.detail_type: "Turned away",
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
