"""Showing codes and turning a scan into an order."""

from collections.abc import Callable

from chalicelib.bar import Bar
from chalicelib.identity.model import Caller, require_admin
from chalicelib.observability import about, logger
from chalicelib.orders.announcing import announce, beginning
from chalicelib.orders.model import Order, new_order
from chalicelib.orders.telling import or_later
from chalicelib.qr_codes.model import Bucket, bucket_id, good_bucket_ids, matching

type NewId = Callable[[], str]


def current_code(bar: Bar, caller: Caller, event_id: str, now: int, new_code: NewId) -> Bucket:
    """The code to show now, for baristas and displays; created by whoever asks first.

    Raises:
        Forbidden, NotFound: not an admin; no such shop.
    """
    require_admin(caller)
    shop = bar.shops.get(event_id)
    return bar.qr_codes.get_or_create(Bucket(event_id, bucket_id(now), new_code(), shop.drinks_per_barcode))


def redeem(bar: Bar, caller: Caller, event_id: str, code: str, now: int, new_id: NewId) -> Order:
    """Turn a scanned code into an order.

    In one transaction: a drink of the code is spent, a place at the bar taken, the customer's live-order place taken
    and the row created. All or nothing, so a refused customer has lost nothing (Q20, Q23, Q25).

    Raises:
        Invalid: `InvalidCode`.
        NotFound: no such shop.
        Conflict: `ShopClosed`, `BarFull`, `NoTokensRemaining` or `OrderLimitReached`.
    """
    shop = bar.shops.get(event_id)
    bucket = matching(bar.qr_codes.find(event_id, good_bucket_ids(now), shop.drinks_per_barcode), code)
    order = new_order(new_id(), event_id, caller.user_id, bucket.bucket_id, now)
    about(event_id=event_id, order_id=order.order_id)
    bar.commit(
        bar.shops.take_place(event_id, order.order_id),
        bar.qr_codes.spend_drink(bucket),
        bar.customers.hold(caller.user_id, event_id, order.order_id, shop.max_orders_per_user),
        bar.orders.create(order),
        bar.outbox.add([beginning(order)]),
    )
    logger.info("order began", stateAfter=order.state.value)
    with or_later():
        announce(bar, order)
    return order
