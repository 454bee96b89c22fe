"""Announcing an order: `Validator.NewOrder`, by which its workflow starts, or `OrderManager.OrderRecalled`, by which
another one starts for a recalled order. Whoever has an order begin, or finds one without a workflow, tells it here.
"""

from dataclasses import replace
from typing import Any

from chalicelib import events
from chalicelib.bar import Bar
from chalicelib.errors import NotFound
from chalicelib.orders.model import Order
from chalicelib.orders.telling import tell
from chalicelib.qr_codes.model import public_view


def beginning(order: Order) -> events.NewOrder:
    """What is written down with the order, in the same transaction: it knows nothing yet of what the code has left."""
    return _new_order(order, {"eventId": order.event_id})


def recalled(order: Order) -> events.OrderRecalled:
    """What is written down as the order is called back, in the same transaction."""
    return events.OrderRecalled(*order.whom, order.state.value, order.order_number)


def announce(bar: Bar, order: Order) -> None:
    """Start the order's workflow by telling the bus; sent twice, the second execution finds the row claimed.

    What is left of the code is read now: only after everybody's scans it is known, and told late it would be wrong.

    Raises:
        NotDelivered: the bus refused; it stays in the outbox.
    """
    again = order.recalled_ts is not None
    tell(bar, [replace(recalled(order), at=order.recalled_ts) if again else _new_order(order, _left(bar, order))])


def _left(bar: Bar, order: Order) -> dict[str, Any]:
    try:
        limit = bar.shops.get(order.event_id).drinks_per_barcode
    except NotFound:
        return {"eventId": order.event_id}  # the shop was removed since; its orders end all the same
    buckets = bar.qr_codes.find(order.event_id, [order.code_bucket], limit)
    return public_view(buckets[0]) if buckets else {"eventId": order.event_id}


def _new_order(order: Order, left: dict[str, Any]) -> events.NewOrder:
    return events.NewOrder(*order.whom, left, at=order.created_ts)
