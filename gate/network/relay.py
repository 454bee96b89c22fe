"""A socket of the room's and one of the bar's, and what passes between both: all that the bar says, and pings.

A page has nothing to say over its socket but a ping (frontend/src/shared/realtime): nothing else is passed on.
"""

import asyncio
import json

from aiohttp import ClientWebSocketResponse, WSCloseCode, WSMessage, WSMsgType, web

from gate.network.rates import Allowance

PING = json.dumps({"action": "ping"})
MOST_BYTES = 1024
MOST_WITHIN_A_MINUTE = 60
SLOW_AFTER_S = 20  # a phone that does not take a message for so long has gone, or holds it back


class SaidTooMuch(Exception):
    """Somebody said over a socket what no page says."""


async def relay(phone: web.WebSocketResponse, bar: ClientWebSocketResponse) -> None:
    """Pass on until one of both hangs up; then the other is hung up on, too."""
    both = [asyncio.create_task(_hear_bar(phone, bar)), asyncio.create_task(_hear_phone(phone, bar))]
    try:
        done, _ = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        failed = next((one.exception() for one in done if one.exception()), None)
        await phone.close(code=WSCloseCode.POLICY_VIOLATION if failed else _code_of(bar))
    finally:
        for one in both:
            one.cancel()
        await asyncio.gather(*both, return_exceptions=True)


async def _hear_bar(phone: web.WebSocketResponse, bar: ClientWebSocketResponse) -> None:
    async for message in bar:
        if message.type is not WSMsgType.TEXT:
            return
        async with asyncio.timeout(SLOW_AFTER_S):
            await phone.send_str(message.data)


async def _hear_phone(phone: web.WebSocketResponse, bar: ClientWebSocketResponse) -> None:
    pings = Allowance(MOST_WITHIN_A_MINUTE)
    async for message in phone:
        if not pings.spend() or not is_ping(message):
            raise SaidTooMuch
        await bar.send_str(PING)


def is_ping(message: WSMessage) -> bool:
    """Whether it is the one thing that a page says."""
    try:
        return message.type is WSMsgType.TEXT and json.loads(message.data) == json.loads(PING)
    except (ValueError, RecursionError):
        return False


def _code_of(bar: ClientWebSocketResponse) -> int:
    """Why the bar hung up, as far as that may be passed on (RFC 6455, section 7.4.1)."""
    code = bar.close_code or WSCloseCode.OK
    return code if code in {1000, 1001, 1011, 1012, 1013} or 4000 <= code <= 4999 else WSCloseCode.GOING_AWAY
