"""Answers for all dynoxides, each account and region by its own; LocalStack takes it for DynamoDB Local."""

import json
import logging
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

from local_cloud.plugins.dynamodb.dynoxide.changes import CHANGES, Changes, asked_for
from local_cloud.plugins.dynamodb.dynoxide.database import Database
from local_cloud.plugins.dynamodb.dynoxide.dialect import answered, asked, refusal
from local_cloud.plugins.dynamodb.items_server.forwarding import passed_on, service_unavailable
from local_cloud.plugins.dynamodb.items_server.routing import API, CREDENTIAL, TARGET
from local_cloud.plugins.dynamodb.items_server.server import LARGEST
from local_cloud.plugins.gateway.browser_gate.programs_only import is_from_browser, is_of_this_machine

CONTENT_TYPE = "application/x-amz-json-1.0"
CHECKSUM = "x-amz-crc32"
NAMES_A_FILE = re.compile(r"[0-9A-Za-z]{1,64}")
UNSIGNED = {
    "__type": "com.amazon.coral.service#MissingAuthenticationTokenException",
    "message": "Request is missing Authentication Token",
}

LOG = logging.getLogger(__name__)


class Databases:
    """The databases by the access key that stands for an account and a region, made when they are asked first."""

    def __init__(self, make: Callable[[str], Database]) -> None:
        self._make = make
        self._made: dict[str, Database] = {}
        self.changes = Changes()

    async def answer(self, headers: Mapping[str, str], body: bytes) -> web.Response:
        """Return the answer to a request, which may be of LocalStack's or of an item's.

        Raises:
            aiohttp.ClientError: the database ended meanwhile, or cannot be started.
        """
        key = CREDENTIAL.search(headers.get("Authorization", ""))
        if key is None or not NAMES_A_FILE.fullmatch(key[1]):
            return web.json_response(UNSIGNED, status=400)
        target, database = headers.get(TARGET, ""), self._of(key[1])
        if told := refusal(target, body):
            return web.Response(status=400, body=told, content_type=CONTENT_TYPE)
        if target == f"{API}ListTables" and database.is_new:
            return web.Response(body=b'{"TableNames":[]}', content_type=CONTENT_TYPE)  # without a process for it
        try:
            return _translated(target, body, await database.ask(target, asked(target, body)))
        finally:
            self.changes.note(target, body)

    def _of(self, key: str) -> Database:
        if key not in self._made:
            self._made[key] = self._make(key)
        return self._made[key]

    def kill(self) -> None:
        """End all of them."""
        for database in self._made.values():
            database.kill()


def _translated(target: str, request: bytes, answer: web.Response) -> web.Response:
    told = answer.body if isinstance(answer.body, bytes) else b""
    body = answered(target, request, told)
    if body == told:
        return answer
    headers = {name: value for name, value in passed_on(answer.headers).items() if name.lower() != CHECKSUM}
    return web.Response(status=answer.status, headers=headers, body=body)


@asynccontextmanager
async def serving_localstack(port: int, databases: Databases) -> AsyncIterator[None]:
    """Serve at 127.0.0.1 until the block is left."""

    async def serve(request: web.Request) -> web.Response:
        return await _answered(request, databases)

    async def tell(request: web.Request) -> web.Response:
        if _is_of_a_page(request):
            return web.Response(status=403)
        return web.Response(text=await databases.changes.after(*asked_for(request.query)))

    application = web.Application(client_max_size=LARGEST)
    application.router.add_get(CHANGES, tell)
    application.router.add_route("*", "/{path:.*}", serve)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield
    await runner.cleanup()


async def _answered(request: web.Request, databases: Databases) -> web.Response:
    if _is_of_a_page(request):
        return web.Response(status=403)
    try:
        return await databases.answer(request.headers, await request.read())
    except json.JSONDecodeError:
        return web.json_response({"__type": "com.amazon.coral.service#SerializationException"}, status=400)
    except aiohttp.ClientError as error:
        LOG.exception("a request of LocalStack's was not answered")
        return service_unavailable(str(error))


def _is_of_a_page(request: web.Request) -> bool:
    """Whether it is a page's and not LocalStack's, which hands on what pages say that its gate has let in.

    No page can name an operation here: its browser would ask first whether it may, and is refused.
    """
    if not is_of_this_machine(request.headers):
        return True
    return TARGET not in request.headers and is_from_browser(request.headers)
