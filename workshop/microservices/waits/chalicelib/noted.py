"""The orders, as the table has them: a row for each, to which every event adds its part. Knows no rule."""

import os
import time
from functools import cache
from typing import Any

import boto3
from boto3.dynamodb.conditions import Key

from chalicelib.order import Order

_KEY = ("shop", "order_id")
_KEPT_S = 24 * 60 * 60  # so that the table holds a day, and not all that ever was


def note(order: Order) -> None:
    """Add what is known of an order to its row; what was known before stays. Again, only when it goes changes."""
    known = {name: value for name, value in order._asdict().items() if value is not None and name not in _KEY}
    known["goes_at"] = int(time.time()) + _KEPT_S
    # learner 5b-3: set what is known, and leave the rest of the row as it is: put_item would write all of it anew
    _table().update_item(
        Key={"shop": order.shop, "order_id": order.order_id},
        UpdateExpression="SET " + ", ".join(f"{name} = :{name}" for name in known),
        ExpressionAttributeValues={f":{name}": value for name, value in known.items()},
    )
    # until then: raise NotImplementedError("set what is known")


def of(shop: str) -> list[Order]:
    """All that is known of a shop's orders, also since just now."""
    # learner 5b-3: query the shop's rows, page by page; a consistent read sees what was written an instant ago
    table = _table()
    pages = table.meta.client.get_paginator("query").paginate(
        TableName=table.name, KeyConditionExpression=Key("shop").eq(shop), ConsistentRead=True
    )
    return [_order(row) for page in pages for row in page["Items"]]
    # until then: return []


def _order(row: dict[str, Any]) -> Order:
    begun_at, ready_at = (int(row[name]) if name in row else None for name in ("begun_at", "ready_at"))
    return Order(row["shop"], row["order_id"], row.get("drink"), begun_at, ready_at)


@cache
def _table() -> Any:
    return boto3.resource("dynamodb").Table(os.environ["WAITS_TABLE"])
