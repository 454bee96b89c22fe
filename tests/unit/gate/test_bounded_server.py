"""A connection that has become a socket is cut off before it is read, where it says more than a page has to."""

import asyncio
from typing import Any, cast

from aiohttp import web
from aiohttp.http import WebSocketReader

from gate.network.bounded_server import MOST_SOCKET_BYTES, BoundedServer
from gate.network.rates import Places


class Wire(asyncio.Transport):
    """Keeps whether it was hung up."""

    is_cut_off = False

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return default

    def abort(self) -> None:
        self.is_cut_off = True

    def close(self) -> None:
        pass


class Reader:
    """Keeps how much was read."""

    read = 0

    def feed_data(self, data: bytes) -> tuple[bool, bytes]:
        self.read += len(data)
        return False, b""


async def nobody(_: web.BaseRequest) -> web.Response:
    raise AssertionError


async def told_to_a_socket(*sizes: int) -> tuple[int, bool]:
    """How much of what came by a socket was read, and whether it was cut off."""
    wire, reader = Wire(), Reader()
    server = BoundedServer(nobody, Places(1, 1))
    connection = server.connection_of("10.0.0.1")
    connection.connection_made(wire)
    connection.set_parser(cast("WebSocketReader", reader))
    for size in sizes:
        connection.data_received(b"x" * size)
    await server.stop(0)
    return reader.read, wire.is_cut_off


def test_what_a_page_says_is_read() -> None:
    assert asyncio.run(told_to_a_socket(*[40] * 60)) == (2400, False)


def test_what_no_page_says_is_not_read_and_ends_the_connection() -> None:
    assert asyncio.run(told_to_a_socket(40, 256 * 1024)) == (40, True)
    assert asyncio.run(told_to_a_socket(MOST_SOCKET_BYTES, 1)) == (MOST_SOCKET_BYTES, True)
