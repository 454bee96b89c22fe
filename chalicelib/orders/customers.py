"""The customers' table: who holds which live orders at which shop, as a string set per customer and shop."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from chalicelib import aws
from chalicelib.errors import Conflict
from chalicelib.settings import settings
from chalicelib.tables import Key, TableShape
from chalicelib.transactions import Write

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

SHAPE = TableShape("customers_table", partition=Key("userId"), sort=Key("eventId"))


class Held(NamedTuple):
    """A customer's place for a live order."""

    user_id: str
    event_id: str
    order_id: str


@dataclass(frozen=True)
class CustomerStore:
    """Live-order places in DynamoDB."""

    table: "Table"

    def all_held(self) -> Iterator[Held]:
        """Every live-order place of every customer, at every shop."""
        pages = self.table.meta.client.get_paginator("scan").paginate(
            TableName=self.table.name, FilterExpression="attribute_exists(liveOrders)"
        )
        for item in (item for page in pages for item in page["Items"]):
            for order_id in sorted(cast("set[str]", item["liveOrders"])):
                yield Held(str(item["userId"]), str(item["eventId"]), order_id)

    def hold(self, user_id: str, event_id: str, order_id: str, limit: int) -> Write:
        """Let the customer hold one more live order; refused at `limit` (Q23)."""
        update = {
            "TableName": self.table.name,
            "Key": {"userId": user_id, "eventId": event_id},
            "UpdateExpression": "ADD liveOrders :held",
            "ConditionExpression": "(attribute_not_exists(liveOrders) AND :limit > :none) OR size(liveOrders) < :limit",
            "ExpressionAttributeValues": {":held": {order_id}, ":limit": limit, ":none": 0},
        }
        many = "another order" if limit == 1 else f"{limit} orders"
        refusal = Conflict(f"you have {many} waiting already; finish or cancel it first", "OrderLimitReached")
        return Write({"Update": update}, lambda _: refusal)

    def hold_again(self, user_id: str, event_id: str, order_id: str) -> Write:
        """The order is live again, by the bar's doing: whatever else the customer has ordered since."""
        return self._change_held("ADD", user_id, event_id, order_id)

    def release(self, user_id: str, event_id: str, order_id: str) -> Write:
        """The order is not live any more; does nothing where it was not held, and never keeps an order from ending."""
        return self._change_held("DELETE", user_id, event_id, order_id)

    def _change_held(self, how: Literal["ADD", "DELETE"], user_id: str, event_id: str, order_id: str) -> Write:
        update = {
            "TableName": self.table.name,
            "Key": {"userId": user_id, "eventId": event_id},
            "UpdateExpression": f"{how} liveOrders :held",
            "ExpressionAttributeValues": {":held": {order_id}},
        }
        return Write({"Update": update}, lambda _: AssertionError("a write without a condition is not refused"))


@cache
def customer_store() -> CustomerStore:
    """The store of this process."""
    return CustomerStore(aws.dynamodb().Table(settings().customers_table))
