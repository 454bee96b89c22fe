"""An order's story as one HTML page that needs nothing else: styles and picture are in it, every value is escaped."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from chalicelib.journeys.model import Moment, route, tell
from chalicelib.orders.model import Order

TEMPLATE = "page.html.jinja"


@cache
def _template() -> Template:
    here = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=here, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template(TEMPLATE)


def render(order: Order, moments: Sequence[Moment], time_zone: str) -> str:
    """The page of an order.

    Args:
        order: as it is now.
        moments: its events, in any order.
        time_zone: the shop's.
    """
    return _template().render(order=order, stations=route(moments), story=tell(moments, time_zone), time_zone=time_zone)
