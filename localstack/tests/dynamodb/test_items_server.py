"""A function's DynamoDB is everybody's, whichever way its requests take."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from botocore.session import get_session
from local_cloud.testing import Cloud

# Does what it is told: [[operation, parameters], ...], and gives each one's answer, or its error's code.
OBEDIENT = """
import os
import boto3
from botocore.exceptions import ClientError

def handler(event, context):
    client = boto3.client("dynamodb", region_name=event.get("region"))
    return {"way": client.meta.endpoint_url, "answers": [answer(client, *one) for one in event["calls"]]}

def answer(client, operation, parameters):
    try:
        told = getattr(client, operation)(**parameters)
    except ClientError as error:
        return {"code": error.response["Error"]["Code"], "item": error.response.get("Item")}
    return {name: value for name, value in told.items() if name in ("Item", "Items", "Attributes", "Responses")}
"""


class Function:
    """A deployed function that asks DynamoDB what it is told to ask."""

    def __init__(self, cloud: Cloud, variables: dict[str, str] | None = None) -> None:
        self._lambda = cloud.client("lambda")
        self.name = cloud.create_function(OBEDIENT, variables)
        self._lambda.get_waiter("function_active_v2").wait(FunctionName=self.name)

    def say(self, *calls: tuple[str, dict[str, Any]], region: str = "us-east-1") -> Any:
        payload = json.dumps({"calls": calls, "region": region})
        return json.load(self._lambda.invoke(FunctionName=self.name, Payload=payload)["Payload"])

    def ask(self, *calls: tuple[str, dict[str, Any]], region: str = "us-east-1") -> list[Any]:
        answers: list[Any] = self.say(*calls, region=region)["answers"]
        return answers

    def remove(self) -> None:
        self._lambda.delete_function(FunctionName=self.name)


@pytest.fixture
def function(cloud: Cloud) -> Iterator[Function]:
    made = Function(cloud)
    yield made
    made.remove()


def dynamodb(cloud: Cloud, region: str = "us-east-1", account: str = "test") -> Any:
    keys: dict[str, Any] = {"aws_access_key_id": account, "aws_secret_access_key": "test"}
    return get_session().create_client("dynamodb", endpoint_url=cloud.endpoint_url, region_name=region, **keys)


def create_table(client: Any) -> str:
    name = f"t-{uuid4().hex[:8]}"
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )
    return name


@pytest.fixture
def table(cloud: Cloud) -> Iterator[str]:
    client = cloud.client("dynamodb")
    name = create_table(client)
    yield name
    client.delete_table(TableName=name)


def item(key: str, **more: str) -> dict[str, dict[str, str]]:
    return {name: {"S": value} for name, value in {"id": key, **more}.items()}


def put(table: str, key: str, **more: Any) -> tuple[str, dict[str, Any]]:
    return "put_item", {"TableName": table, "Item": item(key), **more}


def get(table: str, key: str) -> tuple[str, dict[str, Any]]:
    return "get_item", {"TableName": table, "Key": item(key), "ConsistentRead": True}


def add(table: str, key: str) -> dict[str, Any]:
    values = {":one": {"N": "1"}}
    update = "ADD seen :one"
    return {"TableName": table, "Key": item(key), "UpdateExpression": update, "ExpressionAttributeValues": values}


def test_functions_and_others_see_the_same_items(cloud: Cloud, function: Function, table: str) -> None:
    client = cloud.client("dynamodb")
    client.put_item(TableName=table, Item=item("1", drink="tea"))
    assert function.ask(get(table, "1"), put(table, "2")) == [{"Item": item("1", drink="tea")}, {}]
    assert client.get_item(TableName=table, Key=item("2"))["Item"] == item("2")


def test_every_kind_of_request_for_items_is_answered(function: Function, table: str) -> None:
    key = {":id": {"S": "1"}}
    asked = function.ask(
        put(table, "1"),
        ("update_item", {**add(table, "1"), "ReturnValues": "ALL_NEW"}),
        ("query", {"TableName": table, "KeyConditionExpression": "id = :id", "ExpressionAttributeValues": key}),
        ("scan", {"TableName": table}),
        ("batch_get_item", {"RequestItems": {table: {"Keys": [item("1")]}}}),
        ("batch_write_item", {"RequestItems": {table: [{"PutRequest": {"Item": item("2")}}]}}),
        ("transact_write_items", {"TransactItems": [{"Put": {"TableName": table, "Item": item("3")}}]}),
        ("transact_get_items", {"TransactItems": [{"Get": {"TableName": table, "Key": item("3")}}]}),
        ("delete_item", {"TableName": table, "Key": item("1")}),
    )
    seen = {**item("1"), "seen": {"N": "1"}}
    assert asked == [
        {},
        {"Attributes": seen},
        {"Items": [seen]},
        {"Items": [seen]},
        {"Responses": {table: [seen]}},
        {},
        {},
        {"Responses": [{"Item": item("3")}]},
        {},
    ]


def test_a_refusal_says_why_and_what_is_there(function: Function, table: str) -> None:
    refused = put(
        table,
        "1",
        ConditionExpression="attribute_not_exists(id)",
        ReturnValuesOnConditionCheckFailure="ALL_OLD",
    )
    assert function.ask(put(table, "1"), refused, put("no-table", "1")) == [
        {},
        {"code": "ConditionalCheckFailedException", "item": item("1")},
        {"code": "ResourceNotFoundException", "item": None},
    ]


def test_a_transaction_is_done_once_however_often_it_is_sent(cloud: Cloud, function: Function, table: str) -> None:
    once = ("transact_write_items", {"TransactItems": [{"Update": add(table, "1")}], "ClientRequestToken": "t" * 36})
    assert function.ask(once, once) == [{}, {}]
    assert cloud.client("dynamodb").get_item(TableName=table, Key=item("1"))["Item"]["seen"] == {"N": "1"}


def test_many_functions_at_once_lose_no_update(cloud: Cloud, function: Function, table: str) -> None:
    updates = [("update_item", add(table, "1"))] * 10
    with ThreadPoolExecutor(8) as callers:
        answers = [one for told in callers.map(lambda _: function.ask(*updates), range(8)) for one in told]
    assert answers == [{}] * 80
    assert cloud.client("dynamodb").get_item(TableName=table, Key=item("1"))["Item"]["seen"] == {"N": "80"}


def test_tables_arns_and_partiql_are_localstacks_business(cloud: Cloud, function: Function, table: str) -> None:
    arn = cloud.client("dynamodb").describe_table(TableName=table)["Table"]["TableArn"]
    statement = {"Statement": f'SELECT * FROM "{table}"'}  # noqa: S608  # DynamoDB's, on a table of the test's own
    transaction = {"TransactItems": [{"Put": {"TableName": arn, "Item": item("1")}}]}
    answers = function.ask(
        ("describe_table", {"TableName": table}),
        ("transact_write_items", transaction),
        ("execute_statement", statement),
    )
    assert answers == [{}, {}, {"Items": [item("1")]}]


def test_each_region_and_account_has_its_own_tables(cloud: Cloud, function: Function) -> None:
    there = dynamodb(cloud, region="eu-west-1")
    name = create_table(there)
    there.put_item(TableName=name, Item=item("1"))
    elsewhere = dynamodb(cloud, account="111122223333")
    strangers = create_table(elsewhere)
    assert function.ask(get(name, "1"), region="eu-west-1") == [{"Item": item("1")}]
    assert [one["code"] for one in function.ask(get(name, "1"), get(strangers, "1"))] == [
        "ResourceNotFoundException"
    ] * 2
    there.delete_table(TableName=name)
    elsewhere.delete_table(TableName=strangers)


def test_a_global_tables_replica_has_its_items(cloud: Cloud, function: Function, table: str) -> None:
    client = cloud.client("dynamodb")
    client.update_table(TableName=table, ReplicaUpdates=[{"Create": {"RegionName": "eu-west-1"}}])
    client.put_item(TableName=table, Item=item("1"))
    assert function.ask(get(table, "1"), put(table, "2"), region="eu-west-1") == [{"Item": item("1")}, {}]
    assert client.get_item(TableName=table, Key=item("2"))["Item"] == item("2")
    client.update_table(TableName=table, ReplicaUpdates=[{"Delete": {"RegionName": "eu-west-1"}}])


def gone_through_localstack(cloud: Cloud, operation: str) -> int:
    return cloud.log.read_text().count(f"AWS dynamodb.{operation} =>")


def test_requests_for_items_go_past_localstack_and_no_others(cloud: Cloud, function: Function, table: str) -> None:
    before = [gone_through_localstack(cloud, operation) for operation in ("PutItem", "DescribeTable")]
    function.ask(put(table, "1"), ("describe_table", {"TableName": table}))
    after = [gone_through_localstack(cloud, operation) for operation in ("PutItem", "DescribeTable")]
    assert [now - then for now, then in zip(after, before, strict=True)] == [0, 1]


def note(cloud: Cloud, method: str, path: str) -> Any:
    with urlopen(Request(f"{cloud.endpoint_url}/_aws/{path}", method=method)) as answer:  # noqa: S310
        return json.load(answer)


CALLS, CAPACITY = "sts/recorded-calls", "dynamodb/consumed-capacity"


@pytest.fixture
def notes(cloud: Cloud) -> Iterator[None]:
    for path in (CALLS, CAPACITY):
        note(cloud, "PUT", path)
    yield
    for path in (CALLS, CAPACITY):
        note(cloud, "DELETE", path)


@pytest.mark.usefixtures("notes")
def test_all_go_through_localstack_while_anybody_notes_them(cloud: Cloud, function: Function, table: str) -> None:
    function.ask(put(table, "1"))
    assert note(cloud, "GET", CAPACITY)["write"] == {table: 1}
    note(cloud, "DELETE", CAPACITY)
    function.ask(put(table, "2"), get(table, "2"))
    told = {one["operation"] for one in note(cloud, "GET", CALLS) if one["session"] == function.name}
    assert told == {"PutItem", "GetItem"}
    note(cloud, "DELETE", CALLS)
    before = gone_through_localstack(cloud, "PutItem")
    function.ask(put(table, "3"))
    assert gone_through_localstack(cloud, "PutItem") == before


def test_a_function_with_an_address_of_its_own_asks_there(cloud: Cloud, table: str) -> None:
    function = Function(cloud, {"AWS_ENDPOINT_URL": cloud.endpoint_url})
    told = function.say(put(table, "1"))
    function.remove()
    assert told == {"way": cloud.endpoint_url, "answers": [{}]}
