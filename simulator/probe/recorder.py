"""A recorder of the bar's bus: a rule of its own that sends everything to a queue of its own."""

import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from chalicelib.events import SOURCE
from simulator.probe.eventually import eventually, see

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_sqs import SQSClient

MARK = "Test.Mark"  # unknown to every consumer; when it arrives, what was put well before it has arrived too


@dataclass(frozen=True)
class Recorded:
    """An event as its consumers get it."""

    detail_type: str
    detail: dict[str, Any]


@dataclass(frozen=True)
class Recorder:
    """What was on the bus since the recorder was there."""

    events: "EventBridgeClient"
    sqs: "SQSClient"
    bus: str
    queue_url: str
    heard: list[Recorded] = field(default_factory=list)

    def everything(self) -> list[Recorded]:
        """All events that were put on the bus before this call, in the order of their arrival.

        Each is delivered on its way alone: one of the last instant may still be missing. Where an event must be there,
        look for it with `eventually`.
        """
        mark = secrets.token_hex(8)
        entry = {"EventBusName": self.bus, "Source": SOURCE, "DetailType": MARK, "Detail": json.dumps({"mark": mark})}
        self.events.put_events(Entries=[entry])  # type: ignore[list-item]

        def look() -> None:
            self._listen()
            see(Recorded(MARK, {"mark": mark}) in self.heard, "the bus has not delivered everything yet")

        eventually(look)
        return [event for event in self.heard if event.detail_type != MARK]

    def about(self, order_id: str) -> list[Recorded]:
        """All events about the order that were put on the bus before this call, in the order in which they happened."""
        found = [event for event in self.everything() if event.detail.get("orderId") == order_id]
        return sorted(found, key=lambda event: event.detail.get("at", 0))  # EventBridge keeps no order

    def wait_for(self, order_id: str, detail_type: str) -> Recorded:
        """The first such event about the order."""

        def look() -> Recorded:
            self._listen()
            events = [event for event in self.heard if event.detail.get("orderId") == order_id]
            found = [event for event in events if event.detail_type == detail_type]
            see(found, f"no {detail_type} among {[event.detail_type for event in events]}")
            return found[0]

        return eventually(look)

    def _listen(self) -> None:
        while messages := self._receive():
            self.heard.extend(messages)

    def _receive(self) -> list[Recorded]:
        answer = self.sqs.receive_message(QueueUrl=self.queue_url, MaxNumberOfMessages=10)
        messages = answer.get("Messages", [])
        for message in messages:
            self.sqs.delete_message(QueueUrl=self.queue_url, ReceiptHandle=message["ReceiptHandle"])
        events = (json.loads(message["Body"]) for message in messages)
        return [Recorded(event["detail-type"], event["detail"]) for event in events]


@contextmanager
def recording(
    events: "EventBridgeClient", sqs: "SQSClient", bus: str, others: Sequence[Any] = (), name: str = ""
) -> Iterator[Recorder]:
    """Record the bar's events on the bus, and those of others; rule and queue are gone afterwards.

    Args:
        events: EventBridge.
        sqs: SQS.
        bus: which.
        others: sources beside the bar's, as a pattern has them.
        name: the rule's and the queue's; what was left under it, by somebody who was killed, goes first. Without one
            they have a name that nobody had.
    """
    if name:
        _remove(events, sqs, bus, name)
    name = name or f"test-{secrets.token_hex(6)}"
    try:
        queue_url = sqs.create_queue(QueueName=name)["QueueUrl"]
        attributes = sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=["QueueArn"])["Attributes"]
        events.put_rule(Name=name, EventBusName=bus, EventPattern=json.dumps({"source": [SOURCE, *others]}))
        events.put_targets(Rule=name, EventBusName=bus, Targets=[{"Id": name, "Arn": attributes["QueueArn"]}])
        yield Recorder(events, sqs, bus, queue_url)
    finally:
        _remove(events, sqs, bus, name)


def _remove(events: "EventBridgeClient", sqs: "SQSClient", bus: str, name: str) -> None:
    """Take away a rule and its queue, or what there is of them."""
    with suppress(events.exceptions.ResourceNotFoundException):
        events.remove_targets(Rule=name, EventBusName=bus, Ids=[name])
        events.delete_rule(Name=name, EventBusName=bus)
    with suppress(sqs.exceptions.QueueDoesNotExist):
        sqs.delete_queue(QueueUrl=sqs.get_queue_url(QueueName=name)["QueueUrl"])
