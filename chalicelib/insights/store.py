"""The insights' table: one row of facts per order, found by shop and day, and the completed ones by shop and drink."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from boto3.dynamodb import conditions

from chalicelib import aws
from chalicelib.insights.facts import Claim, Lesson
from chalicelib.insights.model import Fact
from chalicelib.settings import settings
from chalicelib.tables import Index, Key, TableShape

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

FOR_EVER = 10**15  # ms since 1970: later than any recall
BY_DAY = "by-day"
BY_DRINK = "by-drink"
SHAPE = TableShape(
    "insights_table",
    partition=Key("orderId"),
    indexes=(
        Index(BY_DAY, partition=Key("shopDay"), sort=Key("orderId")),
        Index(BY_DRINK, partition=Key("shopDrink"), sort=Key("completedTs", "N")),
    ),
)


@dataclass(frozen=True)
class Learnt:
    """What became of a lesson: the names of what was new in it, and all that is known of the order now.

    Attributes:
        told: whether everybody heard the average that the completed order gave.
    """

    new: frozenset[str]
    fact: Fact
    told: bool = False


@dataclass(frozen=True)
class InsightStore:
    """Facts in DynamoDB."""

    table: "Table"

    def learn(self, event_id: str, order_id: str, day: str, lesson: Lesson) -> Learnt:
        """Add what is new to the order's facts.

        Args:
            event_id: the shop.
            order_id: which order.
            day: the shop's day (YYYY-MM-DD), kept from the first event on, so that midnight splits no order.
            lesson: attributes; those that are known already stay as they are.
        """
        known = {**lesson, "shopDay": f"{event_id}#{day}"}
        try:
            answer = self.table.update_item(
                Key={"orderId": order_id},
                UpdateExpression="SET " + ", ".join(f"#{i} = if_not_exists(#{i}, :{i})" for i in range(len(known))),
                ConditionExpression="attribute_not_exists(recalledTs) OR recalledTs < :end",
                ExpressionAttributeNames={f"#{i}": name for i, name in enumerate(known)},
                ExpressionAttributeValues={
                    ":end": lesson.get("completedTs", FOR_EVER),
                    **{f":{i}": value for i, value in enumerate(known.values())},
                },
                ReturnValues="ALL_OLD",
            )
        except self.table.meta.client.exceptions.ConditionalCheckFailedException:
            return taken_back(order_id)
        return learnt(order_id, lesson, answer.get("Attributes", {}))

    def learn_recall(self, order_id: str, at: int) -> None:
        """A drink that was ready is made again: what is known of its end is true no more, unless it came later."""
        try:
            self.table.update_item(
                Key={"orderId": order_id},
                UpdateExpression="SET recalledTs = :at REMOVE completedTs, endState",
                ConditionExpression="(attribute_not_exists(recalledTs) OR recalledTs < :at)"
                " AND (attribute_not_exists(completedTs) OR completedTs < :at)",
                ExpressionAttributeValues={":at": at},
            )
        except self.table.meta.client.exceptions.ConditionalCheckFailedException:
            return

    def learn_claim(self, event_id: str, order_id: str, day: str, claim: Claim) -> None:
        """Keep who makes the order, unless something later is known of it already."""
        try:
            self.table.update_item(
                Key={"orderId": order_id},
                UpdateExpression="SET claimTs = :at, claimedBy = :by, shopDay = if_not_exists(shopDay, :day)",
                ConditionExpression="attribute_not_exists(claimTs) OR claimTs < :at",
                ExpressionAttributeValues={":at": claim.at, ":by": claim.by, ":day": f"{event_id}#{day}"},
            )
        except self.table.meta.client.exceptions.ConditionalCheckFailedException:
            return

    def mark_told(self, order_id: str) -> None:
        """Everybody heard the average that the order gave."""
        self.table.update_item(
            Key={"orderId": order_id},
            UpdateExpression="SET averageTold = :yes",
            ExpressionAttributeValues={":yes": True},
        )

    def day(self, event_id: str, day: str) -> list[Fact]:
        """Every order of a shop's day."""
        query = {
            "TableName": self.table.name,
            "IndexName": BY_DAY,
            "KeyConditionExpression": conditions.Key("shopDay").eq(f"{event_id}#{day}"),
        }
        pages = self.table.meta.client.get_paginator("query").paginate(**query)  # type: ignore[arg-type]
        return [_to_fact(item) for page in pages for item in page["Items"]]

    def last_completed(self, event_id: str, drink: str, most: int) -> list[Fact]:
        """The drinks of a kind that were completed last, latest first."""
        answer = self.table.query(
            IndexName=BY_DRINK,
            KeyConditionExpression=conditions.Key("shopDrink").eq(f"{event_id}#{drink}"),
            ScanIndexForward=False,
            Limit=most,
        )
        return [_to_fact(item) for item in answer["Items"]]


def taken_back(order_id: str) -> Learnt:
    """What an end teaches that was taken back before anybody heard of it."""
    return Learnt(frozenset(), Fact(order_id, "IN_PRODUCTION"), told=True)


def learnt(order_id: str, lesson: Lesson, before: Mapping[str, Any]) -> Learnt:
    """What a lesson adds to the row as it was before."""
    fact = _to_fact({**lesson, **before, "orderId": order_id})
    return Learnt(frozenset(lesson) - frozenset(before), fact, "averageTold" in before)


def _to_fact(item: Mapping[str, Any]) -> Fact:
    def ms(name: str) -> int | None:
        return int(item[name]) if name in item else None

    return Fact(
        order_id=item["orderId"],
        state=item.get("endState") or _live_state(item),
        drink=item.get("drink"),
        modifiers=tuple(item.get("modifiers", [])),
        created_ts=ms("createdTs"),
        submitted_ts=ms("submittedTs"),
        made_ts=ms("claimTs") if item.get("claimedBy") else None,
        completed_ts=ms("completedTs"),
    )


def _live_state(item: Mapping[str, Any]) -> str:
    if item.get("claimedBy"):
        return "IN_PRODUCTION"
    return "SUBMITTED" if "submittedTs" in item else "CREATED"


@cache
def insight_store() -> InsightStore:
    """The store of this process."""
    return InsightStore(aws.dynamodb().Table(settings().insights_table))
