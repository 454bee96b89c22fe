"""A bus of its own for a test, and queues that tell what arrived."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from local_cloud.testing import Cloud

HERE = "us-east-1:000000000000"


@dataclass
class Bus:
    """An event bus whose rules and queues go with it."""

    cloud: Cloud
    name: str = field(default_factory=lambda: f"bus-{uuid4().hex[:8]}")
    rules: dict[str, list[str]] = field(default_factory=dict)
    queues: list[str] = field(default_factory=list)

    def put_rule(self, name: str, pattern: Any = None) -> None:
        """Make a rule of this pattern, given as a text or as what it holds; of all events of `shop` without one."""
        text = pattern if isinstance(pattern, str) else json.dumps(pattern or {"source": ["shop"]})
        self.cloud.client("events").put_rule(Name=name, EventBusName=self.name, EventPattern=text)
        self.rules.setdefault(name, [])

    def put_target(self, rule: str, arn: str, **settings: Any) -> None:
        """Give a rule the one target `t`."""
        target = {"Id": "t", "Arn": arn, **settings}
        self.cloud.client("events").put_targets(Rule=rule, EventBusName=self.name, Targets=[target])
        self.rules[rule] = ["t"]

    def queue(self) -> tuple[str, str]:
        """Make a queue; return its URL and its ARN."""
        name = f"{self.name}-{len(self.queues)}"
        self.queues.append(self.cloud.client("sqs").create_queue(QueueName=name)["QueueUrl"])
        return self.queues[-1], f"arn:aws:sqs:{HERE}:{name}"

    def put_event(self, detail: Mapping[str, Any]) -> None:
        """Put one event of source `shop` on the bus."""
        entry = {
            "EventBusName": self.name,
            "Source": "shop",
            "DetailType": "order placed",
            "Detail": json.dumps(detail),
        }
        assert not self.cloud.client("events").put_events(Entries=[entry])["FailedEntryCount"]

    def next_message(self, url: str) -> Any:
        """Wait for a queue's next message, take it away, and return its body as JSON."""
        sqs = self.cloud.client("sqs")
        (message,) = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)["Messages"]
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return json.loads(message["Body"])

    def remove(self) -> None:
        """Remove it with all that was made for it."""
        events = self.cloud.client("events")
        for rule, ids in self.rules.items():
            if ids:
                events.remove_targets(Rule=rule, EventBusName=self.name, Ids=ids)
            events.delete_rule(Name=rule, EventBusName=self.name)
        events.delete_event_bus(Name=self.name)
        for url in self.queues:
            self.cloud.client("sqs").delete_queue(QueueUrl=url)


@pytest.fixture
def bus(cloud: Cloud) -> Iterator[Bus]:
    """Give a test its own bus."""
    made = Bus(cloud)
    cloud.client("events").create_event_bus(Name=made.name)
    yield made
    made.remove()
