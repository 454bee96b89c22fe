"""One robot's visit to the bar: sign up, scan, choose, wait; now and then call it off, or forget all about it."""

from random import Random

import httpx

from chalicelib.orders.model import TERMINAL
from simulator.bar_client import BarClient, Refused
from simulator.measuring import stopwatch
from simulator.robots.arriving import arrive
from simulator.robots.choices import DOUBTS_S, THINKS_S, Cup, Visit, choose_cup, choose_visit, seconds
from simulator.robots.opening_hours import Closed
from simulator.robots.venue import Venue
from simulator.story import FAILURES
from simulator.waiting import TooSlow

# A code is used up for five minutes at most; a full bar empties at the latest when it gives up on its baristas.
SCANS_FOR_S = 20 * 60
NO_ROOM = ("BarFull", "NoTokensRemaining")
LOOKS_S = (0.25, 2)  # how often a waiting customer looks, from first to last
LOOKS_IN_A_RUSH_S = (4, 8)  # many wait then: all of them together would be the rush
LOOKS_AT_MOST_S = 30 * 60  # longer than the bar waits for customer and barista together


def come_and_go(venue: Venue, rng: Random) -> None:
    """A customer's whole visit; what cannot be mended is written down, and the next customer comes."""
    try:
        _visit(venue, rng)
    except Closed:
        return
    except (*FAILURES, httpx.HTTPError) as error:
        if not venue.hours.are_over:
            venue.ledger.trouble(f"a customer gave up: {error}")


def _visit(venue: Venue, rng: Random) -> None:
    venue.hours.wait(0)
    intends = choose_visit(rng, venue.habits)
    customer = _enter(venue)
    order_id = _scan(venue, customer)
    if order_id is None:
        return
    venue.ledger.begin(order_id)
    if intends is Visit.FORGET:
        return
    venue.hours.wait(seconds(rng, THINKS_S, venue.habits.speed))
    if intends is Visit.CHANGE_MIND or not _choose(venue, customer, order_id, rng):
        _cancel(venue, customer, order_id)
    elif intends is Visit.CALL_OFF:
        venue.hours.wait(seconds(rng, DOUBTS_S, venue.habits.speed))
        _cancel(venue, customer, order_id)
    _wait_for_the_end(venue, customer, order_id)


def _enter(venue: Venue) -> BarClient:
    if venue.rush:
        return venue.rush.next(venue.hours)
    with stopwatch(venue.signing_in):
        return arrive(venue.way_in.enter_as_new_customer)


def _scan(venue: Venue, customer: BarClient) -> str | None:
    """Scan what the display shows at that moment; gives the order's id. In a rush, None to who is turned away."""

    def scan() -> str:
        return customer.redeem(venue.shop, venue.display.qr_code(venue.shop)["code"])

    try:
        return venue.hours.patiently(*(() if venue.rush else NO_ROOM), within_s=SCANS_FOR_S)(scan)
    except Refused as refused:
        is_turned_away = venue.rush and refused.code in NO_ROOM
        if not is_turned_away and refused.code != "OrderLimitReached":
            raise
        # Nobody came here before: who has an order got it by an earlier scan, whose answer was lost.
        orders = venue.hours.patiently()(lambda: customer.my_orders(maxItems=1))["orders"]
        if is_turned_away and not orders:
            venue.ledger.turn_away(refused.code)
            return None
        return orders[0]["orderId"]


def _choose(venue: Venue, customer: BarClient, order_id: str, rng: Random) -> bool:
    """Choose from the menu as it is now; False if nothing is to be had. An order that ended meanwhile stays so."""

    def choose() -> bool:
        cup = choose_cup(rng, customer.config(venue.shop)["menu"])
        if cup is not None:
            _submit(venue, customer, order_id, cup)
        return cup is not None

    try:
        # A barista may take a drink off the menu between look and choice.
        return venue.hours.patiently("InvalidOrder")(choose)
    except Refused as refused:
        if refused.code != "WrongState":
            raise
        return True


def _submit(venue: Venue, customer: BarClient, order_id: str, cup: Cup) -> None:
    submitting = venue.hours.patiently("NotReady")
    venue.ledger.see(submitting(customer.submit, order_id, cup.drink, *cup.modifiers))


def _cancel(venue: Venue, customer: BarClient, order_id: str) -> None:
    """Call it off, unless it is too late for that."""
    try:
        venue.ledger.see(venue.hours.patiently()(customer.cancel, order_id))
    except Refused as refused:
        if refused.code != "WrongState":
            raise


def _wait_for_the_end(venue: Venue, customer: BarClient, order_id: str) -> None:
    pause, longest = LOOKS_IN_A_RUSH_S if venue.rush else LOOKS_S
    waited = 0.0
    while venue.ledger.see(venue.hours.patiently()(customer.order, order_id))["orderState"] not in TERMINAL:
        if waited > LOOKS_AT_MOST_S:
            raise TooSlow(f"order {order_id} did not end in {LOOKS_AT_MOST_S // 60} minutes")
        venue.hours.wait(pause)
        waited, pause = waited + pause, min(2 * pause, longest)
