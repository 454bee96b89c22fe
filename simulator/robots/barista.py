"""One robot's shift behind the bar: watch the list, claim the oldest order, make it, call it out; now and then cancel.

It serves the orders of its own run only: what real customers ordered is left to real baristas.
"""

from collections.abc import Callable, Iterator
from random import Random

import httpx

from chalicelib.orders.model import OrderState
from simulator.bar_client import BarClient, Order, Refused
from simulator.robots.choices import MAKES_S, barista_cancels, seconds
from simulator.robots.opening_hours import Closed
from simulator.robots.venue import Venue
from simulator.story import FAILURES

LOOKS_EVERY_S = 0.25

type Action = Callable[[str], Order]


def work(venue: Venue, barista: BarClient, rng: Random) -> None:
    """Serve until the bar closes."""
    try:
        while True:
            if not _serve_next(venue, barista, rng):
                venue.hours.wait(LOOKS_EVERY_S)
    except Closed:
        return


def _serve_next(venue: Venue, barista: BarClient, rng: Random) -> bool:
    """Serve one order; False if there is none, or something is amiss that only time can mend."""
    try:
        order = _claim_next(venue, barista)
        if order is None:
            return False
        venue.hours.wait(seconds(rng, MAKES_S, venue.habits.speed))
        cancels = barista_cancels(rng, venue.habits)
        _done(venue, barista.cancel if cancels else barista.complete, order["orderId"])
    except (*FAILURES, httpx.HTTPError) as error:
        venue.hours.wait(0)  # what fails because the bar closes is no trouble
        venue.ledger.trouble(f"a barista gave up: {error}")
        return False
    return True


def _claim_next(venue: Venue, barista: BarClient) -> Order | None:
    """The oldest order of this run that nobody was faster to claim; None if there is none."""
    for order in _waiting(venue, barista):
        # Without its number nobody could be called to collect it: it gets one in a moment.
        if order["orderNumber"] is not None and venue.ledger.knows(order["orderId"]):
            claimed = _done(venue, barista.make, order["orderId"])
            if claimed is not None:
                return claimed
    return None


def _waiting(venue: Venue, barista: BarClient) -> Iterator[Order]:
    """The shop's orders without a barista, oldest first."""
    following: dict[str, str] = {}
    while True:
        page = venue.hours.patiently()(barista.orders, venue.shop, OrderState.SUBMITTED, **following)
        yield from page["orders"]
        if not page["nextToken"]:
            return
        following = {"nextToken": page["nextToken"]}


def _done(venue: Venue, action: Action, order_id: str) -> Order | None:
    """What the action made of the order; None if somebody else was faster."""
    try:
        return venue.ledger.see(venue.hours.patiently()(action, order_id))
    except Refused as refused:
        if refused.code not in {"AlreadyClaimed", "WrongState"}:
            raise
        venue.ledger.tries_again(refused.code)
        return None
