"""A rush: customers who come at a pace of their own, whoever is there, and who leave where they are turned away."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from simulator.bar_client import BarClient
from simulator.entrance import Entrance
from simulator.measuring import stopwatch
from simulator.robots.arriving import arrive
from simulator.robots.opening_hours import OpeningHours

MOST = 90  # so many robots have a connection of their own


class Rush:
    """The customers before the doors, which the first of them opens.

    Args:
        guests: all of them, signed in: what a rush shows is the bar, and not the sign-in.
        a_second: how many come in a second.
    """

    def __init__(self, guests: Sequence[BarClient], a_second: float) -> None:
        self._guests = guests
        self._a_second = a_second
        self._lock = Lock()
        self._moments: list[float] = []  # at which they came, by the clock that only goes forward
        self._next = 0
        self._opened = 0.0

    def next(self, hours: OpeningHours) -> BarClient:
        """The next customer, when it is their time to come.

        Raises:
            Closed: the robots were sent home before.
        """
        with self._lock:
            number = self._next
            self._next += 1
            self._opened = self._opened or time.monotonic()
        hours.wait(max(0.0, self._opened + number / self._a_second - time.monotonic()))
        with self._lock:
            self._moments.append(time.monotonic())
        return self._guests[number]

    @property
    def a_second(self) -> float:
        """How many came in a second, as it was."""
        with self._lock:
            took = max(self._moments) - min(self._moments) if self._moments else 0
            return (len(self._moments) - 1) / took if took else self._a_second


def signed_in(way_in: Entrance, count: int, at_once: int, took: list[float]) -> list[BarClient]:
    """So many new customers, signed up and in.

    Args:
        way_in: where they come from.
        count: how many.
        at_once: how many sign in at a time: all together would be a rush of another kind.
        took: gets how long it took each (seconds).
    """

    def sign_in(_: int) -> BarClient:
        with stopwatch(took):
            return arrive(way_in.enter_as_new_customer)

    with ThreadPoolExecutor(at_once) as before_the_doors:
        return list(before_the_doors.map(sign_in, range(count)))
