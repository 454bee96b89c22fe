"""HTTP/1.1 for one connection: h11's protocol on asyncio's streams. Knows nothing of Lambda."""

import contextlib
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import h11

CHUNK = 256 * 1024
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


async def converse(
    reader: StreamReader,
    writer: StreamWriter,
    respond: Callable[[Request], Awaitable[Response]],
    body_limit: int,
) -> None:
    """Answer one request after another until the peer leaves or breaks the protocol.

    Of a body no more than `body_limit` bytes are kept in memory.
    """
    connection = h11.Connection(h11.SERVER, max_incomplete_event_size=MAX_HEADERS)
    with contextlib.closing(writer), contextlib.suppress(ConnectionError, h11.RemoteProtocolError):
        while request := await _receive(connection, reader, body_limit):
            writer.write(_encode(connection, await respond(request)))
            await writer.drain()
            if connection.our_state is h11.MUST_CLOSE:
                return
            connection.start_next_cycle()


async def _receive(connection: h11.Connection, reader: StreamReader, body_limit: int) -> Request | None:
    head, body, size = None, bytearray(), 0
    while True:
        match event := connection.next_event():
            case h11.NEED_DATA:
                connection.receive_data(await reader.read(CHUNK))
            case h11.Request():
                head = event
            case h11.Data():
                size += len(event.data)
                body += event.data[: body_limit - len(body)]
            case h11.EndOfMessage() if head:
                return Request(head.method.decode(), head.target.decode(), bytes(body), size)
            case _:
                return None


def _encode(connection: h11.Connection, response: Response) -> bytes:
    headers = {"Content-Type": "application/json", "Content-Length": str(len(response.body))} | response.headers
    events = [
        h11.Response(status_code=response.status, headers=list(headers.items())),
        h11.Data(data=response.body),
        h11.EndOfMessage(),
    ]
    return b"".join(connection.send(event) or b"" for event in events)
