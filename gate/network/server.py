"""The server: it listens on the room's address alone, and nobody can hold it by being slow, many or long-winded."""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

from deployer.problem import Problem
from gate.network.rates import Places
from gate.room import Room

IDLE_S = 15  # also the time that a request's head may take
HANDSHAKE_S = 5
GOODBYE_S = 3
LONGEST_LINE = 8 * 1024
LONGEST_HEADER = 8 * 1024
MOST_HEADERS = 48

type Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


class BoundedServer(web.Server):
    """aiohttp's server for a bounded number of connections, of one address and of all.

    Args:
        connections: the places that they take.
    """

    def __init__(self, handler: Handler, connections: Places, **options: Any) -> None:
        super().__init__(handler, **options)
        self._places = connections
        self._peers: dict[RequestHandler, str] = {}

    def connection_made(self, handler: RequestHandler, transport: asyncio.Transport) -> None:
        """Let a connection in, or hang up."""
        super().connection_made(handler, transport)
        peer = str((transport.get_extra_info("peername") or ("",))[0])
        if self._places.take(peer):
            self._peers[handler] = peer
        else:
            transport.abort()

    def connection_lost(self, handler: RequestHandler, exc: BaseException | None = None) -> None:
        """Give its place back."""
        super().connection_lost(handler, exc)
        if handler in self._peers:
            self._places.give_back(self._peers.pop(handler))


@asynccontextmanager
async def listening(
    room: Room, handler: Handler, connections: Places, tls: ssl.SSLContext | None
) -> AsyncIterator[None]:
    """Answer on the room's address as long as the body runs.

    Raises:
        Problem: the address or the port is not to be had.
    """
    server = BoundedServer(
        handler,
        connections,
        keepalive_timeout=IDLE_S,
        lingering_time=0,
        max_line_size=LONGEST_LINE,
        max_field_size=LONGEST_HEADER,
        max_headers=MOST_HEADERS,
        auto_decompress=False,
        access_log=None,
        logger=logging.getLogger(__name__),
    )
    listener = await _listen(room, server, tls)
    try:
        yield
    finally:
        listener.close()
        server.pre_shutdown()
        await server.shutdown(GOODBYE_S)


async def _listen(room: Room, server: web.Server, tls: ssl.SSLContext | None) -> asyncio.Server:
    try:
        return await asyncio.get_running_loop().create_server(
            server,
            room.address,
            room.port,
            ssl=tls,
            ssl_handshake_timeout=HANDSHAKE_S if tls else None,
            ssl_shutdown_timeout=GOODBYE_S if tls else None,
        )
    except OSError as error:
        raise Problem(
            f"nothing can listen on {room.authority}: {error.strerror}",
            "Is another gate open, or another program there? PORT=4700 takes another port.",
        ) from error
