"""What the gate asks of the bar, whatever it was asked itself: the address, the method and the headers of each call."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from gate.bar import Bar
from gate.network.upstream import Upstream
from gate.rules.decision import decide
from gate.rules.passages import ApiCall, PageFile, PeopleCall
from gate.rules.people import CONTENT_TYPE
from gate.rules.refusal import Refused
from tests.support.rooms import BAR, COGNITO, ENDPOINT, ROOM, TOKEN, asked


@dataclass
class Asking:
    """Keeps what would have been asked."""

    asked: list[tuple[str, URL, Mapping[str, str], bytes | None]] = field(default_factory=list)

    @asynccontextmanager
    async def request(
        self, method: str, url: URL, *, headers: Mapping[str, str], data: bytes | None, allow_redirects: bool
    ) -> AsyncIterator["Answering"]:
        assert not allow_redirects
        self.asked.append((method, url, headers, data))
        yield Answering()


class Answering:
    status = 200
    content_length = 2
    headers: Mapping[str, str] = {"Set-Cookie": "a=b", "Content-Type": "application/json", "Location": "x"}

    async def read(self) -> bytes:
        return b"{}"


async def pass_on(way: Upstream, passage: object, bar: Bar = BAR) -> Any:
    match passage:
        case PageFile():
            return await way.page_file(bar, passage)
        case ApiCall():
            return await way.api(bar, passage)
        case PeopleCall():
            return await way.people(bar, passage)
    return None


def passed_on(method: str, target: str, body: bytes = b"", /, **headers: str) -> list[tuple[str, URL, Any, Any]]:
    session = Asking()
    way = Upstream(cast("aiohttp.ClientSession", session))
    asyncio.run(pass_on(way, decide(asked(method, target, body, **headers), BAR, ROOM)))
    return session.asked


def test_a_page_is_asked_of_its_bucket_without_any_parameter() -> None:
    assert passed_on("HEAD", "/order/?acl&versionId=1", X_Amz_Date="x", Range="bytes=0-1") == [
        ("GET", URL(f"{BAR.pages_url}/order/index.html"), {}, None)
    ]


def test_the_api_is_asked_with_the_token_and_nothing_else_of_the_phones() -> None:
    (call,) = passed_on(
        "GET", "/api/orders?eventId=A%2FB", Authorization=f"Bearer {TOKEN}", Cookie="x", X_Forwarded_For="x"
    )
    assert call == (
        "GET",
        URL(f"{BAR.api_url}/orders?eventId=A%2FB", encoded=True),
        {"Accept": "application/json", "Authorization": f"Bearer {TOKEN}"},
        None,
    )


def test_cognito_is_asked_with_what_was_recognised() -> None:
    body = b' {"Token":"x",  "ClientId":"the-bars-client"} '
    (call,) = passed_on("POST", "/people", body, X_Amz_Target=f"{COGNITO}RevokeToken", Content_Type=CONTENT_TYPE)
    assert call[:2] == ("POST", URL(f"{ENDPOINT}/"))
    assert call[2] == {"Content-Type": CONTENT_TYPE, "X-Amz-Target": f"{COGNITO}RevokeToken"}
    assert json.loads(call[3]) == {"Token": "x", "ClientId": BAR.client_id}


def test_what_the_bar_says_to_browsers_of_this_machine_is_left_behind() -> None:
    way = Upstream(cast("aiohttp.ClientSession", Asking()))
    answer = asyncio.run(pass_on(way, PageFile("order/index.html")))
    assert answer.headers == {"Content-Type": "application/json"}


PIECES = [
    "/",
    "//",
    ".",
    "..",
    "%2e",
    "%2f",
    "%5c",
    "\\",
    "?",
    "#",
    "@",
    ":",
    ";",
    "order",
    "api",
    "assets",
    "people",
    "index.html",
]
PIECES += [
    "the-pages",
    "_aws",
    "_localstack",
    "ses",
    "127.0.0.1:4566",
    "http:",
    "journeys",
    "config",
    "a-b_c",
    "X-Amz-Date=1",
    "&",
    "=",
]


@pytest.mark.parametrize("method", ["GET", "PUT", "POST"])
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=9))
def test_nothing_that_is_asked_leads_anywhere_else(method: str, pieces: list[str]) -> None:
    try:
        calls = passed_on(method, "/" + "".join(pieces), Authorization=f"Bearer {TOKEN}")
    except Refused:
        return
    for asked_by, url, _, _ in calls:
        is_page = str(url).startswith(f"{BAR.pages_url}/") and asked_by == "GET" and not url.query_string
        assert is_page or str(url).startswith(f"{BAR.api_url}/")
        assert url.raw_path == URL(str(url)).raw_path, "another reader takes it for another path"
        assert not {"", ".", ".."} & set(url.raw_path.split("/")[1:])
