"""Playing: each event at its time, and again if the bus refuses it."""

import json
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from simulator.replay import player
from simulator.replay.player import Clock, NotTaken, Stage, play
from simulator.replay.recording import Recorded

TAKEN: dict[str, Any] = {"EventId": "id"}
REFUSED: dict[str, Any] = {"ErrorCode": "ThrottlingException", "ErrorMessage": "slow down"}


class Time:
    """Passes only when somebody waits, or when a call takes some."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def wait(self, seconds: float) -> None:
        assert seconds > 0
        self.now_s += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.now_s, self.wait)


def at(*moments: int) -> list[Recorded]:
    return [Recorded("Validator.NewOrder", moment, {"orderId": f"order-{n}"}) for n, moment in enumerate(moments)]


def played(events: Sequence[Recorded], speed: float = 1, call_takes_s: float = 0) -> list[tuple[float, int]]:
    """When how many events were put."""
    time = Time()
    calls: list[tuple[float, int]] = []
    order: list[Recorded] = []

    def put(batch: Sequence[Recorded]) -> None:
        calls.append((round(time.now_s, 6), len(batch)))
        order.extend(batch)
        time.now_s += call_takes_s

    told: list[int] = []
    play(put, events, speed, told.append, time.clock)
    assert order == list(events)
    assert told == [size for _, size in calls]
    return calls


def test_events_are_put_with_their_gaps() -> None:
    assert played(at(5_000, 5_500, 8_000)) == [(0, 1), (0.5, 1), (3, 1)]


def test_at_ten_times_the_speed_gaps_are_a_tenth() -> None:
    assert played(at(5_000, 5_500, 8_000), speed=10) == [(0, 1), (0.05, 1), (0.3, 1)]


def test_those_of_one_moment_go_together_at_most_ten_at_once() -> None:
    assert played(at(*[0] * 23, 1_000)) == [(0, 10), (0, 10), (0, 3), (1, 1)]


def test_a_slow_call_delays_what_was_due_meanwhile_but_nothing_after() -> None:
    assert played(at(0, 1_000, 2_000, 9_000), call_takes_s=4) == [(0, 1), (4, 2), (9, 1)]


type Stubbed = tuple[Stage, Stubber, list[float]]


@pytest.fixture
def stubbed() -> Iterator[Stubbed]:
    client = boto3.client("events", "us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
    moments, waits = count(1_000), list[float]()
    with Stubber(client) as stubber:
        yield Stage(client, "the-bus", lambda: next(moments), waits.append), stubber, waits
        stubber.assert_no_pending_responses()


def entry(number: int) -> dict[str, Any]:
    return {
        "EventBusName": "the-bus",
        "Source": "awsserverlessda.serverlesspresso",
        "DetailType": "Validator.NewOrder",
        "Detail": json.dumps({"orderId": f"order-{number}", "at": 1_000 + number}),
    }


def answer(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"FailedEntryCount": entries.count(REFUSED), "Entries": list(entries)}


def test_an_event_happens_now_whenever_it_was_recorded(stubbed: Stubbed) -> None:
    stage, stubber, _ = stubbed
    stubber.add_response("put_events", answer(TAKEN), {"Entries": [entry(0)]})
    stage.put([Recorded("Validator.NewOrder", 5, {"orderId": "order-0", "at": 5})])


def test_only_what_was_refused_is_put_again(stubbed: Stubbed) -> None:
    stage, stubber, waits = stubbed
    stubber.add_response("put_events", answer(TAKEN, REFUSED, TAKEN), {"Entries": [entry(0), entry(1), entry(2)]})
    stubber.add_response("put_events", answer(REFUSED), {"Entries": [entry(1)]})
    stubber.add_response("put_events", answer(TAKEN), {"Entries": [entry(1)]})
    stage.put(at(0, 0, 0))
    assert len(waits) == 2


def test_the_bus_is_not_asked_for_ever(stubbed: Stubbed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(player, "PATIENCE_S", 0)
    stage, stubber, _ = stubbed
    stubber.add_response("put_events", answer(REFUSED, TAKEN))
    with pytest.raises(NotTaken, match="does not take 1 events: ThrottlingException"):
        stage.put(at(0, 0))


def test_a_call_that_fails_for_good_is_not_hidden(stubbed: Stubbed) -> None:
    stage, stubber, _ = stubbed
    stubber.add_client_error("put_events", "AccessDeniedException", http_status_code=403)
    with pytest.raises(ClientError, match="AccessDenied"):
        stage.put(at(0))
