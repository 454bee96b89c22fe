"""The bus on EventBridge: what is told arrives at a rule's target as it was told; our rules match our events."""

import json
import secrets
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from chalicelib import events
from chalicelib.bus import EventBridgeBus
from chalicelib.clock import strictly_later
from chalicelib.events import Event, NewOrder, OrderFinished
from simulator.probe.eventually import eventually
from simulator.probe.recorder import Recorder, recording
from tests.architecture.source import ROOT

RULES = json.loads((ROOT / "statemachine" / "rules.json").read_text())


@pytest.fixture
def bus(aws: Callable[[str], Any]) -> Iterator[EventBridgeBus]:
    """A bus of the test's own."""
    client, name = aws("events"), f"contract-{secrets.token_hex(6)}"
    client.create_event_bus(Name=name)
    try:
        yield EventBridgeBus(client, name, strictly_later())
    finally:
        client.delete_event_bus(Name=name)


@pytest.fixture
def recorder(aws: Callable[[str], Any], bus: EventBridgeBus) -> Iterator[Recorder]:
    with recording(aws("events"), aws("sqs"), bus.name) as recorder:
        yield recorder


def test_what_is_told_arrives_as_it_was_told(bus: EventBridgeBus, recorder: Recorder) -> None:
    told = NewOrder("ABC", "order-1", "user-1", {"eventId": "ABC", "availableTokens": 9})
    bus.tell(told)
    arrived = recorder.wait_for("order-1", "Validator.NewOrder").detail
    assert {name: value for name, value in arrived.items() if name != "at"} == told.detail
    assert isinstance(arrived["at"], int)


def test_more_than_fit_into_one_call_all_arrive_each_at_its_own_moment(bus: EventBridgeBus, recorder: Recorder) -> None:
    names = [f"order-{number}" for number in range(23)]
    bus.tell(*[OrderFinished("ABC", name, "user-1") for name in names])

    def all_there() -> dict[str, int]:
        arrived = {event.detail["orderId"]: event.detail["at"] for event in recorder.everything()}
        assert arrived.keys() == set(names)
        return arrived

    moments = eventually(all_there)
    assert sorted(moments, key=lambda name: moments[name]) == names
    assert len(set(moments.values())) == len(names)


def envelope(event: Event) -> str:
    return json.dumps(
        {
            "version": "0",
            "id": "1",
            "account": "000000000000",
            "region": "us-east-1",
            "time": "2026-11-22T10:00:00Z",
            "resources": [],
            "source": events.SOURCE,
            "detail-type": event.detail_type,
            "detail": event.detail,
        }
    )


NEW_ORDER = NewOrder("ABC", "order-1", "user-1", {})
FINISHED = OrderFinished("ABC", "order-1", "user-1")


def matching(client: Any, event: str) -> set[str]:
    """Names of our rules that the event matches, as EventBridge itself says."""
    return {
        rule["name"]
        for rule in RULES
        if client.test_event_pattern(EventPattern=json.dumps(rule["pattern"]), Event=event)["Result"]
    }


def test_a_new_order_starts_the_workflow_and_nothing_else_does(aws: Callable[[str], Any]) -> None:
    starting = {rule["name"] for rule in RULES if "stateMachine" in rule["target"]}
    assert starting <= matching(aws("events"), envelope(NEW_ORDER))
    assert starting.isdisjoint(matching(aws("events"), envelope(FINISHED)))


def test_a_foreign_event_matches_no_rule(aws: Callable[[str], Any]) -> None:
    foreign = envelope(NEW_ORDER).replace(events.SOURCE, "somebody.else")
    assert matching(aws("events"), foreign) == set()


@pytest.mark.parametrize("missing", ["orderId", "eventId"])
def test_q41_a_new_order_without_order_or_shop_starts_nothing(aws: Callable[[str], Any], missing: str) -> None:
    starting = {rule["name"] for rule in RULES if "stateMachine" in rule["target"]}
    crippled = envelope(NEW_ORDER).replace(f'"{missing}"', '"somethingElse"')
    assert starting.isdisjoint(matching(aws("events"), crippled))
