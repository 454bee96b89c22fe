"""Hosts and origins as browsers write them: which are this machine's own. Pure; whatever is written oddly is none."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address

_AUTHORITY = re.compile(r"(?P<host>[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?", re.ASCII)
_ORIGIN = re.compile(r"(?P<scheme>https?)://(?P<authority>.+)", re.ASCII)
_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


@dataclass(frozen=True)
class Authority:
    """A host, in lower case, and a port."""

    host: str
    port: int


def authority(text: str, scheme: str) -> Authority | None:
    """Read `host` or `host:port`, in whose stead is the scheme's port; None for anything else.

    So a dot at the end, user names, spaces, and letters beyond ASCII name no host that could be ours.
    """
    match = _AUTHORITY.fullmatch(text.lower()) if text.isascii() else None
    if match is None:
        return None
    return Authority(match["host"], int(match["port"] or _DEFAULT_PORTS.get(scheme, 0)))


def origin_authority(origin: str) -> Authority | None:
    """Read an `Origin` of HTTP or HTTPS; None for any other, such as `null` or an extension's."""
    match = _ORIGIN.fullmatch(origin.lower()) if origin.isascii() else None
    return authority(match["authority"], match["scheme"]) if match else None


def is_loopback(host: str) -> bool:
    """Whether a name leads to this machine wherever it is looked up.

    Names below `localhost` do (RFC 6761, section 6.3: browsers ask no name server). `localhost.localstack.cloud` does
    not: others say what its address is, and whoever answers for it may serve a page under it first.
    """
    return _is_localhost(host) or _is_loopback_address(host)


def is_cloud_name(host: str) -> bool:
    """Whether a page at that host and the cloud's port can only be the cloud's: it listens on no other address."""
    return _is_localhost(host) or host == "127.0.0.1"


def _is_localhost(host: str) -> bool:
    return host == "localhost" or host.endswith(".localhost")


def _is_loopback_address(host: str) -> bool:
    try:
        if host.startswith("["):
            return IPv6Address(host[1:-1]) == IPv6Address("::1")
        return IPv4Address(host).is_loopback
    except ValueError:
        return False
