"""The bus on EventBridge: an event that was refused is sent again, and one that was accepted is not."""

import json
from collections.abc import Iterator
from itertools import count
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from chalicelib.bus import EventBridgeBus, NotDelivered
from chalicelib.events import OrderFinished

TAKEN: dict[str, Any] = {"EventId": "id"}
REFUSED: dict[str, Any] = {"ErrorCode": "ThrottlingException", "ErrorMessage": "slow down"}


@pytest.fixture
def stubbed() -> Iterator[tuple[EventBridgeBus, Stubber]]:
    client = boto3.client("events", "us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
    moments = count(1_000)
    with Stubber(client) as stubber:
        yield EventBridgeBus(client, "the-bus", lambda: next(moments)), stubber
        stubber.assert_no_pending_responses()


type Stubbed = tuple[EventBridgeBus, Stubber]


def event(number: int) -> OrderFinished:
    return OrderFinished("ABC", f"order-{number}", "user-1")


def entry(number: int) -> dict[str, Any]:
    return {
        "EventBusName": "the-bus",
        "Source": "awsserverlessda.serverlesspresso",
        "DetailType": "OrderProcessor.orderFinished",
        "Detail": json.dumps({"at": 1_000 + number, **event(number).detail}),
    }


def answer(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"FailedEntryCount": entries.count(REFUSED), "Entries": list(entries)}


def test_an_event_is_put_with_its_source_type_detail_and_moment(stubbed: Stubbed) -> None:
    bus, stubber = stubbed
    stubber.add_response("put_events", answer(TAKEN), {"Entries": [entry(0)]})
    bus.tell(event(0))


def test_nothing_to_tell_calls_nobody(stubbed: Stubbed) -> None:
    stubbed[0].tell()


def test_more_than_ten_go_in_batches_in_their_order(stubbed: Stubbed) -> None:
    bus, stubber = stubbed
    for first, last in ((0, 10), (10, 20), (20, 21)):
        numbers = range(first, last)
        stubber.add_response(
            "put_events", answer(*[TAKEN for _ in numbers]), {"Entries": [entry(number) for number in numbers]}
        )
    bus.tell(*[event(number) for number in range(21)])


def test_q25_only_what_was_refused_is_sent_again(stubbed: Stubbed) -> None:
    bus, stubber = stubbed
    stubber.add_response("put_events", answer(TAKEN, REFUSED, TAKEN, REFUSED), {"Entries": [*map(entry, range(4))]})
    stubber.add_response("put_events", answer(TAKEN, REFUSED), {"Entries": [entry(1), entry(3)]})
    stubber.add_response("put_events", answer(TAKEN), {"Entries": [entry(3)]})
    bus.tell(*map(event, range(4)))


def test_q25_what_is_refused_again_and_again_is_no_success(stubbed: Stubbed) -> None:
    bus, stubber = stubbed
    stubber.add_response("put_events", answer(TAKEN, REFUSED))
    for _ in range(3):
        stubber.add_response("put_events", answer(REFUSED), {"Entries": [entry(1)]})
    with pytest.raises(NotDelivered, match="1 events were not accepted: ThrottlingException"):
        bus.tell(event(0), event(1))


def test_a_call_that_fails_is_no_success(stubbed: Stubbed) -> None:
    bus, stubber = stubbed
    stubber.add_client_error("put_events", "AccessDeniedException")
    with pytest.raises(ClientError):
        bus.tell(event(0))
