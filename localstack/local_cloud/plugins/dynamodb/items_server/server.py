"""Serves DynamoDB on loopback, each request by DynamoDB Local or by LocalStack; runs in DynamoDB Local's process."""

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from aiohttp import web
from aiohttp.typedefs import Handler
from localstack.aws.accounts import get_account_id_from_access_key_id

from local_cloud.plugins.dynamodb.items_server.routing import (
    DETOUR,
    UNKNOWN_TABLE,
    in_namespace,
    needs_localstack,
    normalised,
)
from local_cloud.plugins.gateway.browser_gate.programs_only import is_from_browser

LARGEST = 20 * 1024 * 1024  # bytes; DynamoDB takes 16 MB
IDLE_S = 15  # Jetty closes a connection that was idle for 30

# What is said anew for each of the two connections.
OWN_HEADERS = frozenset({"host", "connection", "content-length", "transfer-encoding", "expect"})

LOG = logging.getLogger(__name__)


@dataclass
class ItemsServer:
    """Hands each request on.

    Attributes:
        session: what it asks with.
        database: DynamoDB Local's address.
        gateway: LocalStack's address.
        detour: whether all go through LocalStack.
    """

    session: aiohttp.ClientSession
    database: str
    gateway: str
    detour: bool = False

    async def take_detour(self, _: web.Request) -> web.Response:
        """From now on all requests go through LocalStack."""
        self.detour = True
        return web.Response(status=204)

    async def end_detour(self, _: web.Request) -> web.Response:
        """From now on they go the short way."""
        self.detour = False
        return web.Response(status=204)

    async def serve(self, request: web.Request) -> web.Response:
        """Answer as DynamoDB does; clients try again after a 500."""
        try:
            return await self._serve(request)
        except aiohttp.ClientError as error:
            LOG.exception("a request for DynamoDB was not answered")
            return web.json_response({"__type": "InternalServerError", "message": str(error)}, status=500)

    async def _serve(self, request: web.Request) -> web.Response:
        body = await request.read()
        if not self.detour and not needs_localstack(request.headers, body):
            renamed = in_namespace(request.headers["Authorization"], get_account_id_from_access_key_id)
            headers = {**_passed_on(request.headers), "Authorization": renamed}
            answer = await self._ask(f"{self.database}/", "POST", headers, normalised(headers, body))
            if answer.status == 200 or UNKNOWN_TABLE not in _content(answer):
                return answer
        return await self._ask(self.gateway + request.path_qs, request.method, _passed_on(request.headers), body)

    async def _ask(self, url: str, method: str, headers: Mapping[str, str], body: bytes) -> web.Response:
        async with self.session.request(method, url, headers=headers, data=body) as answer:
            return web.Response(status=answer.status, headers=_passed_on(answer.headers), body=await answer.read())


def _passed_on(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in OWN_HEADERS}


def _content(answer: web.Response) -> bytes:
    return answer.body if isinstance(answer.body, bytes) else b""


@asynccontextmanager
async def serving(port: int, database: str, gateway: str, *, detour: bool) -> AsyncIterator[None]:
    """Serve at 127.0.0.1 until the block is left."""
    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=IDLE_S)
    async with aiohttp.ClientSession(
        connector=connector, auto_decompress=False, timeout=aiohttp.ClientTimeout(total=None)
    ) as session:
        runner = web.AppRunner(_application(ItemsServer(session, database, gateway, detour)), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield
        await runner.cleanup()


@web.middleware
async def _for_programs_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A page's request would lose its `Host`, and be LocalStack's own to LocalStack's gate."""
    return web.Response(status=403) if is_from_browser(request.headers) else await handler(request)


def _application(server: ItemsServer) -> web.Application:
    application = web.Application(client_max_size=LARGEST, middlewares=[_for_programs_only])
    application.router.add_put(DETOUR, server.take_detour)
    application.router.add_delete(DETOUR, server.end_detour)
    application.router.add_route("*", "/{path:.*}", server.serve)
    return application
