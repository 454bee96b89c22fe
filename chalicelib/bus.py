"""Putting events on the bus, and nothing else: no rule decides here what happened."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from chalicelib import aws
from chalicelib.clock import strictly_later
from chalicelib.events import SOURCE, Event
from chalicelib.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_events.type_defs import PutEventsRequestEntryTypeDef

MOST_PER_CALL = 10  # PutEvents takes at most ten entries (EventBridge quotas)


class NotDelivered(Exception):
    """The bus refused events; its message names the bus's reasons."""


class Bus(Protocol):
    """Somebody who tells everybody."""

    def tell(self, *events: Event) -> None:
        """Put the events on the bus, in this order."""


@dataclass(frozen=True)
class EventBridgeBus:
    """The bus on EventBridge.

    Attributes:
        client: EventBridge.
        name: the bus.
        stamp: when an event happened that does not say so itself, ms since 1970. EventBridge's own time has whole
            seconds only, in which an order may see several events (Q53).
    """

    client: "EventBridgeClient"
    name: str
    stamp: Callable[[], int]

    def tell(self, *events: Event) -> None:
        """Put the events on the bus.

        Raises:
            NotDelivered: entries that the bus still refused after some tries.
        """
        entries = [self._entry(event) for event in events]
        for start in range(0, len(entries), MOST_PER_CALL):
            self._put(entries[start : start + MOST_PER_CALL])

    def _entry(self, event: Event) -> "PutEventsRequestEntryTypeDef":
        return {
            "EventBusName": self.name,
            "Source": SOURCE,
            "DetailType": event.detail_type,
            "Detail": json.dumps({"at": self.stamp(), **event.detail}),
        }

    def _put(self, entries: "Sequence[PutEventsRequestEntryTypeDef]") -> None:
        left = list(entries)

        @retry(
            retry=retry_if_exception_type(NotDelivered),
            wait=wait_random_exponential(multiplier=0.05, max=1),
            stop=stop_after_attempt(4),
            reraise=True,
        )
        def put_what_is_left() -> None:
            # PutEvents answers 200 although it may have refused some entries: only those are tried again.
            answers = self.client.put_events(Entries=left)["Entries"]
            refused = [i for i, answer in enumerate(answers) if "EventId" not in answer]
            reasons = {answers[i].get("ErrorCode", "") for i in refused}
            left[:] = [left[i] for i in refused]
            if left:
                raise NotDelivered(f"{len(left)} events were not accepted: {', '.join(sorted(reasons))}")

        put_what_is_left()


@cache
def event_bus() -> EventBridgeBus:
    """The bus of this process."""
    return EventBridgeBus(aws.events(), settings().event_bus_name, strictly_later())
