"""Which requests are somebody's visit with a browser, and which bucket's website they want. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from local_cloud.plugins.gateway.browser_gate.authorities import authority

_OWN_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})  # below other names each bucket has one of its own


@dataclass(frozen=True)
class Visit:
    """A browser's request for a page.

    Attributes:
        bucket: the first part of the path; empty for the cloud's own address.
        key: what comes after it.
    """

    bucket: str
    key: str


def visit(method: str, host: str, path: str, query: str, headers: Mapping[str, str]) -> Visit | None:
    """Read a request as a visit; None where anything in it is AWS's.

    No SDK asks for HTML, and each signs, in a header or in the address, but for the few calls that need no signature:
    those are named in a header or in the query. So no call of AWS's is a visit.

    Args:
        method: in capitals.
        host: with the port, as in `Host`.
        path: from its `/` on.
        query: behind the `?`.
        headers: of the request.
    """
    is_page = method in ("GET", "HEAD") and "text/html" in headers.get("Accept", "")
    if not is_page or _is_of_aws(query, headers) or not _is_own(host):
        return None
    bucket, _, key = path.removeprefix("/").partition("/")
    return Visit(bucket, key)


def _is_own(host: str) -> bool:
    named = authority(host, "http")
    return named is not None and named.host in _OWN_HOSTS


def _is_of_aws(query: str, headers: Mapping[str, str]) -> bool:
    named = {name.lower() for name in headers.keys()}  # noqa: SIM118  # of Werkzeug's, an iterator gives pairs
    return bool(query) or "authorization" in named or any(name.startswith("x-amz-") for name in named)
