"""Doing dead work again: the same function, the same event, and honest words where that cannot be."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import boto3
import pytest
from botocore.response import StreamingBody
from botocore.stub import Stubber

from upkeep.dead_letter import Batch, Call, Start, Unknown
from upkeep.replaying import MOST_PAGES, Again, NotDone

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
TAKEN: dict[str, Any] = {"batchItemFailures": []}


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


def expect_pages(account: Account, *pages: list[int], last_is_open: bool = True) -> None:
    """The shard's pages, with records of these numbers; a shard that is open has always one more."""
    account.expect("dynamodbstreams", "get_shard_iterator", SOUGHT, {"ShardIterator": "iterator-0"})
    for index, numbers in enumerate(pages):
        following = {"NextShardIterator": f"iterator-{index + 1}"} if last_is_open or index < len(pages) - 1 else {}
        page = {"Records": [record(f"{number:022}") for number in numbers], **following}
        account.expect("dynamodbstreams", "get_records", {"ShardIterator": f"iterator-{index}"}, page)


def expect_hand_over(account: Account, *numbers: int, answer: Any, error: str | None = None) -> None:
    """That the function is called with records of these numbers, as Lambda hands them over, and waited for."""
    records = [record(f"{number:022}") for number in numbers]
    handed = [
        {**one, "dynamodb": {**one["dynamodb"], "ApproximateCreationDateTime": 7.0}, "eventSourceARN": STREAM}
        for one in records
    ]
    given = {**call_with({"Records": handed}), "InvocationType": "RequestResponse"}
    body = json.dumps(answer).encode()
    said = {"StatusCode": 200, "Payload": StreamingBody(BytesIO(body), len(body))}
    account.expect("lambda", "invoke", given, said | ({"FunctionError": error} if error else {}))


@pytest.mark.parametrize("answer", [TAKEN, {}, None])
def test_a_function_is_called_with_the_batchs_records_as_lambda_hands_them_over(account: Account, answer: Any) -> None:
    expect_pages(account, [10, 20, 21])
    expect_hand_over(account, 10, 20, answer=answer)
    account.again.do(BATCH)


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param([[10, 11], [20, 21]], id="two pages"),
        pytest.param([[], [10, 11], [], [20]], id="empty pages"),
    ],
)
def test_a_batch_is_had_from_as_many_pages_as_it_takes(account: Account, pages: list[list[int]]) -> None:
    expect_pages(account, *pages)
    expect_hand_over(account, 10, 11, 20, answer=TAKEN)
    account.again.do(BATCH)


@pytest.mark.parametrize(
    ("pages", "is_open"),
    [
        pytest.param([[10]], False, id="a closed shard's end"),
        pytest.param([[10], *[[]] * (MOST_PAGES - 1)], True, id="an open shard's end"),
        pytest.param([[]], False, id="nothing"),
    ],
)
def test_a_batch_without_its_last_record_is_not_half_done(
    account: Account, pages: list[list[int]], *, is_open: bool
) -> None:
    expect_pages(account, *pages, last_is_open=is_open)
    with pytest.raises(NotDone, match="does not give all"):
        account.again.do(BATCH)


def test_a_batch_of_which_the_function_could_not_take_a_record_is_not_done(account: Account) -> None:
    expect_pages(account, [10, 20])
    expect_hand_over(account, 10, 20, answer={"batchItemFailures": [{"itemIdentifier": f"{20:022}"}]})
    with pytest.raises(NotDone, match="1 of 2 records failed once more"):
        account.again.do(BATCH)


def test_a_batch_at_which_the_function_raised_something_is_not_done(account: Account) -> None:
    expect_pages(account, [10, 20])
    expect_hand_over(account, 10, 20, answer={"errorMessage": "the bus was away"}, error="Unhandled")
    with pytest.raises(NotDone, match="failed once more: the bus was away"):
        account.again.do(BATCH)


@pytest.mark.parametrize("error", ["TrimmedDataAccessException", "ResourceNotFoundException"])
def test_records_that_the_stream_has_forgotten_cannot_be_had_again(account: Account, error: str) -> None:
    account.stubs["dynamodbstreams"].add_client_error("get_shard_iterator", error, expected_params=SOUGHT)
    with pytest.raises(NotDone, match="a day only"):
        account.again.do(BATCH)


def test_what_is_unknown_is_not_done(account: Account) -> None:
    with pytest.raises(NotDone, match="nobody knows"):
        account.again.do(Unknown())
