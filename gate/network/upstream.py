"""The calls to the bar, each made of recognised parts; nothing else of the gate's opens a connection to it."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import aiohttp
from yarl import URL

from gate.bar import Bar
from gate.network.answer import PASSED_ON, Answer
from gate.rules.passages import ApiCall, PageFile, PeopleCall, Socket
from gate.rules.people import CONTENT_TYPE, TARGET
from gate.rules.refusal import Refused

PATIENCE = aiohttp.ClientTimeout(total=35)  # longer than a Lambda function may take behind API Gateway (29 s)
AT_ONCE = 32
MOST_BYTES = 16 * 1024 * 1024  # no file of the pages is larger
MOST_MESSAGE_BYTES = 128 * 1024  # API Gateway's own limit for a message
_NEVER_REDIRECTED = {301, 302, 303, 305, 307, 308}


class Upstream:
    """The bar on this machine, as the gate asks it.

    Args:
        session: knows no cookies and no proxies.
    """

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self._places = asyncio.Semaphore(AT_ONCE)

    async def page_file(self, bar: Bar, asked: PageFile) -> Answer:
        """A file of the pages."""
        headers = {"If-None-Match": asked.etag} if asked.etag else {}
        return await self._ask("GET", f"{bar.pages_url}/{asked.key}", headers)

    async def configuration(self, bar: Bar) -> Mapping[str, Any]:
        """What the deployer wrote for pages on this machine.

        Raises:
            Refused: it wrote nothing that could be read.
        """
        answer = await self._ask("GET", f"{bar.pages_url}/config.json", {})
        if not answer.is_good:
            raise away()
        return read_json(answer.body)

    async def api(self, bar: Bar, call: ApiCall) -> Answer:
        """What the API answers."""
        headers = {"Accept": "application/json"}
        if call.token:
            headers["Authorization"] = f"Bearer {call.token}"
        if call.body:
            headers["Content-Type"] = "application/json"
        query = f"?{call.query}" if call.query else ""
        return await self._ask(call.method, f"{bar.api_url}{call.path}{query}", headers, call.body)

    async def people(self, bar: Bar, call: PeopleCall) -> Answer:
        """What Cognito answers."""
        headers = {"Content-Type": CONTENT_TYPE, "X-Amz-Target": TARGET + call.operation}
        return await self._ask("POST", f"{bar.endpoint}/", headers, json.dumps(call.body).encode())

    async def journey(self, bar: Bar, signed: str) -> Answer:
        """The page that a signed path opens."""
        return await self._ask("GET", bar.endpoint + signed, {})

    async def read(self, bar: Bar, path: str) -> Mapping[str, Any]:
        """What the local cloud itself tells of what it delivered; nothing where it has delivered nothing yet."""
        answer = await self._ask("GET", bar.endpoint + path, {})
        return read_json(answer.body) if answer.is_good else {}

    @asynccontextmanager
    async def socket(self, bar: Bar, asked: Socket) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
        """A connection to the bar's WebSocket.

        Raises:
            Refused: the bar does not want it.
        """
        query = urlencode({"token": asked.token, "eventId": asked.shop})
        url = URL(f"{bar.realtime_url}?{query}", encoded=True)
        try:
            socket = await self._session.ws_connect(url, max_msg_size=MOST_MESSAGE_BYTES, heartbeat=30)
        except aiohttp.WSServerHandshakeError as error:
            status = HTTPStatus(error.status) if error.status in {400, 401, 403, 404, 429} else HTTPStatus.BAD_GATEWAY
            raise Refused(status, "NotListening", "The bar does not let this connection in.") from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise away() from error
        async with socket:
            yield socket

    async def _ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        try:
            async with (
                self._places,
                self._session.request(
                    method,
                    URL(url, encoded=True),
                    headers=headers,
                    data=body or None,
                    allow_redirects=False,
                ) as answer,
            ):
                return await _read(answer)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise away() from error


async def _read(answer: aiohttp.ClientResponse) -> Answer:
    if answer.status in _NEVER_REDIRECTED or (answer.content_length or 0) > MOST_BYTES:
        raise Refused(HTTPStatus.BAD_GATEWAY, "NotHere", "The bar answered what the gate does not pass on.")
    headers = {name: answer.headers[name] for name in PASSED_ON if name in answer.headers}
    return Answer(answer.status, headers, await answer.read())


def read_json(body: bytes) -> dict[str, Any]:
    """The object in an answer of the bar's.

    Raises:
        Refused: there is none, so that the bar is not what it should be.
    """
    try:
        content = json.loads(body)
    except ValueError as error:
        raise away() from error
    if not isinstance(content, dict):
        raise away()
    return content


def away() -> Refused:
    """The bar does not answer."""
    return Refused(HTTPStatus.SERVICE_UNAVAILABLE, "Away", "The bar is not there at the moment; it will be back.")


@asynccontextmanager
async def upstream() -> AsyncIterator[Upstream]:
    """The way to the bar, as long as the gate is open."""
    async with aiohttp.ClientSession(
        timeout=PATIENCE,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        trust_env=False,
        skip_auto_headers=("User-Agent", "Accept-Encoding", "Content-Type"),
        connector=aiohttp.TCPConnector(limit=0),  # sockets are many; what is asked at once is bounded above
    ) as session:
        yield Upstream(session)
