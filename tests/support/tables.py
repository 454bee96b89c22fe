"""Tables of a test run's own, in the shapes that the stores describe."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from chalicelib.tables import Index, TableShape

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBServiceResource
    from mypy_boto3_dynamodb.service_resource import Table


@contextmanager
def table_of(shape: TableShape, dynamodb: "DynamoDBServiceResource", name: str) -> "Iterator[Table]":
    """A table of that shape; it is gone afterwards."""
    table = dynamodb.create_table(**_request(shape, name))
    table.wait_until_exists()
    try:
        yield table
    finally:
        table.delete()


def _request(shape: TableShape, name: str) -> Any:
    keyed: list[TableShape | Index] = [shape, *shape.indexes]
    keys = {key.name: key.type for one in keyed for key in (one.partition, one.sort) if key}
    indexes = [
        {"IndexName": index.name, "KeySchema": _schema(index), "Projection": {"ProjectionType": "ALL"}}
        for index in shape.indexes
    ]
    return {
        "TableName": name,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": key, "AttributeType": kind} for key, kind in keys.items()],
        "KeySchema": _schema(shape),
        **({"GlobalSecondaryIndexes": indexes} if indexes else {}),
    }


def _schema(of: TableShape | Index) -> list[dict[str, str]]:
    hash_key = {"AttributeName": of.partition.name, "KeyType": "HASH"}
    return [hash_key, {"AttributeName": of.sort.name, "KeyType": "RANGE"}] if of.sort else [hash_key]
