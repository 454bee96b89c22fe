"""Where robots order: at the seeded shop if its code makes enough drinks, else at a shop of their own.

The limits of a shop that is to be used and is too small are raised over the API, and put back at the end.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import boto3
import httpx

from chalicelib.shop.model import Shop, menu_from
from simulator.bar_client import BarClient, Refused
from simulator.outputs import Outputs
from simulator.own_shop import open_shop

SEEDED_SHOP = "ABC"
OWN_SHOP = "ROBOTS"

LARGEST_LIMIT = 1000  # PUT /limits takes no more
FORGOTTEN_AFTER_S = 60  # at the robots' own shop, so that nobody waits five minutes for who forgot

type Limits = Mapping[str, int]
type Say = Callable[[str], None]


class NoShop(Exception):
    """Nobody can order there; the message says why."""


def find_shop(barista: BarClient, aws: boto3.Session, outputs: Outputs, orders: int) -> str:
    """A shop for so many orders (its eventId).

    A shop cannot be opened over the API: for the robots' own one whoever runs the bar needs AWS credentials.
    """
    if barista.qr_code(SEEDED_SHOP)["availableTokens"] >= orders:
        return SEEDED_SHOP
    menu = menu_from(barista.config(SEEDED_SHOP)["menu"])
    own = Shop(
        OWN_SHOP,
        store_open=True,
        menu=menu,
        drinks_per_barcode=LARGEST_LIMIT,
        max_orders_in_queue=LARGEST_LIMIT,
        customer_wait_seconds=FORGOTTEN_AFTER_S,
    )
    open_shop(aws, outputs, own)
    return OWN_SHOP


_LIMITS = ("drinksPerBarcode", "maxOrdersInQueue")


def limits_of(barista: BarClient, shop: str) -> Limits:
    """The shop's limits as they are, whose names are those of `PUT /limits`, be it open or closed.

    Raises:
        Refused: there is no such shop.
    """
    config = barista.admin_config(shop)
    return {name: int(config[name]) for name in _LIMITS}


def needs(orders: int, at_once: int) -> Limits:
    """The limits without which the shop would keep the robots waiting."""
    return {
        "drinksPerBarcode": min(orders, LARGEST_LIMIT),
        "maxOrdersInQueue": min(at_once, LARGEST_LIMIT),
    }


def too_low(limits: Limits, needed: Limits) -> Limits:
    """Those of the shop's limits that are lower than needed, as they are."""
    return {name: limits[name] for name, least in needed.items() if limits[name] < least}


@contextmanager
def room_for(barista: BarClient, shop: str, needed: Limits, say: Say) -> Iterator[int]:
    """Raise the shop's limits as far as needed and put them back; gives the seconds that it waits for a customer.

    Raises:
        NoShop: it is closed.
        Refused: there is no such shop.
    """
    config = _open(barista, shop)
    before = too_low(config, needed)
    if before:
        _set_limits(barista, shop, {name: needed[name] for name in before})
        say(f"Limits of shop {shop} until the robots are done: {_changes(before, needed)}")
    try:
        yield int(config["waitSeconds"])
    finally:
        if before:
            _put_back(barista, shop, before, say)


def patience_of(barista: BarClient, shop: str) -> int:
    """The seconds that an open shop waits for a customer.

    Raises:
        NoShop: it is closed.
        Refused: there is no such shop.
    """
    return int(_open(barista, shop)["waitSeconds"])


def _open(barista: BarClient, shop: str) -> Mapping[str, Any]:
    """The shop's settings, if it is open."""
    config = barista.admin_config(shop)
    if not config["storeOpen"]:
        raise NoShop(f"shop {shop} is closed: open it first")
    return config


def _put_back(barista: BarClient, shop: str, before: Limits, say: Say) -> None:
    limits = ", ".join(f"{name} {value}" for name, value in before.items())
    try:
        _set_limits(barista, shop, before)
    except (Refused, httpx.HTTPError) as error:
        say(f"The limits of shop {shop} could not be put back to {limits}: {error}")
    else:
        say(f"Limits of shop {shop} are put back: {limits}")


def _set_limits(barista: BarClient, shop: str, limits: Limits) -> None:
    barista.call("PUT", "/limits", dict(limits), eventId=shop)


def _changes(before: Limits, after: Limits) -> str:
    return ", ".join(f"{name} {value} -> {after[name]}" for name, value in before.items())
