"""Everything an order touches, as one value that services are handed. Composition only."""

from dataclasses import dataclass
from functools import cache

from chalicelib.bus import Bus, event_bus
from chalicelib.orders.customers import CustomerStore, customer_store
from chalicelib.orders.numbers import OrderNumberStore, order_number_store
from chalicelib.orders.outbox import OutboxStore, outbox_store
from chalicelib.orders.store import OrderStore, order_store
from chalicelib.orders.workflow import Workflow, workflow
from chalicelib.qr_codes.store import QrCodeStore, qr_code_store
from chalicelib.shop.store import ShopStore, shop_store
from chalicelib.transactions import Write, commit


@dataclass(frozen=True)
class Bar:
    """The bar's stores, its workflow and its bus."""

    shops: ShopStore
    qr_codes: QrCodeStore
    orders: OrderStore
    customers: CustomerStore
    numbers: OrderNumberStore
    outbox: OutboxStore
    workflow: Workflow
    bus: Bus

    def commit(self, *writes: Write) -> None:
        """Do all the writes, or none; see `transactions.commit`."""
        commit(self.orders.table.meta.client, writes)


@cache
def bar() -> Bar:
    """The bar of this process."""
    return Bar(
        shops=shop_store(),
        qr_codes=qr_code_store(),
        orders=order_store(),
        customers=customer_store(),
        numbers=order_number_store(),
        outbox=outbox_store(),
        workflow=workflow(),
        bus=event_bus(),
    )
