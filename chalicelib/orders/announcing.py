"""Announcing an order: `Validator.NewOrder`, by which its workflow starts. Whoever has an order begin, or finds one
without a workflow, tells it here.
"""

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


def announce(bar: Bar, order: Order) -> None:
    """Start the order's workflow by telling the bus; sent twice, the second execution finds the row claimed.

    What is left of the code is read now: only after everybody's scans it is known, and told late it would be wrong.

    Raises:
        NotDelivered: the bus refused; the order stays untold.
    """
    tell(bar, [_new_order(order, _left(bar, order))])


def _left(bar: Bar, order: Order) -> dict[str, Any]:
    try:
        limit = bar.shops.get(order.event_id).drinks_per_barcode
    except NotFound:
        return {"eventId": order.event_id}  # the shop was removed since; its orders end all the same
    buckets = bar.qr_codes.find(order.event_id, [order.code_bucket], limit)
    return public_view(buckets[0]) if buckets else {"eventId": order.event_id}


def _new_order(order: Order, left: dict[str, Any]) -> events.NewOrder:
    return events.NewOrder(*order.whom, left, at=order.created_ts)
