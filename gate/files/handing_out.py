"""Answers a room: the front page, and the files of the shelf, whole or from where somebody was cut off.

Parts of a file are asked for as RFC 9110, section 14 describes; aiohttp's FileResponse answers so.
"""

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter

from gate.files.front_page import front_page
from gate.files.shelf import Shelf
from gate.network.answer import ALWAYS, refusal_answer
from gate.network.rates import Rates
from gate.room import Room
from gate.rules.refusal import Refused, not_here, wrong_method

PAGE = {
    **ALWAYS,
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Cache-Control": "no-cache",
}
FILE = {**ALWAYS, "Cache-Control": "no-cache"}
BUNDLE = ".pyz"


class HandingOut:
    """Hands out a shelf to one room.

    Args:
        told: hears a sentence for each bundle that somebody has to its end.
    """

    def __init__(self, shelf: Shelf, room: Room, rates: Rates, told: Callable[[str], None]) -> None:
        self._shelf = shelf
        self._room = room
        self._rates = rates
        self._told = told

    async def serve(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request, whatever it is."""
        try:
            self._rates.count("any", request.remote or "")
            return self._answer(request)
        except Refused as refused:
            return refusal_answer(refused, {}).response()

    def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.method not in {"GET", "HEAD"}:
            raise wrong_method()
        if request.path == "/":
            page = front_page(self._shelf, self._room, request.headers.get("Accept-Language", ""))
            return web.Response(body=page, headers=PAGE)
        if request.path not in self._shelf.files:
            raise not_here("Only what the first page names is handed out here.")
        told = self._told if request.path.endswith(BUNDLE) else lambda _: None
        return ToldFile(self._shelf.files[request.path], told)


class ToldFile(web.FileResponse):
    """A file, or a part of it; who asked for it is told of when its last byte has been sent."""

    def __init__(self, file: Path, told: Callable[[str], None]) -> None:
        super().__init__(file, headers=FILE)
        self._file_name = file.name
        self._tell = told

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter | None:
        """Send it."""
        writer = await super().prepare(request)
        if request.method == "GET" and _reaches_the_end(self):
            self._tell(f"{request.remote} has {self._file_name}")
        return writer


def _reaches_the_end(answer: web.StreamResponse) -> bool:
    """Whether the last byte was among those that were sent (RFC 9110, section 14.4: `bytes first-last/length`)."""
    _, _, of_file = answer.headers.get("Content-Range", "").partition(" ")
    last, _, length = of_file.partition("-")[2].partition("/")
    is_last_part = answer.status == HTTPStatus.PARTIAL_CONTENT and last.isdigit() and int(last) + 1 == int(length)
    return answer.status == HTTPStatus.OK or is_last_part
