"""Doing dead work again: the same function, the same event, and honest words where that cannot be."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from upkeep.dead_letter import Batch, Call, Start, Unknown
from upkeep.replaying import Again, NotDone

ARN = "arn:aws:lambda:us-east-1:123456789012:function:serverlesspresso-local-config_changed"
MACHINE = "arn:aws:states:us-east-1:123456789012:stateMachine:OrderProcessorWorkflow"
STREAM = "arn:aws:dynamodb:us-east-1:123456789012:table/shops/stream/2026-01-01T00:00:00.000"
EVENT = {"detail": {"orderId": "o1"}}
BATCH = Batch(ARN, STREAM, "shardId-00000000000000000001", "0000000000000000000010", "0000000000000000000020")
SOUGHT = {
    "StreamArn": STREAM,
    "ShardId": BATCH.shard,
    "ShardIteratorType": "AT_SEQUENCE_NUMBER",
    "SequenceNumber": BATCH.first,
}


class Account:
    """Clients that take the expected calls only."""

    def __init__(self) -> None:
        session = boto3.Session("test", "test", region_name="us-east-1")
        names = ("lambda", "stepfunctions", "dynamodbstreams")
        clients = {name: session.client(name) for name in names}  # type: ignore[call-overload]
        self.stubs = {name: Stubber(client) for name, client in clients.items()}
        self.again = Again(*(clients[name] for name in names))

    def expect(self, service: str, operation: str, given: dict[str, Any], answer: dict[str, Any]) -> None:
        self.stubs[service].add_response(operation, answer, given)


@pytest.fixture
def account() -> Iterator[Account]:
    """An account in which everything that is expected must happen."""
    account = Account()
    for stub in account.stubs.values():
        stub.activate()
    yield account
    for stub in account.stubs.values():
        stub.assert_no_pending_responses()


def call_with(event: Any) -> dict[str, Any]:
    return {"FunctionName": ARN, "InvocationType": "Event", "Payload": json.dumps(event)}


def record(number: str) -> dict[str, Any]:
    change = {"SequenceNumber": number, "ApproximateCreationDateTime": datetime.fromtimestamp(7, UTC)}
    return {"eventID": number, "eventName": "MODIFY", "dynamodb": change}


def test_a_function_is_called_with_its_event(account: Account) -> None:
    account.expect("lambda", "invoke", call_with(EVENT), {"StatusCode": 202})
    account.again.do(Call(ARN, EVENT))


def test_a_workflow_is_started_with_its_event(account: Account) -> None:
    given = {"stateMachineArn": MACHINE, "input": json.dumps(EVENT)}
    began = {"executionArn": "arn", "startDate": datetime.fromtimestamp(7, UTC)}
    account.expect("stepfunctions", "start_execution", given, began)
    account.again.do(Start(MACHINE, EVENT))


def test_a_function_is_called_with_the_batchs_records_as_lambda_hands_them_over(account: Account) -> None:
    account.expect("dynamodbstreams", "get_shard_iterator", SOUGHT, {"ShardIterator": "iterator"})
    records = [record("0000000000000000000010"), record("0000000000000000000020"), record("0000000000000000000021")]
    account.expect("dynamodbstreams", "get_records", {"ShardIterator": "iterator"}, {"Records": records})
    handed = [
        {**one, "dynamodb": {**one["dynamodb"], "ApproximateCreationDateTime": 7.0}, "eventSourceARN": STREAM}
        for one in records[:2]
    ]
    account.expect("lambda", "invoke", call_with({"Records": handed}), {"StatusCode": 202})
    account.again.do(BATCH)


@pytest.mark.parametrize("error", ["TrimmedDataAccessException", "ResourceNotFoundException"])
def test_records_that_the_stream_has_forgotten_cannot_be_had_again(account: Account, error: str) -> None:
    account.stubs["dynamodbstreams"].add_client_error("get_shard_iterator", error, expected_params=SOUGHT)
    with pytest.raises(NotDone, match="a day only"):
        account.again.do(BATCH)


def test_what_is_unknown_is_not_done(account: Account) -> None:
    with pytest.raises(NotDone, match="nobody knows"):
        account.again.do(Unknown())
