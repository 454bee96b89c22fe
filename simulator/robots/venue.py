"""The bar as robots find it: what customers and baristas of one run have in common."""

from dataclasses import dataclass, field

from simulator.bar_client import BarClient
from simulator.entrance import Entrance
from simulator.robots.choices import Habits
from simulator.robots.ledger import Ledger
from simulator.robots.opening_hours import OpeningHours
from simulator.robots.rush import Rush


@dataclass(frozen=True)
class Venue:
    """One run's bar.

    Attributes:
        way_in: where customers come from.
        shop: the shop's eventId.
        display: shows the shop's code to whoever stands before it.
        habits: how people are here.
        ledger: where everybody writes down what they see.
        hours: how long they go on.
        rush: who comes at a pace of their own and leaves where they are turned away; None where the next customer comes
            when one has left, and all of them wait.
        signing_in: how long each customer took to sign up and in, seconds.
    """

    way_in: Entrance
    shop: str
    display: BarClient
    habits: Habits
    ledger: Ledger
    hours: OpeningHours
    rush: Rush | None = None
    signing_in: list[float] = field(default_factory=list)
