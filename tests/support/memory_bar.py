"""The bar in memory: real rules on stores that are dictionaries, a bus and a workflow that only remember."""

from dataclasses import dataclass, field, replace
from typing import Any

from chalicelib.bar import Bar
from chalicelib.orders.model import Order, OrderState
from chalicelib.qr_codes.model import Bucket
from chalicelib.transactions import Write
from tests.support.memory_orders import MemoryOrders
from tests.support.memory_stores import MemoryCustomers, MemoryNumbers, MemoryOutbox, MemoryQrCodes, MemoryShops
from tests.support.memory_writes import commit_in_memory
from tests.support.orders import BUCKET, EVENT, SHOP, order_in
from tests.support.recorders import RecordingBus, RecordingWorkflow

CODE = "the-code-0"


@dataclass(frozen=True)
class MemoryBar(Bar):
    """A bar whose every collaborator can be looked into."""

    shops: MemoryShops = field(default_factory=MemoryShops)
    qr_codes: MemoryQrCodes = field(default_factory=MemoryQrCodes)
    orders: MemoryOrders = field(default_factory=MemoryOrders)
    customers: MemoryCustomers = field(default_factory=MemoryCustomers)
    numbers: MemoryNumbers = field(default_factory=MemoryNumbers)
    outbox: MemoryOutbox = field(default_factory=MemoryOutbox)
    workflow: RecordingWorkflow = field(default_factory=RecordingWorkflow)
    bus: RecordingBus = field(default_factory=RecordingBus)

    def commit(self, *writes: Write) -> None:
        """All or nothing."""
        commit_in_memory(*writes)

    def with_order(self, state: OrderState, **changes: Any) -> Order:
        """Put an order into that state on the bar, with the drink that it cost and the places that a live one holds."""
        order = self.orders.put(order_in(state, **changes))
        if (order.event_id, order.code_bucket) in self.qr_codes.rows:
            self.qr_codes.spend((order.event_id, order.code_bucket))
        live = self.customers.live.setdefault((order.user_id, order.event_id), set())
        if not order.is_terminal:
            live.add(order.order_id)
            self.shops.held[order.event_id].add(order.order_id)
        return order

    def configure(self, **changes: Any) -> None:
        """Change the shop's settings, by the fields of `Shop`."""
        self.shops.rows[EVENT] = replace(self.shops.rows[EVENT], **changes)

    @property
    def drinks_left(self) -> int:
        """What is left of the current code."""
        return self.qr_codes.rows[EVENT, BUCKET].drinks_left


def open_bar() -> MemoryBar:
    """A bar with an open shop ABC, and a QR code for ten drinks."""
    bar = MemoryBar()
    bar.shops.create(SHOP)
    bar.qr_codes.get_or_create(Bucket(EVENT, BUCKET, CODE, 10))
    return bar
