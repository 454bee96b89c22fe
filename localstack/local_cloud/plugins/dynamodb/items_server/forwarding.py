"""How a request for DynamoDB is handed on over HTTP on loopback, byte for byte."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus

import aiohttp
from aiohttp import web

from local_cloud.plugins.dynamodb.items_server.routing import UNAVAILABLE

type Ask = Callable[[Mapping[str, str], bytes], Awaitable[web.Response]]
"""Has a database answer a request, given its headers, whose credential names the tables that are meant, and its body.

It fails with an aiohttp.ClientError where the database does not answer.
"""

IDLE_S = 15  # Jetty closes a connection that was idle for 30

# What is said anew for each of the two connections.
OWN_HEADERS = frozenset({"host", "connection", "content-length", "transfer-encoding", "expect"})


def passed_on(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers without those of one connection."""
    return {name: value for name, value in headers.items() if name.lower() not in OWN_HEADERS}


@asynccontextmanager
async def client_session() -> AsyncIterator[aiohttp.ClientSession]:
    """Give a session for any number of requests at once, none of which is given up."""
    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=IDLE_S)
    timeout = aiohttp.ClientTimeout(total=None)
    async with aiohttp.ClientSession(connector=connector, auto_decompress=False, timeout=timeout) as session:
        yield session


async def hand_on(
    session: aiohttp.ClientSession, url: str, method: str, headers: Mapping[str, str], body: bytes
) -> web.Response:
    """Return the answer as it came.

    Raises:
        aiohttp.ClientError: there is none.
    """
    async with session.request(method, url, headers=headers, data=body) as answer:
        return web.Response(status=answer.status, headers=passed_on(answer.headers), body=await answer.read())


def service_unavailable(message: str) -> web.Response:
    """Return the error by which DynamoDB says that it cannot be reached; its clients try again after it."""
    return web.json_response({"__type": UNAVAILABLE, "message": message}, status=HTTPStatus.SERVICE_UNAVAILABLE)
