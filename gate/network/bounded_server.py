"""aiohttp's server with a place for each connection, of which one client and all together have so many."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web
from aiohttp.http import HttpProcessingError, WebSocketReader
from aiohttp.web_protocol import RequestHandler

from gate.network.answer import refusal_answer
from gate.network.rates import Allowance, Places
from gate.rules.refusal import bad_request

LOG = logging.getLogger(__name__)

IDLE_S = 15  # also the time that a request's head may take
LONGEST_LINE = 8 * 1024
LONGEST_HEADER = 8 * 1024
MOST_HEADERS = 48
MOST_SOCKET_BYTES = 8 * 1024  # a minute; a page says a few pings of forty bytes

OPTIONS: Mapping[str, Any] = {
    "keepalive_timeout": IDLE_S,
    "lingering_time": 0,
    "max_line_size": LONGEST_LINE,
    "max_field_size": LONGEST_HEADER,
    "max_headers": MOST_HEADERS,
    "auto_decompress": False,
    "access_log": None,
    "logger": LOG,
}

type Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


class BoundedConnection(RequestHandler):
    """A connection that, once it is a socket, is cut off where more comes by it than a page has to say.

    Whoever answers sees whole messages only: of pings, pongs and beginnings without an end (RFC 6455, sections 5.4 and
    5.5) somebody could send a million a second, and nobody else would have their turn.
    """

    __slots__ = ("_socket_bytes",)

    def __init__(self, server: web.Server) -> None:
        super().__init__(server, loop=asyncio.get_running_loop(), **OPTIONS)
        self._socket_bytes: Allowance | None = None

    def handle_error(
        self, request: web.BaseRequest, status: int = 500, exc: BaseException | None = None, message: str | None = None
    ) -> web.StreamResponse:
        """Refuse what cannot be read as all else is refused, in one line of the log and without what was sent."""
        if not isinstance(exc, HttpProcessingError):
            return super().handle_error(request, status, exc, message)
        LOG.info("refused %s: it cannot be read", request.remote)
        answer = refusal_answer(bad_request("No browser writes such a request."), {}).response()
        answer.force_close()
        return answer

    def set_parser(self, parser: WebSocketReader, data_received_cb: Callable[[], None] | None = None) -> None:
        """From here on it is a socket."""
        self._socket_bytes = Allowance(MOST_SOCKET_BYTES)
        super().set_parser(parser, data_received_cb)

    def data_received(self, data: bytes) -> None:
        """Read what came, or hang up before."""
        if not self._socket_bytes or self._socket_bytes.spend(len(data)):
            super().data_received(data)
        elif self.transport:
            self.transport.abort()


class BoundedServer(web.Server):
    """It lets in connections for which somebody has taken a place, and gives the places back when they end.

    Args:
        handler: answers each request.
        places: where they were taken.
    """

    def __init__(self, handler: Handler, places: Places) -> None:
        super().__init__(handler)
        self._places = places
        self._clients: dict[RequestHandler, str] = {}

    def connection_of(self, client: str) -> RequestHandler:
        """What answers on a connection of a client, who holds a place for it."""
        handler = BoundedConnection(self)
        self._clients[handler] = client
        return handler

    def give_back(self, handler: RequestHandler) -> None:
        """Give a connection's place back, unless it has been."""
        if handler in self._clients:
            self._places.give_back(self._clients.pop(handler))

    def connection_lost(self, handler: RequestHandler, exc: BaseException | None = None) -> None:
        """Give its place back."""
        super().connection_lost(handler, exc)
        self.give_back(handler)

    async def stop(self, patience_s: float) -> None:
        """Hang up on everybody; who is being answered has a moment."""
        self.pre_shutdown()
        await self.shutdown(patience_s)
