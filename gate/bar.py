"""The bar behind the gate, as the deployer wrote it down; only one that runs on this machine is let be behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from deployer.problem import Problem
from simulator.outputs import NotDeployed, Outputs, read_outputs

INDEX = "/index.html"


@dataclass(frozen=True)
class Bar:
    """Where each part of the bar is; addresses have no slash at their end.

    Attributes:
        endpoint: the local cloud's own address.
        pages_url: the bucket with the pages.
        pages: the names of their folders.
    """

    endpoint: str
    region: str
    api_url: str
    realtime_url: str
    pages_url: str
    pool_id: str
    client_id: str
    pages: frozenset[str]


def read_bar(path: Path) -> Bar:
    """The bar that the deployer's file tells of.

    Raises:
        Problem: there is none, its pages were not built, or it is not on this machine.
    """
    try:
        return bar_of(read_outputs(path))
    except NotDeployed as error:
        raise Problem(str(error)) from error


def bar_of(outputs: Outputs) -> Bar:
    """The bar that these outputs tell of.

    Raises:
        Problem: its pages were not built, or a part of it is elsewhere than at the local cloud's own loopback address.
    """
    bar = Bar(
        endpoint=outputs.endpoint_url,
        region=outputs.region,
        api_url=outputs.api_url,
        realtime_url=outputs.realtime_url,
        pages_url=_bucket_of(outputs.frontends),
        pool_id=outputs.user_pool_id,
        client_id=outputs.user_pool_client_id,
        pages=frozenset(outputs.frontends),
    )
    _hold_to_this_machine(bar)
    return bar


def _bucket_of(frontends: Mapping[str, str]) -> str:
    """The address that all pages have in common."""
    found = {url.removesuffix(f"/{name}{INDEX}") for name, url in frontends.items()}
    if len(found) != 1:
        raise Problem("the bar has no pages", "Run make local again, which builds them.")
    return found.pop()


def _hold_to_this_machine(bar: Bar) -> None:
    place = urlsplit(bar.endpoint).netloc
    if not _is_loopback(urlsplit(bar.endpoint).hostname or ""):
        raise Problem(f"{bar.endpoint} is not on this machine", "The gate is for a bar that `make local` started.")
    for url in (bar.api_url, bar.realtime_url, bar.pages_url):
        if urlsplit(url).netloc != place:
            raise Problem(f"{url} is not at {place}, where the local cloud is", "Run make local again.")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
