"""Keeping an order's events and turning them into a page when somebody asks for it.

The page is made on demand: a late event is on it the next time, and pages that nobody reads cost nothing (Q55, Q57).
"""

from chalicelib.bar import Bar
from chalicelib.envelope import Delivered
from chalicelib.identity.model import Caller
from chalicelib.journeys.model import Moment
from chalicelib.journeys.page import render
from chalicelib.journeys.store import JourneyStore
from chalicelib.orders.service import read


def record(journeys: JourneyStore, event: Delivered) -> None:
    """Keep an event that is about an order; leave every other alone."""
    if event.order_id:
        journeys.add(event.order_id, Moment(event.at, event.identity, event.detail_type, event.detail))


def url(bar: Bar, journeys: JourneyStore, caller: Caller, order_id: str) -> str:
    """A URL of the order's page as it is now, for its owner or a barista; good for an hour.

    Raises:
        NotFound: no such order, or somebody else's.
    """
    order = read(bar, caller, order_id)
    page = render(order, journeys.moments(order_id), bar.shops.get(order.event_id).time_zone)
    return journeys.publish(order_id, page)
