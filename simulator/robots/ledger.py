"""What became of every order, from everything that anybody saw of it. Safe for many threads; talks to nobody."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from threading import Lock

from chalicelib.orders.model import TERMINAL, OrderState
from simulator.bar_client import Order


@dataclass(frozen=True)
class Track:
    """What was seen of one order.

    Attributes:
        since: when the order came into each state that it was seen in (ms since 1970, by the bar's clock).
        state: the latest state; CREATED before anything was seen, since a scan creates the order.
        reason: why it ended without a drink.
        seen_at: the bar's time of the latest sighting (ms).
    """

    order_id: str
    since: Mapping[str, int] = field(default_factory=dict)
    state: str = OrderState.CREATED
    reason: str | None = None
    seen_at: int = 0

    def seen(self, order: Order) -> "Track":
        """With one more sighting; answers may come in any order."""
        state, at = order["orderState"], order["updatedTs"]
        earliest = min(at, self.since.get(state, at))
        track = replace(self, since={**self.since, OrderState.CREATED: order["createdTs"], state: earliest})
        # Two changes within a millisecond: the one that ends the order came last.
        if (at, state in TERMINAL) < (self.seen_at, self.state in TERMINAL):
            return track
        return replace(track, state=state, reason=order["reason"], seen_at=at)

    @property
    def is_accounted_for(self) -> bool:
        """Whether it ended, in one way only, and nothing was seen of it afterwards."""
        return TERMINAL & self.since.keys() == {self.state}

    def took(self, start: str, end: str) -> float | None:
        """Seconds from one state to another; None if it was not seen in both."""
        if start not in self.since or end not in self.since:
            return None
        return (self.since[end] - self.since[start]) / 1000


class Ledger:
    """All orders of a run.

    Attributes:
        planned: how many orders there are to be.
    """

    def __init__(self, planned: int) -> None:
        self.planned = planned
        self._lock = Lock()
        self._tracks: dict[str, Track] = {}
        self._troubles: list[str] = []
        self._tried_again: Counter[str] = Counter()
        self._turned_away: Counter[str] = Counter()

    def begin(self, order_id: str) -> None:
        """A customer got an order."""
        with self._lock:
            self._tracks.setdefault(order_id, Track(order_id))

    def see(self, order: Order) -> Order:
        """Somebody saw an order of this run; gives it back."""
        with self._lock:
            self._tracks[order["orderId"]] = self._tracks[order["orderId"]].seen(order)
        return order

    def trouble(self, what: str) -> None:
        """Somebody could not go on."""
        with self._lock:
            self._troubles.append(what)

    def tries_again(self, why: str) -> None:
        """The bar put somebody off for a moment, for a reason such as `BarFull`."""
        with self._lock:
            self._tried_again[why] += 1

    def turn_away(self, why: str) -> None:
        """A customer was refused an order for good, for a reason such as `BarFull`, and left."""
        with self._lock:
            self._turned_away[why] += 1

    def knows(self, order_id: str) -> bool:
        """Whether the order is one of this run."""
        with self._lock:
            return order_id in self._tracks

    @property
    def tracks(self) -> list[Track]:
        """Every order, in the order of their beginnings."""
        with self._lock:
            return list(self._tracks.values())

    @property
    def troubles(self) -> list[str]:
        """What went wrong for whom."""
        with self._lock:
            return list(self._troubles)

    @property
    def tried_again(self) -> Counter[str]:
        """How often somebody was put off, by reason."""
        with self._lock:
            return Counter(self._tried_again)

    @property
    def turned_away(self) -> Counter[str]:
        """How many customers left without an order, by reason."""
        with self._lock:
            return Counter(self._turned_away)

    @property
    def unaccounted(self) -> list[Track]:
        """The orders that did not end in exactly one way."""
        return [track for track in self.tracks if not track.is_accounted_for]

    @property
    def not_begun(self) -> int:
        """How many customers got neither an order nor a refusal so far."""
        return self.planned - len(self.tracks) - self.turned_away.total()

    @property
    def by_state(self) -> Counter[str]:
        """How many orders are in each state."""
        return Counter(track.state for track in self.tracks)

    @property
    def is_complete(self) -> bool:
        """Whether each customer who was not turned away had an order, which ended in exactly one way."""
        return not self.not_begun and not self.unaccounted
