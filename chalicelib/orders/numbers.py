"""The order numbers' table: one counter per shop and day. A number may stay unused, it is never given twice."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from chalicelib import aws
from chalicelib.settings import settings
from chalicelib.tables import Key, TableShape

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

SHAPE = TableShape("order_numbers_table", partition=Key("eventId"), sort=Key("day"))


@dataclass(frozen=True)
class OrderNumberStore:
    """Counters in DynamoDB."""

    table: "Table"

    def next(self, event_id: str, day: str) -> int:
        """The shop's next number of that day (YYYY-MM-DD), from 1; a new shop or day needs no row beforehand (Q12)."""
        answer = self.table.update_item(
            Key={"eventId": event_id, "day": day},
            UpdateExpression="ADD lastNumber :one",
            ExpressionAttributeValues={":one": 1},
            ReturnValues="UPDATED_NEW",
        )
        return int(cast("int", answer["Attributes"]["lastNumber"]))


@cache
def order_number_store() -> OrderNumberStore:
    """The store of this process."""
    return OrderNumberStore(aws.dynamodb().Table(settings().order_numbers_table))
