"""How many requests a route of an API takes, whichever kind of API it is. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Limits of one route.

    Attributes:
        a_second: requests that it takes in the long run.
        at_once: requests that it takes before that.
    """

    a_second: float
    at_once: int
