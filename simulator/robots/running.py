"""A run of robots from the first customer to the last order's end."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import Protocol

import httpx

from chalicelib.orders.model import TERMINAL
from simulator.bar_client import BarClient
from simulator.robots.barista import work
from simulator.robots.customer import come_and_go
from simulator.robots.ledger import Track
from simulator.robots.venue import Venue
from simulator.story import FAILURES

LOOKS_EVERY_S = 0.2
SLACK_S = 60  # how much later than promised the bar may end an order that nobody cares for

type Robots = list[Future[None]]


class Watch(Protocol):
    """Somebody who watches the run."""

    def refresh(self) -> None:
        """Things may have changed; called again and again."""

    def say(self, text: str) -> None:
        """Something that a watcher would wonder about."""


@dataclass(frozen=True)
class Crowd:
    """Who is in the bar.

    Attributes:
        at_once: how many customers at a time.
        baristas: who serves, signed in; none, if people do.
    """

    at_once: int
    baristas: Sequence[BarClient]


@dataclass(frozen=True)
class Outcome:
    """How the run went; what became of the orders is in the ledger.

    Attributes:
        seconds: from the first customer's coming to the last one's going.
        interrupted: somebody pressed Ctrl-C.
    """

    seconds: float
    interrupted: bool


def run(venue: Venue, crowd: Crowd, rng: Random, forgotten_after_s: float, watch: Watch) -> Outcome:
    """Let all planned customers in and wait until each order has ended.

    Args:
        venue: the bar.
        crowd: who is in it.
        rng: what all robots' choices are drawn from.
        forgotten_after_s: when the bar gives up on a customer who does not choose.
        watch: told of it meanwhile.
    """
    began = time.monotonic()
    try:
        with _robots(venue, crowd, rng) as (customers, baristas):
            _wait_for(customers, baristas, watch)
            seconds = time.monotonic() - began
            _announce_the_forgotten(venue, forgotten_after_s, watch)
            _take_stock(venue, forgotten_after_s + SLACK_S, watch)
    except KeyboardInterrupt:
        seconds = time.monotonic() - began
        _look_at(venue, _living(venue))
        return Outcome(seconds, interrupted=True)
    return Outcome(seconds, interrupted=False)


@contextmanager
def _robots(venue: Venue, crowd: Crowd, rng: Random) -> Iterator[tuple[Robots, Robots]]:
    """Customers and baristas, who are gone afterwards."""
    planned = range(venue.ledger.planned)
    with ThreadPoolExecutor(crowd.at_once) as door, ThreadPoolExecutor(max(1, len(crowd.baristas))) as counter:
        customers = [door.submit(come_and_go, venue, _own(rng)) for _ in planned]
        baristas = [counter.submit(work, venue, barista, _own(rng)) for barista in crowd.baristas]
        try:
            yield customers, baristas
        finally:
            venue.hours.close()
            for customer in customers:
                customer.cancel()


def _own(rng: Random) -> Random:
    """A generator for one robot: what it draws does not depend on who is faster."""
    return Random(rng.random())  # noqa: S311, robots have no secrets


def _wait_for(customers: Robots, baristas: Robots, watch: Watch) -> None:
    """Wait until all customers have gone; a robot that broke breaks the run."""
    while wait(customers, LOOKS_EVERY_S).not_done:
        _raise_what_broke([*customers, *baristas])
        watch.refresh()
    _raise_what_broke(customers)


def _raise_what_broke(robots: Robots) -> None:
    for robot in robots:
        if robot.done():
            robot.result()


def _announce_the_forgotten(venue: Venue, forgotten_after_s: float, watch: Watch) -> None:
    if living := _living(venue):
        limit = f"{forgotten_after_s:.0f} s after its scan"
        watch.say(f"All customers have gone. The bar gives up {len(living)} forgotten orders, each {limit}.")


def _take_stock(venue: Venue, within_s: float, watch: Watch) -> None:
    """Look at every order once more, then at those that live until they have ended or the time is over."""
    until = time.monotonic() + within_s
    _look_at(venue, venue.ledger.tracks)
    while _living(venue) and time.monotonic() < until:
        watch.refresh()
        venue.hours.wait(LOOKS_EVERY_S)
        _look_at(venue, _living(venue))


def _look_at(venue: Venue, tracks: Sequence[Track]) -> None:
    try:
        for track in tracks:
            venue.ledger.see(venue.hours.patiently()(venue.display.order, track.order_id))
    except (*FAILURES, httpx.HTTPError) as error:
        venue.ledger.trouble(f"not every order could be looked at in the end: {error}")


def _living(venue: Venue) -> list[Track]:
    return [track for track in venue.ledger.tracks if track.state not in TERMINAL]
