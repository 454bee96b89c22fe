"""A phone that has gone before all was said is no news: phones do that all the time."""

import asyncio
from typing import cast

import pytest
from aiohttp import ClientConnectionResetError, web

from gate.network.answer import Answer
from gate.network.receiving import received, sent
from gate.rules.refusal import Refused
from tests.support.rooms import ROOM


class Gone:
    """An answer for which nobody is there any more."""

    is_last = False

    def response(self) -> "Gone":
        return self

    async def prepare(self, _: web.BaseRequest) -> None:
        raise ClientConnectionResetError

    def force_close(self) -> None:
        self.is_last = True


class HalfSaid:
    """A request whose sender has gone in the middle of its body."""

    method = "POST"
    raw_path = "/people"
    raw_headers = ((b"Host", ROOM.authority.encode()), (b"Content-Length", b"9"))

    async def read(self) -> bytes:
        raise ConnectionResetError


def test_what_was_said_by_half_is_refused() -> None:
    with pytest.raises(Refused, match="whole"):
        asyncio.run(received(cast("web.BaseRequest", HalfSaid()), ROOM))


@pytest.mark.parametrize("is_last", [True, False])
def test_who_has_gone_by_themselves_is_hung_up_on(is_last: bool) -> None:
    gone = Gone()
    asyncio.run(sent(cast("web.BaseRequest", None), cast("Answer", gone), is_last=is_last))
    assert gone.is_last
