"""Which requests for DynamoDB need LocalStack, and what DynamoDB Local is asked instead."""

import json

import pytest
from local_cloud.plugins.dynamodb.items_server.routing import in_namespace, needs_localstack, normalised

SIGNED = (
    "AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/20261128/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=1f"
)


def headers(operation: str, authorization: str = SIGNED) -> dict[str, str]:
    return {"X-Amz-Target": f"DynamoDB_20120810.{operation}", "Authorization": authorization}


@pytest.mark.parametrize("operation", ["GetItem", "PutItem", "Query", "BatchWriteItem", "TransactWriteItems"])
def test_what_is_about_items_needs_no_localstack(operation: str) -> None:
    assert not needs_localstack(headers(operation), b'{"TableName": "orders"}')


@pytest.mark.parametrize("operation", ["CreateTable", "DescribeTable", "ExecuteStatement", "TagResource"])
def test_everything_else_does(operation: str) -> None:
    assert needs_localstack(headers(operation), b"{}")


@pytest.mark.parametrize(
    "body",
    [
        b'{"TableName": "arn:aws:dynamodb:us-east-1:000000000000:table/orders"}',
        b'{"TableName": "orders", "IndexName": "by-state", "Select": "ALL_ATTRIBUTES"}',
    ],
)
def test_so_does_what_localstack_makes_something_else_of(body: bytes) -> None:
    assert needs_localstack(headers("Query"), body)


def test_so_does_what_is_not_signed_or_names_no_operation() -> None:
    assert needs_localstack(headers("GetItem", authorization=""), b"{}")
    assert needs_localstack({}, b"")


def test_account_and_region_say_whose_tables_are_meant() -> None:
    renamed = in_namespace(SIGNED, {"ASIAEXAMPLE": "111122223333"}.__getitem__)
    assert renamed == SIGNED.replace("ASIAEXAMPLE", "111122223333euwest1")


def test_a_transaction_that_is_sent_again_in_another_order_is_the_same() -> None:
    sent, sent_again = {"a": {"b": 1, "c": 2}, "d": 3}, {"d": 3, "a": {"c": 2, "b": 1}}
    first, second = (normalised(headers("TransactWriteItems"), json.dumps(one).encode()) for one in (sent, sent_again))
    assert first == second
    assert json.loads(first) == sent


def test_other_requests_are_left_as_they_are() -> None:
    assert normalised(headers("PutItem"), b'{"b": 1,  "a": 2}') == b'{"b": 1,  "a": 2}'
