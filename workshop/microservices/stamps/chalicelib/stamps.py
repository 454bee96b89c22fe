"""Everybody's entries, as the table has them: a row for each. Knows no rule."""

import os
from collections.abc import Iterable
from functools import cache
from typing import Any

import boto3
from boto3.dynamodb.conditions import Key

ORDER, FREE = "order#", "free#"  # how an entry begins that is an order, or a free drink that was told


def note(user_id: str, entry: str) -> None:
    """Note something on somebody's card; to note it again changes nothing."""
    # learner 3-2: put a row with userId and entry, which together are its key
    _table().put_item(Item={"userId": user_id, "entry": entry})
    # until then: raise NotImplementedError("put a row")


def entries(user_id: str) -> list[str]:
    """All that was noted on somebody's card, also just now."""
    # learner 3-3: query the rows of that userId; a consistent read sees what was written an instant ago
    found = _table().query(KeyConditionExpression=Key("userId").eq(user_id), ConsistentRead=True)
    return [str(row["entry"]) for row in found["Items"]]  # a page holds thousands of drinks
    # until then: return []


def orders(entries: Iterable[str]) -> list[str]:
    """Those entries that are orders."""
    return [entry for entry in entries if entry.startswith(ORDER)]


@cache
def _table() -> Any:
    return boto3.resource("dynamodb").Table(os.environ["STAMPS_TABLE"])
