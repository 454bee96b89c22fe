"""What requests to DynamoDB consume can be counted, in the units that AWS bills."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError
from local_cloud.testing import Cloud

PATH = "/_aws/dynamodb/consumed-capacity"
INDEX = "by-kind"


def ask(cloud: Cloud, method: str) -> dict[str, Any]:
    with urlopen(Request(cloud.endpoint_url + PATH, method=method)) as answer:  # noqa: S310
        read: dict[str, Any] = json.load(answer)
        return read


@pytest.fixture
def table(cloud: Cloud) -> Iterator[str]:
    """A table with an index."""
    dynamodb, name = cloud.client("dynamodb"), f"t-{uuid4().hex[:8]}"
    dynamodb.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in ("id", "kind")],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        GlobalSecondaryIndexes=[
            {
                "IndexName": INDEX,
                "KeySchema": [{"AttributeName": "kind", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    )
    yield name
    dynamodb.delete_table(TableName=name)


@pytest.fixture
def counting(cloud: Cloud, table: str) -> Iterator[None]:
    ask(cloud, "PUT")
    yield
    ask(cloud, "DELETE")


def of_table(cloud: Cloud, table: str, kind: str) -> dict[str, float]:
    """Its units, and its indexes' by their names."""
    places = ask(cloud, "GET")[kind].items()
    return {name.removeprefix(table).lstrip("/"): used for name, used in places if name.startswith(table)}


def item(**attributes: str) -> dict[str, dict[str, str]]:
    return {name: {"S": value} for name, value in attributes.items()}


@pytest.mark.usefixtures("counting")
def test_a_write_counts_by_its_size_in_the_table_and_in_each_index_that_it_changes(cloud: Cloud, table: str) -> None:
    dynamodb = cloud.client("dynamodb")
    dynamodb.put_item(TableName=table, Item=item(id="1", text="x" * 1500))
    dynamodb.put_item(TableName=table, Item=item(id="2", kind="a"))
    assert of_table(cloud, table, "write") == {"": 3.0, INDEX: 1.0}


@pytest.mark.usefixtures("counting")
def test_a_write_in_a_transaction_counts_twice(cloud: Cloud, table: str) -> None:
    put = {"Put": {"TableName": table, "Item": item(id="1")}}
    cloud.client("dynamodb").transact_write_items(TransactItems=[put])
    assert of_table(cloud, table, "write") == {"": 2.0}


@pytest.mark.usefixtures("counting")
def test_a_read_counts_half_unless_it_is_consistent(cloud: Cloud, table: str) -> None:
    dynamodb = cloud.client("dynamodb")
    dynamodb.get_item(TableName=table, Key=item(id="1"))
    dynamodb.get_item(TableName=table, Key=item(id="1"), ConsistentRead=True)
    assert of_table(cloud, table, "read") == {"": 1.5}


@pytest.mark.usefixtures("counting")
def test_a_write_whose_condition_does_not_hold_is_told(cloud: Cloud, table: str) -> None:
    before = ask(cloud, "GET")["refused"]
    with pytest.raises(ClientError, match="ConditionalCheckFailed"):
        cloud.client("dynamodb").put_item(
            TableName=table, Item=item(id="1"), ConditionExpression="attribute_exists(id)"
        )
    assert ask(cloud, "GET")["refused"] == before + 1


@pytest.mark.usefixtures("counting")
def test_who_asks_for_what_a_request_consumes_is_told_and_nobody_else_is(cloud: Cloud, table: str) -> None:
    dynamodb = cloud.client("dynamodb")
    assert "ConsumedCapacity" not in dynamodb.get_item(TableName=table, Key=item(id="1"))
    told = dynamodb.get_item(TableName=table, Key=item(id="1"), ReturnConsumedCapacity="TOTAL")
    assert told["ConsumedCapacity"]["CapacityUnits"] == 0.5
    assert of_table(cloud, table, "read") == {"": 1.0}


def test_nothing_counts_before_the_beginning_and_after_the_end(cloud: Cloud, table: str) -> None:
    dynamodb = cloud.client("dynamodb")
    dynamodb.get_item(TableName=table, Key=item(id="1"))
    assert of_table(cloud, table, "read") == {}
    ask(cloud, "PUT")
    ask(cloud, "DELETE")
    dynamodb.get_item(TableName=table, Key=item(id="1"))
    assert of_table(cloud, table, "read") == {}
