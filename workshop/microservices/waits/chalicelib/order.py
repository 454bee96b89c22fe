"""What is known of an order, which is never all of it: each event tells a part, and some are never heard."""

from typing import NamedTuple


class Order(NamedTuple):
    """An order of a shop.

    Attributes:
        drink: what it is of; None as long as nobody told.
        begun_at: since when its customer waits, ms since 1970; None as long as nobody told.
        ready_at: when the drink was ready, ms since 1970; None as long as nobody told, which may be for ever.
    """

    shop: str
    order_id: str
    drink: str | None = None
    begun_at: int | None = None
    ready_at: int | None = None
