"""An event that its target does not take lands in the dead-letter queue of that target, as it was."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from local_cloud.testing import Cloud

HERE = "us-east-1:000000000000"
ROLE = "arn:aws:iam::000000000000:role/rules"
ENVELOPE = {"version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail"}
GONE = {
    "function": {"Arn": f"arn:aws:lambda:{HERE}:function:gone"},
    "log group": {"Arn": f"arn:aws:logs:{HERE}:log-group:/aws/events/gone"},
    "queue": {"Arn": f"arn:aws:sqs:{HERE}:gone"},
    "state machine": {"Arn": f"arn:aws:states:{HERE}:stateMachine:gone", "RoleArn": ROLE},
}


@pytest.fixture
def name() -> str:
    return f"undelivered-{uuid4().hex[:8]}"


@pytest.fixture
def queue_url(cloud: Cloud, name: str) -> Iterator[str]:
    sqs = cloud.client("sqs")
    url: str = sqs.create_queue(QueueName=name)["QueueUrl"]
    yield url
    sqs.delete_queue(QueueUrl=url)


@pytest.fixture
def rule(cloud: Cloud, name: str) -> Iterator[str]:
    """A rule for events whose source is the rule's name."""
    events = cloud.client("events")
    events.put_rule(Name=name, EventPattern=json.dumps({"source": [name]}))
    yield name
    ids = [target["Id"] for target in events.list_targets_by_rule(Rule=name)["Targets"]]
    events.remove_targets(Rule=name, Ids=ids)
    events.delete_rule(Name=name)


def target(queue: str, **target: str) -> dict[str, Any]:
    return {"Id": "one", "DeadLetterConfig": {"Arn": f"arn:aws:sqs:{HERE}:{queue}"}, **target}


def next_message(cloud: Cloud, url: str) -> dict[str, Any]:
    answer = cloud.client("sqs").receive_message(QueueUrl=url, WaitTimeSeconds=20, MessageAttributeNames=["All"])
    (message,) = answer["Messages"]
    found: dict[str, Any] = message
    return found


@pytest.mark.parametrize("gone", GONE.values(), ids=GONE)
def test_an_event_for_a_target_that_is_gone_is_kept_as_it_was(
    cloud: Cloud, queue_url: str, rule: str, gone: dict[str, str]
) -> None:
    events = cloud.client("events")
    events.put_targets(Rule=rule, Targets=[target(rule, **gone)])
    entry = {"Source": rule, "DetailType": "of some kind", "Detail": '{"n": 1}'}
    event_id = events.put_events(Entries=[entry])["Entries"][0]["EventId"]
    message = next_message(cloud, queue_url)
    event = json.loads(message["Body"])
    as_sent = {"id": event_id, "source": rule, "detail-type": "of some kind", "detail": {"n": 1}}
    assert as_sent.items() <= event.items()
    assert event.keys() == ENVELOPE
    told = {name: value["StringValue"] for name, value in message["MessageAttributes"].items()}
    assert told["RULE_ARN"] == f"arn:aws:events:{HERE}:rule/{rule}"
    assert told["TARGET_ARN"] == gone["Arn"]
    assert told["ERROR_CODE"]
    assert told["ERROR_MESSAGE"]


def test_other_targets_of_the_rule_get_the_event_and_nothing_else_is_kept(
    cloud: Cloud, queue_url: str, rule: str
) -> None:
    events, arn = cloud.client("events"), f"arn:aws:sqs:{HERE}:{rule}"
    lost = {"Id": "lost", "Arn": f"arn:aws:lambda:{HERE}:function:gone", "DeadLetterConfig": {"Arn": f"{arn}-gone"}}
    events.put_targets(Rule=rule, Targets=[lost, target(rule, Arn=arn)])
    events.put_events(Entries=[{"Source": rule, "DetailType": "d", "Detail": "{}"}])
    message = next_message(cloud, queue_url)
    assert "MessageAttributes" not in message  # delivered, not undeliverable
