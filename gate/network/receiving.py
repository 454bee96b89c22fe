"""Requests as they come over the network, and answers as they go, neither of them for ever."""

import asyncio
from contextlib import suppress
from http import HTTPStatus

from aiohttp import ClientError, web

from gate.network.answer import Answer
from gate.room import Room
from gate.rules.asked import Asked
from gate.rules.head import MOST_BODY_BYTES, check_head
from gate.rules.refusal import Refused, bad_request

BODY_WITHIN_S = 10
SENT_WITHIN_S = 60


async def received(request: web.BaseRequest, room: Room) -> Asked:
    """What came, with its body; that is read only where the head may pass.

    Raises:
        Refused: the head may not, or the body does not come, or is longer than was announced.
    """
    asked = Asked(request.method, request.raw_path, _headers(request))
    check_head(asked, room)
    if not asked.header("Content-Length"):
        return asked
    return Asked(asked.method, asked.target, asked.headers, await _body(request))


def _headers(request: web.BaseRequest) -> tuple[tuple[str, str], ...]:
    try:
        return tuple((name.decode("ascii"), value.decode("ascii")) for name, value in request.raw_headers)
    except UnicodeDecodeError as error:
        raise bad_request("A header is no ASCII.") from error


async def _body(request: web.BaseRequest) -> bytes:
    try:
        async with asyncio.timeout(BODY_WITHIN_S):
            body = await request.read()
    except (TimeoutError, ClientError, ConnectionError, web.HTTPRequestEntityTooLarge) as error:
        raise Refused(HTTPStatus.REQUEST_TIMEOUT, "TooSlow", "The request did not come whole.") from error
    if len(body) > MOST_BODY_BYTES:
        raise bad_request("The body is longer than was announced.")
    return body


async def sent(request: web.BaseRequest, answer: Answer, *, is_last: bool = False) -> web.StreamResponse:
    """Send an answer; a client that does not take it is hung up on, one that has gone by itself is no news.

    Args:
        is_last: whether to hang up in any case: what follows on the connection may be a body that nobody read.
    """
    response = answer.response()
    if is_last:
        response.force_close()
    try:
        async with asyncio.timeout(SENT_WITHIN_S):
            await response.prepare(request)
            await response.write_eof()
    except ConnectionError:
        response.force_close()
    except TimeoutError:
        with suppress(AttributeError):  # it has gone by itself
            request.transport.abort()  # type: ignore[union-attr]
    return response
