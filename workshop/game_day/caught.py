"""The orders that are caught in a breakage: made as customers would make them, and looked at afterwards.

They are in a shop of their own, whose customers and baristas have more patience than the learner needs.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chalicelib.envelope import delivered
from chalicelib.errors import NotFound
from chalicelib.orders.model import Order
from deployer.dead_letters import QUEUE
from deployer.project import Project
from simulator.probe.lost_orders import LONG_AGO_MS
from simulator.probe.workflows import Workflows
from upkeep.dead_letter import DeadLetter
from upkeep.dead_letter_queue import DeadLetterQueue
from workshop.attempt import RunningBar
from workshop.checks.stage import Visit

PATIENCE_S = 60 * 60


@dataclass
class Caught:
    """Orders of one shop, as they are made.

    Attributes:
        noted: hears of the ids of all orders so far whenever there is one more.
    """

    bar: RunningBar
    noted: Callable[[Sequence[str]], None]
    visits: list[Visit] = field(default_factory=list)

    def scans(self, count: int, *, long_ago: bool = False) -> list[Visit]:
        """So many customers scan, and nobody is told of it; long ago, what is stuck is swept at once."""
        stage = self.bar.stage
        shop = stage.shop(customer_wait_seconds=PATIENCE_S, barista_wait_seconds=PATIENCE_S)
        come = [stage.visit(shop) for _ in range(count)]
        self.visits += come
        self.noted([visit.order_id for visit in self.visits])
        for visit in come if long_ago else ():
            stage.orders.make_older(visit.order_id, LONG_AGO_MS)
        return come

    def announced(self, count: int, *, long_ago: bool = False) -> list[Visit]:
        """So many customers scan, and the bus is told of each."""
        come = self.scans(count, long_ago=long_ago)
        for visit in come:
            self.bar.stage.orders.announce(visit.shop, visit.order_id, visit.customer.user_id)
        return come

    def asked(self, count: int) -> list[Visit]:
        """So many customers scan, and the workflow has asked each for a drink."""
        come = self.announced(count)
        for visit in come:
            self.bar.stage.wait(lambda visit=visit: visit.row().customer_token)  # type: ignore[misc]
        return come


def order_of(bar: RunningBar, order_id: str) -> Order | None:
    """The order as it is; None where it is gone, as it is from a bar that was begun anew."""
    try:
        return bar.stage.bar.orders.get(order_id)
    except NotFound:
        return None


def is_stuck(bar: RunningBar, order: Order) -> bool:
    """Whether it has not ended, and no execution of its own is at it."""
    if order.is_terminal:
        return False
    return order.execution_arn is None or not bar.stage.runs(order.execution_arn)


def workflows(bar: RunningBar, since: datetime) -> Workflows:
    """The bar's executions from then on."""
    return Workflows(bar.stage.stepfunctions, bar.client("lambda"), bar.outputs.order_processor_arn, since)


def letters_about(bar: RunningBar, orders: Sequence[str]) -> list[DeadLetter]:
    """The dead letters that are about one of the orders; all stay where they are."""
    with DeadLetterQueue(bar.client("sqs"), QUEUE).opened() as letters:
        return [letter for letter in letters if letter.order_id in orders]


def entry_of(event: Mapping[str, Any]) -> str:
    """What an event is called in its order's journey."""
    happened = delivered(event)
    return f"{happened.at:013d}#{happened.identity}"


def recorded(bar: RunningBar, project: Project, orders: Sequence[str]) -> set[str]:
    """What the orders' journeys have, each entry as `entry_of` calls it."""
    table, client = project.setting("JOURNEYS_TABLE"), bar.client("dynamodb")
    found: set[str] = set()
    for order_id in orders:
        query = {"KeyConditionExpression": "orderId = :o", "ExpressionAttributeValues": {":o": {"S": order_id}}}
        items = client.query(TableName=table, ConsistentRead=True, **query)["Items"]
        found |= {item["moment"]["S"] for item in items}
    return found


def logged_events(bar: RunningBar, log_group: str, order: Order) -> list[Any]:
    """The events about an order that the bus's log has: the last copy of what nobody kept otherwise."""
    pages = bar.client("logs").get_paginator("filter_log_events")
    found = pages.paginate(logGroupName=log_group, startTime=order.created_ts)
    events = [json.loads(one["message"]) for page in found for one in page["events"]]
    return [event for event in events if event["detail"].get("orderId") == order.order_id]
