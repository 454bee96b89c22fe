"""Which calls a function makes can be recorded, so that its policy can be held against them."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from local_cloud.testing import Cloud

PATH = "/_aws/sts/recorded-calls"
CALLS_AWS = """
import boto3

def handler(event, context):
    dynamodb = boto3.client("dynamodb")
    for number in "123":
        dynamodb.put_item(TableName=event["table"], Item={"id": {"S": number}})
    put = {"Put": {"TableName": event["table"], "Item": {"id": {"S": "4"}}}}
    dynamodb.transact_write_items(TransactItems=[put])
    delete = {"DeleteRequest": {"Key": {"id": {"S": "4"}}}}
    dynamodb.batch_write_item(RequestItems={event["table"]: [delete]})
    return boto3.client("s3").generate_presigned_url("get_object", Params={"Bucket": event["bucket"], "Key": "page"})
"""


def ask(cloud: Cloud, method: str) -> list[dict[str, Any]]:
    with urlopen(Request(cloud.endpoint_url + PATH, method=method)) as answer:  # noqa: S310
        read: list[dict[str, Any]] = json.load(answer)
        return read


@pytest.fixture
def recording(cloud: Cloud) -> Iterator[None]:
    ask(cloud, "PUT")
    yield
    ask(cloud, "DELETE")


@pytest.fixture
def table(cloud: Cloud) -> Iterator[str]:
    dynamodb, name = cloud.client("dynamodb"), f"t-{uuid4().hex[:8]}"
    dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    )
    yield name
    dynamodb.delete_table(TableName=name)


@pytest.fixture
def page(cloud: Cloud) -> Iterator[str]:
    """A bucket with an object of that name."""
    s3, bucket = cloud.client("s3"), f"b-{uuid4().hex[:8]}"
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="page", Body=b"text")
    yield bucket
    s3.delete_object(Bucket=bucket, Key="page")
    s3.delete_bucket(Bucket=bucket)


def call(cloud: Cloud, table: str, bucket: str) -> str:
    """Have a function call AWS, and follow the address that it signed; return the function's name."""
    functions = cloud.client("lambda")
    name = cloud.create_function(CALLS_AWS)
    functions.get_waiter("function_active_v2").wait(FunctionName=name)
    answer = functions.invoke(FunctionName=name, Payload=json.dumps({"table": table, "bucket": bucket}))
    with urlopen(json.load(answer["Payload"])) as object_:  # noqa: S310
        assert object_.read() == b"text"
    functions.delete_function(FunctionName=name)
    return name


@pytest.mark.usefixtures("recording")
def test_a_functions_calls_are_told_once_each_with_what_they_are_about(cloud: Cloud, table: str, page: str) -> None:
    name = call(cloud, table, page)
    told = {one["operation"]: one for one in ask(cloud, "GET") if one["session"] == name}
    assert {operation: one["parameters"] for operation, one in told.items()} == {
        "PutItem": {"TableName": table},
        "TransactWriteItems": {"TransactItems": [{"Put": {"TableName": table}}]},
        "BatchWriteItem": {"RequestItems": {table: {}}},
        "GetObject": {"Bucket": page, "Key": "page"},
    }
    assert {one["account"] for one in told.values()} == {"000000000000"}
    assert told["PutItem"]["service"] == "dynamodb"


@pytest.mark.usefixtures("recording")
def test_what_is_called_without_an_assumed_role_is_not_told(cloud: Cloud, table: str) -> None:
    cloud.client("dynamodb").describe_table(TableName=table)
    assert not [one for one in ask(cloud, "GET") if one["operation"] == "DescribeTable"]


@pytest.mark.usefixtures("recording")
def test_who_begins_again_loses_nothing(cloud: Cloud, table: str, page: str) -> None:
    name = call(cloud, table, page)
    ask(cloud, "PUT")
    assert [one for one in ask(cloud, "GET") if one["session"] == name]


def test_nothing_is_told_before_the_beginning_and_after_the_end(cloud: Cloud, table: str, page: str) -> None:
    call(cloud, table, page)
    assert ask(cloud, "GET") == []
    ask(cloud, "PUT")
    ask(cloud, "DELETE")
    assert ask(cloud, "GET") == []
