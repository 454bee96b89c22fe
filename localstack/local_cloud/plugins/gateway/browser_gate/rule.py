"""Which requests are refused before any service is asked. Pure: no I/O, and it knows nothing of LocalStack."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from local_cloud.plugins.gateway.browser_gate.allowed_origins import AllowedOrigins
from local_cloud.plugins.gateway.browser_gate.authorities import (
    Authority,
    authority,
    is_cloud_name,
    is_loopback,
    origin_authority,
)

# https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header; `none` is what the user typed or chose.
_OF_THE_CLOUD_OR_THE_USER = frozenset({"same-origin", "none"})


@dataclass(frozen=True)
class Asked:
    """What a request says of where it goes and comes from; headers with all values that were sent.

    Attributes:
        method: in capitals; WEBSOCKET for a handshake.
        scheme: `http` or `https`, for WebSockets too.
        hosts: of `Host`, and of the request line where that has a whole URL.
        origins: of `Origin`.
        fetch_sites: of `Sec-Fetch-Site`.
        parameters: the names in the query string.
    """

    method: str
    hosts: tuple[str, ...]
    scheme: str = "http"
    origins: tuple[str, ...] = ()
    fetch_sites: tuple[str, ...] = ()
    parameters: Collection[str] = ()


@dataclass(frozen=True)
class Destination:
    """What a request leads to.

    Attributes:
        is_deployed: a user's program or site, to whom its parameters belong, rather than AWS.
        is_free: any page may ask it.
    """

    is_deployed: bool
    is_free: bool


def refusal(
    asked: Asked, ports: Collection[int], allowed: AllowedOrigins, destination: Callable[[], Destination]
) -> str | None:
    """Say why a request is refused; None lets it in.

    Args:
        asked: the request.
        ports: those that the cloud listens on.
        allowed: what the user lets in beside.
        destination: finds out what it leads to; asked only where that matters, which is for hardly any request.
    """
    return _by_host(asked, allowed) or _by_protocol(asked, destination) or _by_page(asked, ports, allowed, destination)


def _by_host(asked: Asked, allowed: AllowedOrigins) -> str | None:
    """Refuse a name that others can have lead here: its page would be of the same origin as this cloud."""
    if not asked.hosts:
        return "It names no host"
    for host in asked.hosts:
        named = authority(host, asked.scheme)
        if named is None or not (is_loopback(named.host) or allowed.has_host(named.host)):
            return f"This cloud is not known as {_short(host)}"
    return None


def _by_protocol(asked: Asked, destination: Callable[[], Destination]) -> str | None:
    """Refuse AWS's query protocol in an address, which any page can have loaded and which no SDK sends.

    https://smithy.io/2.0/aws/protocols/aws-query-protocol.html: "sent as the body of an HTTP POST request".
    """
    if asked.method == "POST" or "Action" not in asked.parameters or destination().is_deployed:
        return None
    return "AWS's query protocol is for POST: no SDK names an Action in the address of another request"


def _by_page(
    asked: Asked, ports: Collection[int], allowed: AllowedOrigins, destination: Callable[[], Destination]
) -> str | None:
    """Refuse what a browser sends for a page that the cloud did not serve, but for what any page may ask."""
    foreign = _foreign_page(asked, ports, allowed)
    return foreign if foreign and not destination().is_free else None


def _foreign_page(asked: Asked, ports: Collection[int], allowed: AllowedOrigins) -> str | None:
    for origin in asked.origins:
        if not (allowed.has_origin(origin) or _is_served_here(origin, asked, ports, allowed)):
            return f"This cloud did not serve the page that asks, which is of {_short(origin)}"
    if asked.origins:
        return None
    for site in asked.fetch_sites:
        if site not in _OF_THE_CLOUD_OR_THE_USER:
            return f"A page asks that this cloud did not serve (Sec-Fetch-Site: {_short(site)})"
    return None


def _is_served_here(origin: str, asked: Asked, ports: Collection[int], allowed: AllowedOrigins) -> bool:
    """Whether the page's origin is the cloud, under the name that is asked now or under another."""
    page = origin_authority(origin)
    if page is None:
        return False
    if (is_cloud_name(page.host) or allowed.has_host(page.host)) and page.port in ports:
        return True
    return page in _authorities(asked)


def _authorities(asked: Asked) -> set[Authority | None]:
    return {authority(host, asked.scheme) for host in asked.hosts}


def _short(value: str) -> str:
    """What a stranger sent, fit for one line."""
    return repr(value if len(value) <= 100 else f"{value[:100]}...")
