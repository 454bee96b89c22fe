"""Serves DynamoDB on loopback, each request by the database or by LocalStack; runs in the database's process."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from aiohttp import web
from aiohttp.typedefs import Handler
from localstack.aws.accounts import get_account_id_from_access_key_id

from local_cloud.plugins.dynamodb.items_server.forwarding import (
    Ask,
    client_session,
    hand_on,
    passed_on,
    service_unavailable,
)
from local_cloud.plugins.dynamodb.items_server.routing import (
    DETOUR,
    UNKNOWN_TABLE,
    in_namespace,
    needs_localstack,
    normalised,
)
from local_cloud.plugins.gateway.browser_gate.programs_only import is_from_browser

LARGEST = 20 * 1024 * 1024  # bytes; DynamoDB takes 16 MB

LOG = logging.getLogger(__name__)


@dataclass
class ItemsServer:
    """Hands each request on.

    Attributes:
        session: what it asks LocalStack with.
        ask_database: how it asks the database.
        gateway: LocalStack's address.
        detour: whether all go through LocalStack.
    """

    session: aiohttp.ClientSession
    ask_database: Ask
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
        """Answer as DynamoDB does; clients try again after a 503."""
        try:
            return await self._serve(request)
        except aiohttp.ClientError as error:
            LOG.exception("a request for DynamoDB was not answered")
            return service_unavailable(str(error))

    async def _serve(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = passed_on(request.headers)
        if not self.detour and not needs_localstack(request.headers, body):
            renamed = in_namespace(request.headers["Authorization"], get_account_id_from_access_key_id)
            answer = await self.ask_database({**headers, "Authorization": renamed}, normalised(request.headers, body))
            if answer.status == 200 or UNKNOWN_TABLE not in _content(answer):
                return answer
        return await hand_on(self.session, self.gateway + request.path_qs, request.method, headers, body)


def _content(answer: web.Response) -> bytes:
    return answer.body if isinstance(answer.body, bytes) else b""


@asynccontextmanager
async def serving(port: int, ask_database: Ask, gateway: str, *, detour: bool) -> AsyncIterator[None]:
    """Serve at 127.0.0.1 until the block is left."""
    async with client_session() as session:
        runner = web.AppRunner(_application(ItemsServer(session, ask_database, gateway, detour)), access_log=None)
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
