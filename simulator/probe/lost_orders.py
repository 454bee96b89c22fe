"""Orders whose `Validator.NewOrder` was lost, and what is on the bus without the bar having put it there.

The only way to have a bus that fails is to redeem a code with the bar's own service and a bus that loses everything.
"""

import json
import secrets
import time
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from chalicelib.bar import Bar
from chalicelib.events import SOURCE, Event, NewOrder
from chalicelib.identity.model import Caller
from chalicelib.orders.model import OrderState, new_order
from chalicelib.qr_codes import service
from chalicelib.qr_codes.model import Bucket, bucket_id
from chalicelib.shop.model import DrinkOrder
from simulator.probe.eventually import see

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient


LONG_AGO_MS = 90_000  # longer than the sweep lets things settle, and less than a code's life


class LossyBus:
    """A bus that takes events and loses them."""

    def tell(self, *events: Event) -> None:
        """Lose the events."""


@dataclass(frozen=True)
class LostOrders:
    """Makes orders that no workflow knows, and announces them, or anything else, later."""

    bar: Bar
    events: "EventBridgeClient"
    bus: str

    def redeem(self, shop: str, code: str, user_id: str) -> str:
        """What POST /qr-code does while the bus loses everything; gives the order's id."""
        now = time.time_ns() // 1_000_000
        order = service.redeem(self.bar, Caller(user_id), shop, code, now, lambda: secrets.token_urlsafe(16))
        return order.order_id

    def redeem_long_ago(self, shop: str, user_id: str, ms: int) -> str:
        """The same, so many ms ago, with a code of that time."""
        now = time.time_ns() // 1_000_000 - ms
        bucket = self.bar.qr_codes.get_or_create(Bucket(shop, bucket_id(now), "the-code-then", 10))
        new_id = partial(secrets.token_urlsafe, 16)
        return service.redeem(self.bar, Caller(user_id), shop, bucket.code, now, new_id).order_id

    def in_queue(
        self, shop: str, count: int, *, state: str = "SUBMITTED", first_number: int = 1, apart_s: int = 1
    ) -> None:
        """Put so many orders of nobody's into the queue or through it, one after the other, each a Flat White."""
        now = time.time_ns() // 1_000_000
        drink = DrinkOrder("Flat White", ("Oat",), "icon_flat_white")
        for place in range(count):
            at = now - (count - place) * apart_s * 1000
            order = new_order(secrets.token_urlsafe(16), shop, secrets.token_hex(8), bucket_id(now), at)
            chosen = replace(
                order, drink_order=drink, order_number=first_number + place, submitted_ts=at - apart_s * 1000
            )
            self.bar.commit(self.bar.orders.create(replace(chosen, state=OrderState(state))))

    def make_older(self, order_id: str, ms: int) -> None:
        """As if the order had last changed so much earlier; a write like any other, which counts as a version."""
        self.bar.orders.table.update_item(
            Key={"orderId": order_id},
            UpdateExpression="ADD updatedTs :ago, version :one",
            ConditionExpression="attribute_exists(orderId)",
            ExpressionAttributeValues={":ago": -ms, ":one": 1},
        )

    def lose_place(self, shop: str, order_id: str) -> None:
        """Give the order's place at the bar to nobody."""
        self.bar.commit(self.bar.shops.free_place(shop, order_id))

    def announce(self, shop: str, order_id: str, user_id: str) -> None:
        """Put the order's `Validator.NewOrder` on the bus."""
        self.put(NewOrder.detail_type, {"eventId": shop, "orderId": order_id, "userId": user_id, "bucket": {}})

    def put(self, detail_type: str, detail: dict[str, Any], source: str = SOURCE) -> None:
        """Put any event on the bus."""
        entry = {"EventBusName": self.bus, "Source": source, "DetailType": detail_type, "Detail": json.dumps(detail)}
        answer = self.events.put_events(Entries=[entry])  # type: ignore[list-item]
        see(answer["FailedEntryCount"] == 0, f"the bus refused the event: {answer}")
