"""The WebSocket API's three routes, and the bus's consumer that tells everybody.

A blueprint's WebSocket handler gets the event as API Gateway sends it and must answer with a status itself: Chalice's
wrapping is for handlers in app.py. The token is in no line of the log.
"""

import json
from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from chalice.app import Blueprint

from chalicelib.clock import now_ms
from chalicelib.envelope import delivered
from chalicelib.errors import NotFound, Refusal
from chalicelib.identity.key_set import key_set
from chalicelib.identity.tokens import BadToken, Pool, verified
from chalicelib.observability import about, logged, logger
from chalicelib.realtime import service
from chalicelib.realtime.model import Connection, is_ping, until
from chalicelib.realtime.sockets import sockets
from chalicelib.realtime.store import connection_store
from chalicelib.settings import settings
from chalicelib.shop.store import shop_store

realtime = Blueprint(__name__)

type Event = dict[str, Any]
type Answer = dict[str, Any]

PONG = json.dumps({"type": "pong", "detail": {}})
UNKNOWN = json.dumps({"type": "unknown", "detail": {"Message": 'say {"action": "ping"}, or nothing'}})


@realtime.on_ws_connect()
@logged
def websocket_connect(event: Event, context: LambdaContext) -> Answer:
    """The handshake: `?token=<access or id token>&eventId=`. Any status but 200 refuses it."""
    try:
        connection = _connection(event, event.get("queryStringParameters") or {}, event["stageVariables"])
        about(event_id=connection.event_id)
        service.listen(connection_store(), shop_store(), connection)
    except BadToken as refusal:
        return _refused(401, refusal)
    except Refusal as refusal:
        return _refused(404 if isinstance(refusal, NotFound) else 400, refusal)
    return {"statusCode": 200}


def _connection(event: Event, query: Mapping[str, str], variables: Mapping[str, str]) -> Connection:
    """The connection that somebody with a good token wants.

    Args:
        query: the handshake's parameters.
        variables: what the deployer told the API's stage: `issuer`, `clientId`, `connectionsUrl`.
    """
    pool, now = Pool(variables["issuer"], variables["clientId"]), now_ms()
    who = verified(query.get("token", ""), pool, key_set(pool.issuer).find, now)
    return Connection(
        connection_id=event["requestContext"]["connectionId"],
        event_id=query.get("eventId", settings().default_event_id).strip(),
        user_id=who.caller.user_id,
        is_admin=who.caller.is_admin,
        endpoint=variables["connectionsUrl"],
        opened_at=now // 1000,
        expires_at=until(who.expires_at, now),
    )


def _refused(status: int, refusal: Exception) -> Answer:
    logger.info("refused", status=status, reason=str(refusal))
    return {"statusCode": status}


@realtime.on_ws_message()
@logged
def websocket_message(event: Event, context: LambdaContext) -> Answer:
    """Clients have nothing to say but a ping, which keeps an idle connection open."""
    return {"statusCode": 200, "body": PONG if is_ping(event.get("body") or "") else UNKNOWN}


@realtime.on_ws_disconnect()
@logged
def websocket_disconnect(event: Event, context: LambdaContext) -> Answer:
    """A connection closed, as far as API Gateway noticed."""
    connection_store().forget_id(event["requestContext"]["connectionId"])
    return {"statusCode": 200}


@realtime.lambda_function()
@logged
def publish(event: Event, context: LambdaContext) -> None:
    """Target of the rule for every event of the bar."""
    happened = delivered(event)
    about(event_id=happened.shop, order_id=happened.order_id, bus_event_id=happened.event_id)
    outcome = service.publish(connection_store(), sockets(), happened, now_ms())
    if outcome.failed:
        logger.error("not told", connections=len(outcome.failed), reason=repr(outcome.failed[0]))
