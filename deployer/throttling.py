"""How many requests the bar takes, above all from whoever has not shown a token yet. Pure.

Far above what a bar's guests do, and far below an account's default of 10,000 a second, which a stranger could make
cost. A route that asks API Gateway for a token costs nothing where there is none; the open ones call a function for
anybody, so they take half as many.
"""

from collections.abc import Mapping

from deployer.resources.api_throttling import EVERY_ROUTE, method_key
from deployer.resources.limits import Limits

LIMITS = Limits(a_second=100, at_once=200)
OPEN_LIMITS = Limits(a_second=50, at_once=100)

# The routes without an authorizer (chalicelib/http.py).
OPEN_ROUTES = (("GET", "/config"),)
# The handshake brings its token to the function itself.
OPEN_SOCKET_ROUTES = ("$connect",)


def of_api() -> Mapping[str, Limits]:
    """The limits of the bar's REST API, by API Gateway's key of a method."""
    return {EVERY_ROUTE: LIMITS, **{method_key(*route): OPEN_LIMITS for route in OPEN_ROUTES}}


def of_extension_api() -> Mapping[str, Limits]:
    """The limits of a REST API beside it, any route of which may be open."""
    return {EVERY_ROUTE: OPEN_LIMITS}


def of_sockets() -> tuple[Limits, Mapping[str, Limits]]:
    """The limits of the bar's WebSocket API, and those of its open routes, by their keys."""
    return LIMITS, dict.fromkeys(OPEN_SOCKET_ROUTES, OPEN_LIMITS)


def of_extension_sockets() -> tuple[Limits, Mapping[str, Limits]]:
    """The limits of one beside it, whose handshake may let anybody in; it need not have any one route."""
    return OPEN_LIMITS, {}
