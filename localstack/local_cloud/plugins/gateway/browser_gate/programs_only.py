"""For the cloud's smaller servers, on ports of their own, which serve no page and no browser at all. Pure."""

from collections.abc import Sequence
from typing import Protocol

from local_cloud.plugins.gateway.browser_gate.authorities import authority, is_loopback


class Headers(Protocol):
    """Headers of which one may come several times."""

    def getall(self, key: str, default: Sequence[str]) -> Sequence[str]:
        """Return all values of one."""


def is_from_browser(headers: Headers) -> bool:
    """Whether a page has a request sent: browsers say so, but not to a name that was rebound to this machine."""
    if headers.getall("Origin", ()) or headers.getall("Sec-Fetch-Site", ()):
        return True
    return not is_of_this_machine(headers)


def is_of_this_machine(headers: Headers) -> bool:
    """Whether a request names a loopback address as its host; what a page sends to a name that was rebound does not."""
    return all(_is_loopback(host) for host in headers.getall("Host", ("",)))


def _is_loopback(host: str) -> bool:
    named = authority(host, "http")
    return named is not None and is_loopback(named.host)
