"""Playing a recorded day onto the bus: PutEvents at the right time. Decides nothing about what the events mean."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_random_exponential

from chalicelib.bus import MOST_PER_CALL
from chalicelib.clock import strictly_later
from chalicelib.events import SOURCE
from simulator.outputs import Outputs
from simulator.replay.recording import Recorded
from simulator.replay.schedule import due_now, due_times

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_events.type_defs import PutEventsRequestEntryTypeDef

PATIENCE_S = 60


class NotTaken(Exception):
    """The bus refused events for too long; the message names its reasons."""


@dataclass(frozen=True)
class Clock:
    """Real time, or a test's: seconds from anywhere, and a way to let them pass."""

    now: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep


@dataclass(frozen=True)
class Stage:
    """Where events are played.

    Attributes:
        client: EventBridge.
        bus: the bus's name.
        stamp: the moment that an event happens anew, ms since 1970; strictly later than the one before.
        wait: lets seconds pass before events that were refused are put again.
    """

    client: "EventBridgeClient"
    bus: str
    stamp: Callable[[], int]
    wait: Callable[[float], None] = time.sleep

    def put(self, events: Sequence[Recorded]) -> None:
        """Put at most ten events; those that are refused are put again.

        Raises:
            NotTaken: the bus does not take some of them.
        """
        left = [self._entry(event) for event in events]
        trying = Retrying(
            retry=retry_if_exception_type(NotTaken),
            wait=wait_random_exponential(multiplier=0.2, max=5),
            stop=stop_after_delay(PATIENCE_S),
            sleep=self.wait,
            reraise=True,
        )
        trying(self._put, left)

    def _put(self, left: "list[PutEventsRequestEntryTypeDef]") -> None:
        """Put what is left; what is taken is left no more."""
        # PutEvents answers 200 although it may have refused some entries: only those are put again.
        answers = self.client.put_events(Entries=left)["Entries"]
        refused = [i for i, answer in enumerate(answers) if "EventId" not in answer]
        reasons = {answers[i].get("ErrorCode", "") for i in refused}
        left[:] = [left[i] for i in refused]
        if left:
            raise NotTaken(f"the bus does not take {len(left)} events: {', '.join(sorted(reasons))}")

    def _entry(self, event: Recorded) -> "PutEventsRequestEntryTypeDef":
        # What is played happens now: a consumer that keeps days must not write into the recorded one.
        detail = {**event.detail, "at": self.stamp()}
        return {
            "EventBusName": self.bus,
            "Source": SOURCE,
            "DetailType": event.detail_type,
            "Detail": json.dumps(detail),
        }


def stage(aws: boto3.Session, outputs: Outputs) -> Stage:
    """The bus of the bar that the outputs tell of; calls that fail are botocore's to repeat."""
    client = aws.client(
        "events",
        endpoint_url=outputs.endpoint_url,
        region_name=outputs.region,
        config=Config(retries={"mode": "standard", "max_attempts": 8}),
    )
    return Stage(client, outputs.event_bus_name, strictly_later())


def play(
    put: Callable[[Sequence[Recorded]], None],
    events: Sequence[Recorded],
    speed: float,
    tell: Callable[[int], None],
    clock: Clock,
) -> None:
    """Put the events with the gaps that were between them, divided by the speed; those due together go together.

    Args:
        put: takes at most ten events.
        events: earliest first.
        speed: how many times faster than they happened; above 0.
        tell: told how many were put, each time.
        clock: what time it is.
    """
    due = due_times([event.at for event in events], speed)
    began = clock.now()
    position = 0
    while position < len(due):
        elapsed = clock.now() - began
        count = due_now(due, position, elapsed, MOST_PER_CALL)
        if not count:
            clock.wait(due[position] - elapsed)
            continue
        put(events[position : position + count])
        position += count
        tell(count)
