"""Events as rules meet them: one of each type that the bar has, and some that only look like them. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.events import SOURCE, Event, NewOrder, OrderCompleted, OrderEvent
from chalicelib.realtime.model import KINDS

MEMBERS = frozenset(
    {"version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail", "replay-name"}
)
_OF_AN_ORDER = {"eventId": "ABC", "orderId": "order-1", "userId": "user-1"}
_OF_A_SHOP = {"eventId": "ABC"}


@dataclass(frozen=True)
class Sample:
    """An event.

    Attributes:
        name: what people call it.
        detail_type: its type.
        is_ours: whether the bar put it there.
        is_known: whether it is of a type that the bar has, with all that such events have.
    """

    name: str
    detail_type: str
    detail: Mapping[str, Any]
    source: str = SOURCE
    is_known: bool = True

    @property
    def is_ours(self) -> bool:
        """Whether it comes from the bar."""
        return self.source == SOURCE

    @property
    def envelope(self) -> Mapping[str, Any]:
        """As EventBridge delivers it."""
        return {
            "version": "0",
            "id": "event-1",
            "detail-type": self.detail_type,
            "source": self.source,
            "account": "000000000000",
            "time": "2026-11-22T10:00:00Z",
            "region": "us-east-1",
            "resources": [],
            "detail": self.detail,
        }


def envelope_of(told: Event, event_id: str = "event-1") -> dict[str, Any]:
    """An event of the bar's as EventBridge delivers it, with the id of this delivery."""
    return {**Sample("", told.detail_type, told.detail).envelope, "id": event_id}


def samples() -> Iterator[Sample]:
    """One event of each kind, then those that look like one."""
    for detail_type, kind in KINDS.items():
        yield Sample(detail_type, detail_type, _OF_AN_ORDER if issubclass(kind, OrderEvent) else _OF_A_SHOP)
    new = NewOrder.detail_type
    longer = f"{new}X"
    for told in (new, OrderCompleted.detail_type):
        yield Sample(f"{told} of another source", told, _OF_AN_ORDER, "somebody.else", is_known=False)
    yield Sample(f"{longer}, which nobody has defined yet", longer, _OF_AN_ORDER, is_known=False)
    yield Sample(f"{new} without an orderId", new, _OF_A_SHOP, is_known=False)
