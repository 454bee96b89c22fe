"""The envelope in which EventBridge delivers an event to a function. Pure; tolerant of what it does not know."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.texts import is_name


@dataclass(frozen=True)
class Delivered:
    """One event as a consumer gets it.

    Attributes:
        event_id: EventBridge's id; the same for a second delivery, another when the bar tells the event again.
        at: when it happened, ms since 1970.
        order_id: None for an event that is about no order; what can be no key is no order of ours, and a consumer that
            tried to keep it would fail at every delivery.
    """

    event_id: str
    detail_type: str
    detail: Mapping[str, Any]
    at: int

    @property
    def identity(self) -> str:
        """What tells it from every other event of its order: the same when the bar itself tells it again.

        An order has one event of a kind at a moment. Events recorded from the original do not say their moment.
        """
        return self.detail_type if isinstance(self.detail.get("at"), int) else self.event_id

    @property
    def order_id(self) -> str | None:
        """The order it is about."""
        return self._text("orderId")

    @property
    def shop(self) -> str | None:
        """The shop it is about."""
        return self._text("eventId")

    def _text(self, name: str) -> str | None:
        value = self.detail.get(name)
        return value if is_name(value) else None


def delivered(envelope: Mapping[str, Any]) -> Delivered:
    """The event in its envelope.

    Args:
        envelope: `{"id", "detail-type", "time", "detail", ..}`. Events recorded from the original carry no `at`; their
            time has whole seconds.
    """
    detail = envelope.get("detail") or {}
    at = detail.get("at")
    seconds = datetime.fromisoformat(envelope["time"]).timestamp()
    return Delivered(
        envelope["id"], envelope["detail-type"], detail, at if isinstance(at, int) else int(seconds * 1000)
    )
