"""The orders' table, in memory: it honours versions, and lets a test happen something between a read and its write."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from chalicelib.errors import NotFound
from chalicelib.orders.model import Order, OrderState
from chalicelib.orders.pages import Cursor, Page
from chalicelib.orders.store import OrderStore, Stale, to_item, to_order
from chalicelib.transactions import Write
from tests.support.memory_writes import ONE_AT_A_TIME, memory_write

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


@dataclass(frozen=True)
class MemoryOrders(OrderStore):
    """Orders as rows in a dictionary.

    Attributes:
        rows: what the table holds, in the form the real store gives to DynamoDB.
        meanwhile: each next `get` runs the first of these after it has read, before its caller can write.
    """

    table: "Table" = field(default=cast("Table", None), repr=False)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    meanwhile: list[Callable[[], object]] = field(default_factory=list)

    def put(self, order: Order) -> Order:
        """Place the order as it is, for a test's start."""
        self._store(order)
        return order

    def get(self, order_id: str) -> Order:
        """The order; what was planned for meanwhile then happens."""
        row = self.rows.get(order_id)
        if self.meanwhile:
            self.meanwhile.pop(0)()
        if row is None:
            raise NotFound(f"there is no order {order_id}")
        return to_order(row)

    def create(self, order: Order) -> Write:
        """A new row, refused where there is one."""
        taken = FileExistsError(f"order {order.order_id} exists already")
        return memory_write(lambda: taken if order.order_id in self.rows else None, lambda: self._store(order))

    def save(self, order: Order) -> Order:
        """Store on the version that was read."""
        saved, write = self.saving(order)
        with ONE_AT_A_TIME:
            if (refusal := write.refusal()) is not None:
                raise refusal
            write.apply()
        return saved

    def saving(self, order: Order) -> tuple[Order, Any]:
        """The same as part of a transaction."""
        saved = replace(order, version=order.version + 1)

        def refusal() -> Exception | None:
            row = self.rows.get(order.order_id)
            return None if row and row["version"] == order.version else Stale(order.order_id)

        return saved, memory_write(refusal, lambda: self._store(saved))

    def in_state(self, event_id: str, state: OrderState, page: Page) -> tuple[list[Order], Cursor | None]:
        """Oldest first."""
        found = [row for row in self.rows.values() if row["shopState"] == f"{event_id}#{state}"]
        return _page(found, page, oldest_first=True)

    def latest_in_state(self, event_id: str, state: OrderState, most: int) -> list[Order]:
        """Newest first."""
        found = [row for row in self.rows.values() if row["shopState"] == f"{event_id}#{state}"]
        return _page(found, Page(size=most), oldest_first=False)[0]

    def of_customer(self, user_id: str, page: Page) -> tuple[list[Order], Cursor | None]:
        """Newest first."""
        found = [row for row in self.rows.values() if row["userId"] == user_id]
        return _page(found, page, oldest_first=False)

    def _store(self, order: Order) -> None:
        # Through JSON, since a real row comes back as plain strings and numbers too.
        self.rows[order.order_id] = json.loads(json.dumps(to_item(order)))


def _page(rows: list[dict[str, Any]], page: Page, *, oldest_first: bool) -> tuple[list[Order], Cursor | None]:
    orders = [to_order(row) for row in sorted(rows, key=lambda row: str(row["placed"]), reverse=not oldest_first)]
    if page.after:
        begin = _place(page.after)
        orders = [one for one in orders if (_place(one) > begin if oldest_first else _place(one) < begin)]
    shown = orders[: page.size]
    more = len(orders) > page.size
    return shown, Cursor(shown[-1].created_ts, shown[-1].order_id) if more else None


def _place(of: Order | Cursor) -> tuple[int, str]:
    return of.created_ts, of.order_id
