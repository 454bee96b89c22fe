"""A recorder of the bar's bus: a rule of its own that sends everything to a queue of its own."""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from chalicelib.events import SOURCE
from tests.integration.eventually import eventually

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_sqs import SQSClient


@dataclass(frozen=True)
class Recorded:
    """An event as its consumers get it."""

    detail_type: str
    detail: dict[str, Any]


@dataclass(frozen=True)
class Recorder:
    """What was on the bus since the recorder was there."""

    sqs: "SQSClient"
    queue_url: str
    heard: list[Recorded] = field(default_factory=list)

    def everything(self) -> list[Recorded]:
        """All events so far, in the order of their arrival."""
        while messages := self._receive():
            self.heard.extend(messages)
        return self.heard

    def about(self, order_id: str) -> list[Recorded]:
        """All events so far about the order."""
        return [event for event in self.everything() if event.detail.get("orderId") == order_id]

    def wait_for(self, order_id: str, detail_type: str) -> Recorded:
        """The first such event about the order."""

        def look() -> Recorded:
            events = self.about(order_id)
            found = [event for event in events if event.detail_type == detail_type]
            assert found, f"no {detail_type} among {[event.detail_type for event in events]}"
            return found[0]

        return eventually(look)

    def _receive(self) -> list[Recorded]:
        answer = self.sqs.receive_message(QueueUrl=self.queue_url, MaxNumberOfMessages=10)
        messages = answer.get("Messages", [])
        for message in messages:
            self.sqs.delete_message(QueueUrl=self.queue_url, ReceiptHandle=message["ReceiptHandle"])
        events = (json.loads(message["Body"]) for message in messages)
        return [Recorded(event["detail-type"], event["detail"]) for event in events]


@contextmanager
def recording(events: "EventBridgeClient", sqs: "SQSClient", bus: str) -> Iterator[Recorder]:
    """Record the bar's events on the bus; rule and queue are gone afterwards."""
    name = f"test-{secrets.token_hex(6)}"
    queue_url = sqs.create_queue(QueueName=name)["QueueUrl"]
    attributes = sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=["QueueArn"])["Attributes"]
    events.put_rule(Name=name, EventBusName=bus, EventPattern=json.dumps({"source": [SOURCE]}))
    events.put_targets(Rule=name, EventBusName=bus, Targets=[{"Id": name, "Arn": attributes["QueueArn"]}])
    try:
        yield Recorder(sqs, queue_url)
    finally:
        events.remove_targets(Rule=name, EventBusName=bus, Ids=[name])
        events.delete_rule(Name=name, EventBusName=bus)
        sqs.delete_queue(QueueUrl=queue_url)
