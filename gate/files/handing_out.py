"""Answers a room: the front page, and the files of the shelf, whole or from where somebody was cut off.

Parts of a file are asked for as RFC 9110, section 14 describes; aiohttp's FileResponse answers so.
"""

import logging
from collections.abc import Callable
from http import HTTPStatus

from aiohttp import web

from gate.files.front_page import front_page
from gate.files.shelf import Shelf
from gate.network.answer import ALWAYS, refusal_answer
from gate.network.rates import Rates
from gate.room import Room
from gate.rules.refusal import Refused, not_here, wrong_method

LOG = logging.getLogger(__name__)
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
            answer = self._answer(request)
        except Refused as refused:
            return refusal_answer(refused, {}).response()
        await answer.prepare(request)
        if request.path.endswith(BUNDLE) and _reaches_the_end(answer) and request.method == "GET":
            self._told(f"{request.remote} has {request.path[1:]}")
        return answer

    def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.method not in {"GET", "HEAD"}:
            raise wrong_method()
        if request.path == "/":
            page = front_page(self._shelf, self._room, request.headers.get("Accept-Language", ""))
            return web.Response(body=page, headers=PAGE)
        if request.path not in self._shelf.files:
            raise not_here("Only what the first page names is handed out here.")
        return web.FileResponse(self._shelf.files[request.path], headers=FILE)


def _reaches_the_end(answer: web.StreamResponse) -> bool:
    """Whether the last byte was among those that were sent (RFC 9110, section 14.4: `bytes first-last/length`)."""
    _, _, of_file = answer.headers.get("Content-Range", "").partition(" ")
    last, _, length = of_file.partition("-")[2].partition("/")
    is_last_part = answer.status == HTTPStatus.PARTIAL_CONTENT and last.isdigit() and int(last) + 1 == int(length)
    return answer.status == HTTPStatus.OK or is_last_part
