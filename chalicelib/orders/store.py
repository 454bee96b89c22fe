"""The orders' table. Every write names the version it read, so that of two writers at the same time one reads again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from boto3.dynamodb import conditions
from botocore.exceptions import ClientError

from chalicelib import aws
from chalicelib.errors import Busy, NotFound
from chalicelib.orders.model import Order, OrderState
from chalicelib.orders.pages import Cursor, Page
from chalicelib.settings import settings
from chalicelib.shop.model import DrinkOrder
from chalicelib.tables import Index, Key, TableShape
from chalicelib.transactions import Write, is_contention

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

BY_STATE = "by-state"
BY_CUSTOMER = "by-customer"

SHAPE = TableShape(
    "orders_table",
    partition=Key("orderId"),
    indexes=(
        Index(BY_STATE, partition=Key("shopState"), sort=Key("placed")),
        Index(BY_CUSTOMER, partition=Key("userId"), sort=Key("placed")),
    ),
)


class Stale(Busy):
    """The order changed since it was read: read it again and decide anew."""

    def __init__(self, order_id: str) -> None:
        super().__init__(f"order {order_id} is being changed by others just now; try again in a second")


@dataclass(frozen=True)
class OrderStore:
    """Orders in DynamoDB."""

    table: "Table"

    def get(self, order_id: str) -> Order:
        """The order, read consistently.

        Raises:
            NotFound: there is no such order.
        """
        item = self.table.get_item(Key={"orderId": order_id}, ConsistentRead=True).get("Item")
        if item is None:
            raise NotFound(f"there is no order {order_id}")
        return to_order(item)

    def create(self, order: Order) -> Write:
        """The row of an order that begins."""
        put = {
            "TableName": self.table.name,
            "Item": to_item(order),
            "ConditionExpression": "attribute_not_exists(orderId)",
        }
        return Write({"Put": put}, lambda _: FileExistsError(f"order {order.order_id} exists already"))

    def save(self, order: Order) -> Order:
        """Store the changed order, where its version is still the one that was read; gives it with its new version.

        Raises:
            Stale: somebody else wrote it meanwhile.
        """
        saved = _next_version(order)
        try:
            self.table.put_item(
                Item=to_item(saved),
                ConditionExpression="version = :read",
                ExpressionAttributeValues={":read": order.version},
            )
        except ClientError as error:
            # A transaction that holds the row just now is about to change it.
            if is_contention(error) or error.response["Error"]["Code"] == "ConditionalCheckFailedException":
                raise Stale(order.order_id) from error
            raise
        return saved

    def saving(self, order: Order) -> tuple[Order, Write]:
        """The same as part of a transaction: the order as it will be, and the write."""
        saved = _next_version(order)
        put = {
            "TableName": self.table.name,
            "Item": to_item(saved),
            "ConditionExpression": "version = :read",
            "ExpressionAttributeValues": {":read": order.version},
        }
        return saved, Write({"Put": put}, lambda _: Stale(order.order_id))

    def in_state(self, event_id: str, state: OrderState, page: Page) -> tuple[list[Order], Cursor | None]:
        """A shop's orders in one state, oldest first; and where the next page begins."""
        return self._page(BY_STATE, "shopState", _shop_state(event_id, state), page, oldest_first=True)

    def latest_in_state(self, event_id: str, state: OrderState, most: int) -> list[Order]:
        """A shop's orders in one state that were placed last, newest first."""
        page = Page(size=most)
        return self._page(BY_STATE, "shopState", _shop_state(event_id, state), page, oldest_first=False)[0]

    def of_customer(self, user_id: str, page: Page) -> tuple[list[Order], Cursor | None]:
        """A customer's orders, newest first; and where the next page begins."""
        return self._page(BY_CUSTOMER, "userId", user_id, page, oldest_first=False)

    def _page(
        self, index: str, partition: str, value: str, page: Page, *, oldest_first: bool
    ) -> tuple[list[Order], Cursor | None]:
        query: dict[str, Any] = {
            "IndexName": index,
            "KeyConditionExpression": conditions.Key(partition).eq(value),
            "ScanIndexForward": oldest_first,
            "Limit": page.size,
        }
        if page.after:
            # The partition comes from the caller's rights, never from the cursor.
            query["ExclusiveStartKey"] = {
                partition: value,
                "placed": _placed(page.after.created_ts, page.after.order_id),
                "orderId": page.after.order_id,
            }
        answer = self.table.query(**query)
        orders = [to_order(item) for item in answer["Items"]]
        more = "LastEvaluatedKey" in answer and orders
        return orders, Cursor(orders[-1].created_ts, orders[-1].order_id) if more else None


def _next_version(order: Order) -> Order:
    return replace(order, version=order.version + 1)


def _shop_state(event_id: str, state: OrderState) -> str:
    return f"{event_id}#{state}"


def _placed(created_ts: int, order_id: str) -> str:
    # Thirteen digits last until the year 2286; the id makes two orders of one millisecond distinct (Q39).
    return f"{created_ts:013d}#{order_id}"


# Attribute in the table -> field of Order, for those that are copied as they are.
_COPIED = {
    "orderId": "order_id",
    "eventId": "event_id",
    "userId": "user_id",
    "createdTs": "created_ts",
    "updatedTs": "updated_ts",
    "codeBucket": "code_bucket",
    "orderNumber": "order_number",
    "baristaUserId": "barista_user_id",
    "reason": "reason",
    "submittedTs": "submitted_ts",
    "madeTs": "made_ts",
    "releasedBy": "released_by",
    "endedBy": "ended_by",
    "customerToken": "customer_token",
    "baristaToken": "barista_token",
    "executionArn": "execution_arn",
    "finishedTs": "finished_ts",
    "recalledTs": "recalled_ts",
    "newsTs": "news_ts",
    "version": "version",
}
_NUMBERS = {
    *("createdTs", "updatedTs", "submittedTs", "madeTs", "finishedTs", "recalledTs", "newsTs"),
    *("codeBucket", "orderNumber", "version"),
}


def to_item(order: Order) -> dict[str, Any]:
    """The order as a row; what is None is absent, since an index key must not be null."""
    item = {name: getattr(order, field) for name, field in _COPIED.items()}
    item["orderState"] = order.state.value
    item["drinkOrder"] = order.drink_order.wire if order.drink_order else None
    item["shopState"] = _shop_state(order.event_id, order.state)
    item["placed"] = _placed(order.created_ts, order.order_id)
    return {name: value for name, value in item.items() if value is not None}


def to_order(item: Mapping[str, Any]) -> Order:
    """The order from its row."""
    values: dict[str, Any] = {
        field: int(item[name]) if name in _NUMBERS else item[name] for name, field in _COPIED.items() if name in item
    }
    drink = item.get("drinkOrder")
    return Order(
        **values,
        state=OrderState(item["orderState"]),
        drink_order=DrinkOrder(drink["drink"], tuple(drink["modifiers"]), drink["icon"]) if drink else None,
    )


@cache
def order_store() -> OrderStore:
    """The store of this process."""
    return OrderStore(aws.dynamodb().Table(settings().orders_table))
