"""The ways in which the functions of realtime call AWS; see `scenarios.py`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from unittest import mock

from chalicelib.identity.key_set import KeySet
from chalicelib.realtime import handlers
from chalicelib.realtime.model import CUSTOMERS
from simulator.probe.eventually import eventually
from tests.support.memory_connections import connection
from tests.support.recorded import envelope
from tests.support.token_maker import POOL, claims, public_jwk, token

if TYPE_CHECKING:
    from tests.contract.scenarios import Account

SOCKET = {"connectionId": "socket-of-u1"}


def shake_hands(account: "Account") -> None:
    """Somebody with a good token connects."""
    keys = KeySet(POOL.issuer, lambda _: {"keys": [public_jwk()]})
    good = token(claims(exp=account.now // 1000 + 60))
    event: dict[str, Any] = {
        "requestContext": SOCKET,
        "queryStringParameters": {"token": good, "eventId": account.shop},
        "stageVariables": {"issuer": POOL.issuer, "clientId": POOL.client_id, "connectionsUrl": endpoint(account)},
    }
    with mock.patch.object(handlers, "key_set", return_value=keys):
        assert account.call("websocket_connect", event) == {"statusCode": 200}


def hang_up(account: "Account") -> None:
    """The index may take a moment to know the connection, and only what it knows is removed."""
    account.connections.add(connection(event_id=account.shop))

    def forgotten() -> None:
        account.call("websocket_disconnect", {"requestContext": SOCKET})
        assert account.connections.listening(account.shop, CUSTOMERS, account.now) == []

    eventually(forgotten)


def publish(account: "Account") -> None:
    """To a connection that is gone, so that it is forgotten as well."""
    account.connections.add(connection(event_id=account.shop, endpoint=endpoint(account)))
    account.call("publish", envelope("ConfigService.ConfigChanged", {"eventId": account.shop, "at": account.now}))


def endpoint(account: "Account") -> str:
    """Where API Gateway takes messages for connections."""
    return str(account.aws("events").meta.endpoint_url)


REALTIME: dict[str, Callable[["Account"], None]] = {
    "publish": publish,
    "websocket_connect": shake_hands,
    "websocket_message": lambda account: account.call("websocket_message", {"requestContext": SOCKET, "body": "ping"}),
    "websocket_disconnect": hang_up,
}
