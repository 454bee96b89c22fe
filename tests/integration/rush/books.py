"""What a shop's books say: its rows, the executions of its orders, and the log of all events on the bus."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from boto3.dynamodb import conditions

from chalicelib.bar import Bar
from chalicelib.orders.model import Order, OrderState, Reason
from chalicelib.orders.store import to_order

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_stepfunctions import SFNClient

LOG = "/aws/events/serverlesspresso"
BEGINNING = "Validator.NewOrder"
ENDINGS = {
    "OrderManager.OrderCompleted": OrderState.COMPLETED,
    "OrderManager.OrderCancelled": OrderState.CANCELLED,
    "OrderProcessor.OrderTimeOut": OrderState.CANCELLED,
    "OrderManager.OrderFailed": OrderState.FAILED,
}

type Told = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Books:
    """The books of one shop, read anew each time."""

    bar: Bar
    stepfunctions: "SFNClient"
    logs: "CloudWatchLogsClient"
    shop: str

    def orders(self) -> list[Order]:
        """Every row of an order."""
        table = self.bar.orders.table
        scan = {"FilterExpression": conditions.Attr("eventId").eq(self.shop), "ConsistentRead": True}
        pages = table.meta.client.get_paginator("scan").paginate(TableName=table.name, **scan)  # type: ignore[arg-type]
        return [to_order(item) for page in pages for item in page["Items"]]

    def told(self) -> list[Told]:
        """Every event in the log that is about an order: its type and its detail."""
        pages = self.logs.get_paginator("filter_log_events").paginate(logGroupName=LOG)
        events = (json.loads(line["message"]) for page in pages for line in page["events"])
        ours = (event for event in events if event["detail"].get("eventId") == self.shop)
        return [(event["detail-type"], event["detail"]) for event in ours if "orderId" in event["detail"]]

    def ended_in_the_log(self) -> dict[str, OrderState]:
        """How orders ended, by what was told; each in one way only."""
        endings = {(detail["orderId"], ENDINGS[kind]) for kind, detail in self.told() if kind in ENDINGS}
        assert len(dict(endings)) == len(endings), "an order was told to have ended in two ways"
        return dict(endings)

    def begun_in_the_log(self) -> set[str]:
        """Orders that were told to have begun."""
        return {detail["orderId"] for kind, detail in self.told() if kind == BEGINNING}

    def drinks(self) -> tuple[Counter[int], dict[int, int]]:
        """How many orders each code made, by the orders' rows and by the codes' own."""
        made = Counter(order.code_bucket for order in self.orders())
        limit = self.bar.shops.get(self.shop).drinks_per_barcode
        return made, {code.bucket_id: code.spent for code in self.bar.qr_codes.find(self.shop, made, limit)}

    def numbers(self) -> list[int]:
        """The numbers of the orders that have one."""
        return sorted(order.order_number for order in self.orders() if order.order_number is not None)

    def told_numbers(self) -> set[tuple[str, int]]:
        """Orders with the numbers that were told of them."""
        return {(detail["orderId"], detail["orderNumber"]) for _, detail in self.told() if detail.get("orderNumber")}

    def held(self) -> set[str]:
        """Orders that hold a place at the bar or their customer's, or of which something is in the outbox."""
        customers = {held.order_id for held in self.bar.customers.all_held() if held.event_id == self.shop}
        news = (news[0] for order in self.orders() for news in self.bar.outbox.of_order(order.order_id))
        return customers | self.bar.shops.places(self.shop) | {event.orderId for event in news}

    def at_odds_with_executions(self) -> list[str]:
        """Orders whose execution still runs, or ended well while the row says that something broke."""
        status = {order.order_id: self._status(order.execution_arn) for order in self.orders()}
        broken = {order.order_id for order in self.orders() if order.reason == Reason.BROKEN}
        return [one for one, how in status.items() if how == "RUNNING" or (how == "SUCCEEDED" and one in broken)]

    def _status(self, arn: str | None) -> str | None:
        """None where none claimed the order, or the cloud forgot the execution, which began just before a kill."""
        if arn is None or self.bar.workflow.execution(arn) is None:
            return None
        return self.stepfunctions.describe_execution(executionArn=arn)["status"]
