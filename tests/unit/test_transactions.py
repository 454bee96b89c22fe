"""Transactions: which refusal a caller hears of, and when the same transaction is tried again."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from chalicelib import transactions
from chalicelib.transactions import Contention, Row, Write, commit, is_contention, plain

OK, CONFLICT, THROTTLED = {"Code": "None"}, {"Code": "TransactionConflict"}, {"Code": "ThrottlingError"}


def failed(item: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"Code": "ConditionalCheckFailed", **({"Item": item} if item else {})}


class Refused(Exception):
    """Carries the row that was handed to the explanation."""


@pytest.fixture
def table() -> Iterator[tuple[Any, Stubber]]:
    resource = boto3.resource("dynamodb", "us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
    with Stubber(resource.meta.client) as stubber:
        yield resource.meta.client, stubber
        stubber.assert_no_pending_responses()


type Stubbed = tuple[Any, Stubber]


def write(name: str) -> Write:
    def explain(row: Row | None) -> Exception:
        return Refused(name, row)

    update = {"TableName": name, "Key": {"id": 1}, "UpdateExpression": "SET a = :a"}
    return Write({"Update": {**update, "ExpressionAttributeValues": {":a": {"one"}}}}, explain)


def cancel(stubber: Stubber, *reasons: dict[str, Any]) -> None:
    stubber.add_client_error(
        "transact_write_items", "TransactionCanceledException", modeled_fields={"CancellationReasons": list(reasons)}
    )


def test_all_writes_go_in_one_call_and_ask_for_the_row_that_refuses(table: Stubbed) -> None:
    client, stubber = table
    sent: list[dict[str, Any]] = []
    client.meta.events.register_last("before-parameter-build", lambda params, **_: sent.extend(params["TransactItems"]))
    stubber.add_response("transact_write_items", {})
    commit(client, [write("a"), write("b")])
    assert [item["Update"]["TableName"] for item in sent] == ["a", "b"]
    assert {item["Update"]["ReturnValuesOnConditionCheckFailure"] for item in sent} == {"ALL_OLD"}


@pytest.mark.parametrize(
    ("reasons", "refused"),
    [
        ([failed(), OK], "a"),
        ([OK, failed()], "b"),
        ([failed(), failed()], "a"),
        ([CONFLICT, failed()], "b"),
    ],
)
def test_the_first_refusal_is_explained(table: Stubbed, reasons: list[dict[str, Any]], refused: str) -> None:
    client, stubber = table
    cancel(stubber, *reasons)
    with pytest.raises(Refused) as raised:
        commit(client, [write("a"), write("b")])
    assert raised.value.args == (refused, None)


def test_the_explanation_sees_the_row_as_plain_values(table: Stubbed) -> None:
    client, stubber = table
    cancel(stubber, failed({"storeOpen": {"BOOL": True}, "limit": {"N": "3"}, "places": {"SS": ["x"]}}))
    with pytest.raises(Refused) as raised:
        commit(client, [write("a")])
    assert raised.value.args == ("a", {"storeOpen": True, "limit": 3, "places": {"x"}})


def test_every_try_of_a_transaction_has_its_token_and_no_other_transaction_has(table: Stubbed) -> None:
    """An answer may be lost: what DynamoDB has done for a token it does not do, or refuse, again."""
    client, stubber = table
    tokens: list[str] = []
    client.meta.events.register(
        "before-parameter-build", lambda params, **_: tokens.append(params["ClientRequestToken"])
    )
    stubber.add_client_error("transact_write_items", "TransactionInProgressException")
    for _ in range(2):
        stubber.add_response("transact_write_items", {})
    commit(client, [write("a")])
    commit(client, [write("a")])
    first, again, other = tokens
    assert first == again != other


@pytest.mark.parametrize("reasons", [[CONFLICT, OK], [OK, THROTTLED]])
def test_contention_is_tried_again(table: Stubbed, reasons: list[dict[str, Any]]) -> None:
    client, stubber = table
    cancel(stubber, *reasons)
    stubber.add_client_error("transact_write_items", "TransactionInProgressException")
    stubber.add_client_error("transact_write_items", "TransactionConflictException")
    stubber.add_response("transact_write_items", {})
    commit(client, [write("a"), write("b")])


def test_a_refusal_after_contention_is_the_answer(table: Stubbed) -> None:
    client, stubber = table
    cancel(stubber, CONFLICT, OK)
    cancel(stubber, OK, failed())
    with pytest.raises(Refused) as raised:
        commit(client, [write("a"), write("b")])
    assert raised.value.args[0] == "b"


def test_contention_without_end_is_told_as_such(table: Stubbed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight seconds on the clock of the retries, none on the wall."""
    client, stubber = table
    for _ in range(2):
        cancel(stubber, CONFLICT)
    patience = transactions._send.retry  # type: ignore[attr-defined, unused-ignore]
    monkeypatch.setattr(patience, "sleep", lambda seconds: None)
    monkeypatch.setattr(patience, "stop", lambda state: state.attempt_number == 2)
    with pytest.raises(Contention):
        commit(client, [write("a")])


def test_any_other_error_stays_what_it_is(table: Stubbed) -> None:
    client, stubber = table
    cancel(stubber, {"Code": "ValidationError"})
    with pytest.raises(ClientError, match="TransactionCanceledException"):
        commit(client, [write("a")])
    stubber.add_client_error("transact_write_items", "AccessDeniedException")
    with pytest.raises(ClientError, match="AccessDenied"):
        commit(client, [write("a")])


@pytest.mark.parametrize(
    ("code", "contention"),
    [
        ("TransactionConflictException", True),
        ("TransactionInProgressException", True),
        ("ConditionalCheckFailedException", False),
        ("ValidationException", False),
    ],
)
def test_a_single_write_that_meets_a_transaction_is_contention(code: str, *, contention: bool) -> None:
    assert is_contention(ClientError({"Error": {"Code": code}}, "PutItem")) == contention


def test_a_row_as_plain_values() -> None:
    assert plain({"a": {"L": [{"S": "x"}, {"NULL": True}]}, "b": {"M": {"c": {"BOOL": False}}}}) == {
        "a": ["x", None],
        "b": {"c": False},
    }
