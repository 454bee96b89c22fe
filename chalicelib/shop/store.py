"""The shops' table: a row per shop with its configuration and, as a string set, the orders with a place at the bar."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, cast

from botocore.exceptions import ClientError

from chalicelib import aws
from chalicelib.errors import NotFound
from chalicelib.settings import settings
from chalicelib.shop.model import Shop, admin_config, menu_from, why_no_place
from chalicelib.tables import Key, TableShape
from chalicelib.transactions import Contention, Row, Write, is_contention, patiently

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

SHAPE = TableShape("shops_table", partition=Key("eventId"), stream=True)

# A place is the order's id in a set, not a count: taking twice or giving back twice does no harm.
# Both limits are attributes of the same row, so a change of either takes effect with the very next write.
MAY_TAKE_PLACE = (
    "storeOpen = :open AND (contains(places, :order)"
    " OR (attribute_not_exists(places) AND maxOrdersInQueue > :none) OR size(places) < maxOrdersInQueue)"
)


@dataclass(frozen=True)
class ShopStore:
    """Shops in DynamoDB."""

    table: "Table"

    def get(self, event_id: str) -> Shop:
        """The shop, read consistently.

        Raises:
            NotFound: there is no such shop.
        """
        item = self.table.get_item(Key={"eventId": event_id}, ConsistentRead=True).get("Item")
        if item is None:
            raise unknown_shop(event_id)
        return to_shop(item)

    def create(self, shop: Shop) -> bool:
        """Open a row for the shop; False, and nothing is changed, where there is one already (Q13)."""
        try:
            self.table.put_item(Item=to_item(shop), ConditionExpression="attribute_not_exists(eventId)")
        except self.table.meta.client.exceptions.ConditionalCheckFailedException:
            return False
        return True

    @patiently
    def configure(self, event_id: str, changes: Mapping[str, Any]) -> Shop:
        """Set some attributes of the shop's row, each to its new value, and give the shop as it is then.

        Args:
            event_id: which shop.
            changes: attributes by their names in the row, such as `storeOpen`, already checked; at least one.

        Raises:
            NotFound: there is no such shop; none is created (Q28).
            Contention: scans kept the row busy for eight seconds.
        """
        names = {f"#{i}": name for i, name in enumerate(changes)}
        try:
            answer = self.table.update_item(
                Key={"eventId": event_id},
                UpdateExpression="SET " + ", ".join(f"#{i} = :{i}" for i in range(len(changes))),
                ConditionExpression="attribute_exists(eventId)",
                ExpressionAttributeNames=names,
                ExpressionAttributeValues={f":{i}": value for i, value in enumerate(changes.values())},
                ReturnValues="ALL_NEW",
            )
        except ClientError as error:
            raise self._meaning(error, event_id) from error
        return to_shop(answer["Attributes"])

    def _meaning(self, error: ClientError, event_id: str) -> Exception:
        if is_contention(error):
            return Contention()
        refused = error.response["Error"]["Code"] == "ConditionalCheckFailedException"
        return unknown_shop(event_id) if refused else error

    def ids(self) -> Iterator[str]:
        """Every shop there is; a bar chain has a handful."""
        pages = self.table.meta.client.get_paginator("scan").paginate(
            TableName=self.table.name, ProjectionExpression="eventId"
        )
        return (str(item["eventId"]) for page in pages for item in page["Items"])

    def places(self, event_id: str) -> frozenset[str]:
        """The orders that hold a place at the bar."""
        item = self.table.get_item(Key={"eventId": event_id}, ConsistentRead=True).get("Item", {})
        return frozenset(cast("set[str]", item.get("places", set())))

    def take_place(self, event_id: str, order_id: str) -> Write:
        """Take a place at the bar for the order; refused when the shop is closed or the bar full."""

        def explain(row: Row | None) -> Exception:
            return why_no_place(bool(row["storeOpen"]), event_id) if row else unknown_shop(event_id)

        update = {
            "TableName": self.table.name,
            "Key": {"eventId": event_id},
            "UpdateExpression": "ADD places :place",
            "ConditionExpression": MAY_TAKE_PLACE,
            "ExpressionAttributeValues": {
                ":place": {order_id},
                ":order": order_id,
                ":open": True,
                ":none": 0,
            },
        }
        return Write({"Update": update}, explain)

    def take_place_again(self, event_id: str, order_id: str) -> Write:
        """Give a place to an order that the bar owes already: whether or not it is open, and has another one."""
        return self._change_place("ADD", event_id, order_id)

    def free_place(self, event_id: str, order_id: str) -> Write:
        """Give the order's place back; does nothing where it holds none."""
        return self._change_place("DELETE", event_id, order_id)

    def _change_place(self, how: Literal["ADD", "DELETE"], event_id: str, order_id: str) -> Write:
        update = {
            "TableName": self.table.name,
            "Key": {"eventId": event_id},
            "UpdateExpression": f"{how} places :place",
            "ConditionExpression": "attribute_exists(eventId)",
            "ExpressionAttributeValues": {":place": {order_id}},
        }
        return Write({"Update": update}, lambda _: unknown_shop(event_id))


def unknown_shop(event_id: str) -> NotFound:
    """The refusal for a shop that is not there."""
    return NotFound(f"there is no shop {event_id}")


def to_item(shop: Shop) -> dict[str, Any]:
    """The shop as a row, without places."""
    shown = admin_config(shop)
    return {name: value for name, value in shown.items() if name != "waitSeconds"}


def to_shop(item: Mapping[str, Any]) -> Shop:
    """The shop from its row."""
    return Shop(
        event_id=item["eventId"],
        store_open=item["storeOpen"],
        menu=menu_from(item["menu"]),
        drinks_per_barcode=int(item["drinksPerBarcode"]),
        max_orders_in_queue=int(item["maxOrdersInQueue"]),
        max_orders_per_user=int(item["maxOrdersPerUser"]),
        customer_wait_seconds=int(item["customerWaitSeconds"]),
        barista_wait_seconds=int(item["baristaWaitSeconds"]),
        time_zone=item["timeZone"],
    )


@cache
def shop_store() -> ShopStore:
    """The store of this process."""
    return ShopStore(aws.dynamodb().Table(settings().shops_table))
