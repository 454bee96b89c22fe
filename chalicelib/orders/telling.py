"""Telling the bus what happened to orders, at least once. What became true was written down first (outbox.py)."""

from collections.abc import Iterator
from contextlib import contextmanager

from chalicelib.bar import Bar
from chalicelib.observability import logger
from chalicelib.orders.outbox import News


def tell(bar: Bar, news: News) -> None:
    """Put the news on the bus, then take them out of the outbox; nothing where there are none.

    Raises:
        NotDelivered: the bus refused; they stay in the outbox.
    """
    if news:
        bar.bus.tell(*news)
        bar.outbox.forget(news)


def tell_what_is_left(bar: Bar, order_id: str) -> None:
    """Tell what an earlier try of the same step wrote down and perhaps did not tell.

    Raises:
        NotDelivered: the bus refused; it stays in the outbox.
    """
    for news in bar.outbox.of_order(order_id):
        tell(bar, news)


@contextmanager
def or_later() -> Iterator[None]:
    """Tell within it what may be told late: the row has changed already, whether or not the bus listens."""
    try:
        yield
    except Exception:
        logger.exception("not told now; the sweep will tell it")
