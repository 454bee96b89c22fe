"""How much one address of the room may ask, and hold open; generous to a phone, not to a program."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from time import monotonic

from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from gate.rules.refusal import Refused

# A minute; of one phone. A page is about twenty files; baristas' tablets read again with each order.
PER_MINUTE = {"connection": 240, "any": 600, "api": 400, "sign-in": 20, "letters": 60, "socket": 30, "scan": 20}
# A day, so that no single phone can type the thirty wrong codes that close somebody's address until tomorrow (ADR 5).
PER_DAY = {"answer": 12}
MINUTE_S = 60
SOCKETS = 8
CONNECTIONS = 24  # a browser opens six to a host, and two browsers may be open
ALL_SOCKETS = 400
ALL_CONNECTIONS = 800


class Rates:
    """Counts by client address.

    Args:
        phones: how many phones come by one address: more than one where a router stands between them and the gate.
    """

    def __init__(self, phones: int = 1) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._items: dict[str, RateLimitItem] = {
            **{kind: RateLimitItemPerMinute(most * phones) for kind, most in PER_MINUTE.items()},
            **{kind: RateLimitItemPerDay(most * phones) for kind, most in PER_DAY.items()},
        }
        self._sockets = Places(SOCKETS * phones, max(ALL_SOCKETS, SOCKETS * phones))
        self.connections = Places(CONNECTIONS * phones, max(ALL_CONNECTIONS, CONNECTIONS * phones))

    def count(self, kind: str, client: str) -> None:
        """Count one more of a kind; kinds that have no rate of their own are not counted.

        Raises:
            Refused: it was one too many.
        """
        item = self._items.get(kind)
        if item and not self._limiter.hit(item, kind, client):
            raise too_many("tomorrow" if kind in PER_DAY else "in a minute")

    def lets_in(self, client: str) -> bool:
        """Whether there is a place for one more connection; it is taken."""
        return self._limiter.hit(self._items["connection"], "connection", client) and self.connections.take(client)

    @contextmanager
    def socket(self, client: str) -> Iterator[None]:
        """A place for a socket as long as it is open.

        Raises:
            Refused: there is none left.
        """
        if not self._sockets.take(client):
            raise too_many("in a minute")
        try:
            yield
        finally:
            self._sockets.give_back(client)


class Places:
    """Places that are taken and given back, at most so many for one client and for all."""

    def __init__(self, each: int, together: int) -> None:
        self._each = each
        self.together = together
        self._taken: Counter[str] = Counter()

    def take(self, client: str) -> bool:
        """Take one; whether there was one."""
        if self._taken[client] >= self._each or self._taken.total() >= self.together:
            return False
        self._taken[client] += 1
        return True

    def give_back(self, client: str) -> None:
        """Give back one that was taken."""
        self._taken[client] -= 1
        self._taken = +self._taken  # who holds none is forgotten


class Allowance:
    """So much within a minute, of what one connection says.

    Args:
        most: of whatever is counted.
        clock: in seconds from any start.
    """

    def __init__(self, most: int, clock: Callable[[], float] = monotonic) -> None:
        self._most = most
        self._clock = clock
        self._begun = clock()
        self._spent = 0

    def spend(self, amount: int = 1) -> bool:
        """Spend some; whether there was as much left."""
        if self._clock() - self._begun > MINUTE_S:
            self._begun, self._spent = self._clock(), 0
        self._spent += amount
        return self._spent <= self._most


def too_many(when: str) -> Refused:
    """Somebody asks faster, or more, than people do."""
    return Refused(HTTPStatus.TOO_MANY_REQUESTS, "TooMany", f"That was too much: try again {when}.")
