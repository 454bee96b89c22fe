"""Speaking to open WebSockets through API Gateway, to many at the same time. Decides nothing about who hears what."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

from chalicelib import aws
from chalicelib.realtime.model import Connection

if TYPE_CHECKING:
    from mypy_boto3_apigatewaymanagementapi import ApiGatewayManagementApiClient


@dataclass(frozen=True)
class Outcome:
    """What came of speaking to some connections.

    Attributes:
        heard: how many took the message.
        gone: those that are closed.
        failed: why the others could not be told.
    """

    heard: int
    gone: Sequence[Connection]
    failed: Sequence[Exception]


class Sockets(Protocol):
    """Somebody who speaks to connections."""

    def tell(self, connections: Sequence[Connection], text: str) -> Outcome:
        """Send the text to each of them; one that fails stops no other."""


@dataclass(frozen=True)
class ApiGatewaySockets:
    """Sockets behind API Gateway's @connections API.

    Attributes:
        client: gives the client of an endpoint; its own retries are all there are.
    """

    client: "Callable[[str], ApiGatewayManagementApiClient]"

    def tell(self, connections: Sequence[Connection], text: str) -> Outcome:
        """Send the text to each of them, as many at a time as the clients hold connections."""
        clients = {endpoint: self.client(endpoint) for endpoint in {one.endpoint for one in connections}}
        with ThreadPoolExecutor(max_workers=aws.SOCKETS_AT_ONCE) as threads:
            told = list(threads.map(lambda one: _told(clients[one.endpoint], one.connection_id, text), connections))
        return Outcome(
            heard=told.count(True),
            gone=[connection for connection, heard in zip(connections, told, strict=True) if heard is False],
            failed=[error for error in told if isinstance(error, Exception)],
        )


def _told(client: "ApiGatewayManagementApiClient", connection_id: str, text: str) -> bool | Exception:
    """Whether the connection is open and took the text, or why that cannot be said."""
    try:
        client.post_to_connection(ConnectionId=connection_id, Data=text.encode())
    except client.exceptions.GoneException:
        return False
    except Exception as error:  # whatever it is, the others are still to be told
        return error
    return True


@cache
def sockets() -> ApiGatewaySockets:
    """The sockets of this process."""
    return ApiGatewaySockets(aws.connections)
