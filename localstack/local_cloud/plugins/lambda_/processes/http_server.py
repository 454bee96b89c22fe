"""HTTP/1.1 on a port of its own of 127.0.0.1, by aiohttp, for programs alone. Knows nothing of Lambda."""

from asyncio import Server, get_running_loop
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web

from local_cloud.plugins.gateway.browser_gate.programs_only import is_from_browser

MAX_HEADERS = 2 * 1024 * 1024
"""Bytes. awslambdaric sends a failure's whole traceback as one header of up to 1 MiB."""


@dataclass(frozen=True)
class Request:
    """`body` ends at the server's limit; `size` is how much was really sent."""

    method: str
    path: str
    body: bytes
    size: int


@dataclass(frozen=True)
class Response:
    """What to answer: a JSON `body` and further headers."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class HttpServer:
    """A server that answers at `address`, `host:port`."""

    address: str
    _listener: Server
    _connections: web.Server

    def close(self) -> None:
        """Stop serving and drop every connection."""
        self._listener.close()
        for connection in self._connections.connections:
            connection.force_close()


async def listen(respond: Callable[[Request], Awaitable[Response]], body_limit: int) -> HttpServer:
    """Begin to serve.

    Args:
        respond: is cancelled where the peer leaves before it has answered.
        body_limit: of a body no more bytes are kept in memory.
    """

    async def handle(request: web.BaseRequest) -> web.Response:
        if is_from_browser(request.headers):
            return web.Response(status=403)
        response = await respond(await _received(request, body_limit))
        headers = {"Content-Type": "application/json"} | response.headers
        return web.Response(status=response.status, body=response.body, headers=headers)

    connections = web.Server(handle, access_log=None, handler_cancellation=True, max_field_size=MAX_HEADERS)
    listener = await get_running_loop().create_server(connections, "127.0.0.1", 0)
    host, port = listener.sockets[0].getsockname()
    return HttpServer(f"{host}:{port}", listener, connections)


async def _received(request: web.BaseRequest, body_limit: int) -> Request:
    body, size = bytearray(), 0
    async for chunk in request.content.iter_any():
        size += len(chunk)
        body += chunk[: body_limit - len(body)]
    return Request(request.method, request.path, bytes(body), size)
