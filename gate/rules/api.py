"""The bar's own API and its WebSocket: who may do what there, they decide themselves, by the caller's token. Pure."""

import json
import re
from urllib.parse import urlencode

from gate.bar import Bar
from gate.rules.asked import Asked
from gate.rules.parameters import parameters
from gate.rules.passages import ApiCall, Socket
from gate.rules.refusal import bad_request, not_here, wrong_method

METHODS = frozenset({"GET", "POST", "PUT"})
MOST_SEGMENTS = 3
SOCKET_PARAMETERS = frozenset({"token", "eventId"})

_SEGMENT = re.compile(r"[A-Za-z0-9_-]{1,128}", re.ASCII)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,2000}(?:\.[A-Za-z0-9_-]{1,2000}){2}", re.ASCII)  # of RFC 7519
_JSON = re.compile(r"application/json(?:; ?charset=utf-8)?", re.ASCII | re.IGNORECASE)


def api_call(asked: Asked, bar: Bar) -> ApiCall:
    """A request to the API: `/api/...`.

    Raises:
        Refused: its path, a parameter, its token or its body are not such as the API has.
    """
    if asked.method not in METHODS:
        raise wrong_method()
    segments = asked.segments[1:]
    if not 0 < len(segments) <= MOST_SEGMENTS or not all(_SEGMENT.fullmatch(segment) for segment in segments):
        raise not_here()
    query = urlencode(parameters(asked.query))
    return ApiCall(asked.method, "/" + "/".join(segments), query, _bearer(asked), _json(asked))


def socket(asked: Asked, bar: Bar) -> Socket:
    """A handshake: `/realtime?token=...&eventId=...`.

    Raises:
        Refused: it is none, or lacks one of the two, or has more.
    """
    if asked.segments != ["realtime"] or asked.method != "GET":
        raise not_here()
    if asked.header("Upgrade").lower() != "websocket":
        raise bad_request("This address is for WebSockets.")
    told = parameters(asked.query)
    if told.keys() != SOCKET_PARAMETERS or not _TOKEN.fullmatch(told["token"]):
        raise bad_request("A WebSocket needs a token and a shop, and takes nothing else.")
    return Socket(told["token"], told["eventId"])


def _bearer(asked: Asked) -> str:
    held = asked.header("Authorization")
    if not held:
        return ""
    scheme, _, token = held.partition(" ")
    if scheme != "Bearer" or not _TOKEN.fullmatch(token):
        raise bad_request("Authorization takes a token of the bar's and nothing else.")
    return token


def _json(asked: Asked) -> bytes:
    if not asked.body:
        return b""
    if not _JSON.fullmatch(asked.header("Content-Type")):
        raise bad_request("The API takes JSON.")
    try:
        json.loads(asked.body.decode())
    except (ValueError, RecursionError) as error:
        raise bad_request("The body is no JSON.") from error
    return asked.body
