"""The outbox table: events of orders that happened and that the bus may not have heard of yet.

The write that changes an order puts its news here in the same transaction; who told the bus takes them out again. What
stays for longer was told by nobody, or by somebody who died: the sweep tells it. On a healthy bar the table is empty.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from boto3.dynamodb import conditions

from chalicelib import aws
from chalicelib.events import OrderEvent, of_order
from chalicelib.settings import settings
from chalicelib.tables import Key, TableShape
from chalicelib.transactions import Write

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

SHAPE = TableShape("outbox_table", partition=Key("orderId"), sort=Key("at", "N"))

# What one change of an order means to everybody: at least one event, each with its moment, in their order.
type News = Sequence[OrderEvent]


@dataclass(frozen=True)
class OutboxStore:
    """News in DynamoDB, one row for each change."""

    table: "Table"

    def add(self, news: News) -> Write:
        """Keep the news until they are told; a part of the transaction in which they become true."""
        put = {"TableName": self.table.name, "Item": to_item(news)}
        return Write({"Put": put}, lambda _: AssertionError("a write without a condition is not refused"))

    def forget(self, news: News) -> None:
        """The bus has them; does nothing where that is known."""
        self.table.delete_item(Key=key_of(news))

    def of_order(self, order_id: str) -> list[News]:
        """What is kept of one order, first things first."""
        query = {"KeyConditionExpression": conditions.Key("orderId").eq(order_id), "ConsistentRead": True}
        answer = self.table.query(**query)  # type: ignore[arg-type]  # a few rows at most: always one page
        return [to_news(item) for item in answer["Items"]]

    def until(self, moment: int) -> Iterator[News]:
        """What happened until the moment (ms since 1970) and is still kept; each order's first things first."""
        settled = conditions.Attr("at").lte(moment)
        scan = {"TableName": self.table.name, "FilterExpression": settled, "ConsistentRead": True}
        pages = self.table.meta.client.get_paginator("scan").paginate(**scan)  # type: ignore[arg-type]
        return (to_news(item) for page in pages for item in page["Items"])


def key_of(news: News) -> dict[str, Any]:
    """The row's key: no two changes of an order have the same first moment."""
    return {"orderId": news[0].orderId, "at": news[0].at}


def to_item(news: News) -> dict[str, Any]:
    """The news as a row; the events as text, since DynamoDB knows no floating-point numbers."""
    return {**key_of(news), "events": json.dumps([(event.detail_type, event.detail) for event in news])}


def to_news(item: Mapping[str, Any]) -> News:
    """The news from their row."""
    return [of_order(detail_type, detail) for detail_type, detail in json.loads(item["events"])]


@cache
def outbox_store() -> OutboxStore:
    """The store of this process."""
    return OutboxStore(aws.dynamodb().Table(settings().outbox_table))
