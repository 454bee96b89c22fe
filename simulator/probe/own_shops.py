"""A shop of one's own on the running bar, so that nobody's data is touched."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import boto3

from chalicelib.shop.model import Shop
from simulator.bar_client import Bucket, Order
from simulator.outputs import Outputs
from simulator.own_shop import MENU, open_shop
from simulator.probe.eventually import eventually, see
from simulator.probe.people import Person
from simulator.waiting import submit_when_ready, wait_until_numbered

TIME_LEFT_MS = 45_000
SOON_S = 0.05


@dataclass(frozen=True)
class OwnShop:
    """A shop and the barista who works there."""

    event_id: str
    barista: Person

    def bucket(self) -> Bucket:
        """The code on the display now."""
        return self.barista.qr_code(self.event_id)

    def lasting_bucket(self) -> Bucket:
        """A code that stays on the display long enough to count its tokens before and after."""

        def look() -> Bucket:
            bucket = self.bucket()
            see(bucket["endTs"] - time.time() * 1000 > TIME_LEFT_MS, "the code changes too soon")
            return bucket

        return eventually(look)

    def scan(self, customer: Person) -> str:
        """The customer scans the code; gives the new order's id."""
        return customer.redeem(self.event_id, self.bucket()["code"])

    def ordered(self, customer: Person, drink: str = "Flat White", *modifiers: str) -> Order:
        """The customer scans and chooses; gives the order as it is when the workflow has heard of it."""
        order_id = self.scan(customer)
        submit_when_ready(customer, order_id, drink, *modifiers, every_s=SOON_S)
        return wait_until_numbered(self.barista, self.event_id, order_id)


type OpenShop = Callable[..., OwnShop]


def own_shop(session: boto3.Session, outputs: Outputs, barista: Person, **settings: Any) -> OwnShop:
    """Open a shop with these of `Shop`'s settings; its name is nobody else's."""
    shop = Shop(**{"event_id": f"test-{secrets.token_hex(6)}", "store_open": True, "menu": MENU, **settings})
    open_shop(session, outputs, shop)
    return OwnShop(shop.event_id, barista)
