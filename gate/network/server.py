"""The door: it listens on the room's address alone, and nobody can hold it by being slow, many or long-winded.

Each connection takes a place before anything is read of it, TLS's handshake included. Who comes to a door with TLS and
speaks plain HTTP, as browsers do where an address is typed without its scheme, is told where the door is.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus

from aiohttp import web

from deployer.problem import Problem
from gate.network.bounded_server import BoundedServer, Handler
from gate.network.rates import Rates
from gate.room import Room

HANDSHAKE_S = 5
GOODBYE_S = 3
WAITING = 128  # connections that the system holds until they are taken in
TLS_HANDSHAKE = b"\x16"  # a record's first byte (RFC 8446, section 5.1)


@asynccontextmanager
async def listening(room: Room, handler: Handler, rates: Rates, tls: ssl.SSLContext | None) -> AsyncIterator[None]:
    """Answer on the room's address as long as the body runs.

    Args:
        rates: say who may come in.
        tls: None for plain HTTP.

    Raises:
        Problem: the address or the port is not to be had.
    """
    listener = _listen(room)
    places = rates.connections
    door = Door(BoundedServer(handler, places), BoundedServer(_way_to(room), places), rates, tls)
    taking_in = asyncio.create_task(door.take_in(listener))
    try:
        yield
    finally:
        taking_in.cancel()
        with suppress(asyncio.CancelledError):
            await taking_in
        listener.close()
        await door.close()


class Door:
    """Takes connections in, each for itself.

    Args:
        server: for those that speak as they should.
        guide: for those that speak plain HTTP where TLS is spoken.
    """

    def __init__(self, server: BoundedServer, guide: BoundedServer, rates: Rates, tls: ssl.SSLContext | None) -> None:
        self._server = server
        self._guide = guide
        self._rates = rates
        self._tls = tls
        self._entering: set[asyncio.Task[None]] = set()

    async def take_in(self, listener: socket.socket) -> None:
        """Take in whoever comes, until it is cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(0)  # while somebody waits at the door, accepting lets nobody else have their turn
            try:
                connection, peer = await loop.sock_accept(listener)
            except OSError:  # no file is left for one more
                await asyncio.sleep(0.2)
                continue
            if not self._rates.lets_in(peer[0]):
                connection.close()
                continue
            entering = asyncio.create_task(self._let_in(connection, peer[0]))
            self._entering.add(entering)
            entering.add_done_callback(self._entering.discard)

    async def close(self) -> None:
        """Hang up on everybody."""
        for entering in self._entering:
            entering.cancel()
        await asyncio.gather(*self._entering, return_exceptions=True)
        await self._server.stop(GOODBYE_S)
        await self._guide.stop(GOODBYE_S)

    async def _let_in(self, connection: socket.socket, client: str) -> None:
        try:
            async with asyncio.timeout(HANDSHAKE_S):
                tls = self._tls if self._tls and await _first_byte(connection) == TLS_HANDSHAKE else None
        except (OSError, TimeoutError, asyncio.CancelledError):
            connection.close()
            self._rates.connections.give_back(client)
            return
        server = self._server if tls is self._tls else self._guide
        await _hand_over(connection, client, server, tls)


async def _hand_over(connection: socket.socket, client: str, server: BoundedServer, tls: ssl.SSLContext | None) -> None:
    """Have a server answer on a connection, which holds a place; it is given back whatever comes."""
    handler = server.connection_of(client)
    try:
        await asyncio.get_running_loop().connect_accepted_socket(
            lambda: handler,
            connection,
            ssl=tls,
            ssl_handshake_timeout=HANDSHAKE_S if tls else None,
            ssl_shutdown_timeout=GOODBYE_S if tls else None,
        )
    except (OSError, TimeoutError, asyncio.CancelledError):  # ssl.SSLError is an OSError
        connection.close()
        server.give_back(handler)


async def _first_byte(connection: socket.socket) -> bytes:
    """What a connection begins with, left there for whoever reads it."""
    loop = asyncio.get_running_loop()
    is_readable = asyncio.Event()
    loop.add_reader(connection, is_readable.set)
    try:
        await is_readable.wait()
    finally:
        loop.remove_reader(connection)
    return connection.recv(1, socket.MSG_PEEK)


def _listen(room: Room) -> socket.socket:
    try:
        listener = socket.create_server((room.address, room.port), backlog=WAITING)
    except OSError as error:
        raise Problem(
            f"nothing can listen on {room.authority}: {error.strerror}",
            "Is another gate open, or another program there? PORT=4700 takes another port.",
        ) from error
    listener.setblocking(False)
    return listener


def _way_to(room: Room) -> Handler:
    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        headers = {"Location": f"{room.origin}/", "Server": "gate"}
        told = web.Response(status=HTTPStatus.TEMPORARY_REDIRECT, headers=headers)
        told.force_close()  # here only connections are counted: each gets one answer
        return told

    return answer
