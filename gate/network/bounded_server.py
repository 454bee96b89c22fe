"""aiohttp's server with a place for each connection, of which one client and all together have so many."""

import logging
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from gate.network.rates import Places

IDLE_S = 15  # also the time that a request's head may take
LONGEST_LINE = 8 * 1024
LONGEST_HEADER = 8 * 1024
MOST_HEADERS = 48

type Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


class BoundedServer(web.Server):
    """It lets in connections for which somebody has taken a place, and gives the places back when they end.

    Args:
        handler: answers each request.
        places: where they were taken.
    """

    def __init__(self, handler: Handler, places: Places) -> None:
        super().__init__(
            handler,
            keepalive_timeout=IDLE_S,
            lingering_time=0,
            max_line_size=LONGEST_LINE,
            max_field_size=LONGEST_HEADER,
            max_headers=MOST_HEADERS,
            auto_decompress=False,
            access_log=None,
            logger=logging.getLogger(__name__),
        )
        self._places = places
        self._clients: dict[RequestHandler, str] = {}

    def connection_of(self, client: str) -> RequestHandler:
        """What answers on a connection of a client, who holds a place for it."""
        handler = self()
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
