"""What is left of a rush, as a file: where it was, with which limits, and what became of each customer."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from chalicelib.orders.model import TERMINAL, OrderState
from simulator.robots.ledger import Track
from simulator.robots.venue import Venue

DEFAULT_PATH = Path(".local/rush.json")


@dataclass(frozen=True)
class Guest:
    """What became of one customer who got an order.

    Attributes:
        state: in which it was seen last.
        reason: why it ended without a drink.
        held_s: how long it held its place, from the scan to its end; None where it was not seen to end.
    """

    order_id: str
    state: str
    reason: str | None
    held_s: float | None


@dataclass(frozen=True)
class RushReport:
    """A rush that is over.

    Attributes:
        endpoint: the URL of the cloud in which the bar is.
        made_with: the name of the folder that stood instead of parts of the checkout; None for the bar as it is.
        shop: its eventId.
        began: when the first customer came, in seconds since 1970.
        customers: how many were to come.
        a_second: how many came in a second, as it was.
        limits: those of the shop when the first customer came.
        limits_afterwards: those when all had gone.
        turned_away: how many got no order, by the bar's refusal.
        orders: of all others.
        interrupted: whether somebody ended it before its time.
    """

    endpoint: str
    made_with: str | None
    shop: str
    began: float
    customers: int
    a_second: float
    limits: Mapping[str, int]
    limits_afterwards: Mapping[str, int]
    turned_away: Mapping[str, int]
    orders: Sequence[Guest]
    interrupted: bool

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """What is written there; None where nothing is, or somebody spoilt it."""
        try:
            written = json.loads(path.read_text(encoding="utf-8"))
            return cls(**{**written, "orders": [Guest(**one) for one in written["orders"]]})
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def write(self, path: Path) -> None:
        """Write it down; who is killed meanwhile leaves the old or the new, whole."""
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"{path.name}.new")
        unfinished.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")
        unfinished.replace(path)


def report_of(
    venue: Venue, began: float, limits: Mapping[str, int], afterwards: Mapping[str, int], *, interrupted: bool
) -> RushReport:
    """What there is to write down.

    Args:
        venue: of a rush that is over.
        began: when the first customer came, in seconds since 1970.
        limits: the shop's at that moment.
        afterwards: the shop's when all had gone.
        interrupted: whether somebody ended it before its time.
    """
    outputs, ledger = venue.way_in.outputs, venue.ledger
    return RushReport(
        endpoint=outputs.endpoint_url,
        made_with=outputs.made_with,
        shop=venue.shop,
        began=began,
        customers=ledger.planned,
        a_second=venue.rush.a_second if venue.rush else 0,
        limits=limits,
        limits_afterwards=afterwards,
        turned_away=dict(ledger.turned_away),
        orders=[_guest(track) for track in ledger.tracks],
        interrupted=interrupted,
    )


def _guest(track: Track) -> Guest:
    held_s = track.took(OrderState.CREATED, track.state) if track.state in TERMINAL else None
    return Guest(track.order_id, track.state, track.reason, held_s)
