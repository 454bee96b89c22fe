"""What somebody in the room is answered: a status, the few headers that a page needs, and a body."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from aiohttp import web

from gate.network.refusal_page import refusal_page
from gate.rules.refusal import Refused

# Of what the bar answers; whatever else it says of itself stays behind the gate.
PASSED_ON = ("Content-Type", "Content-Encoding", "Cache-Control", "ETag", "Last-Modified", "Retry-After")
TRY_LATER = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
ALWAYS = {
    "Server": "gate",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True)
class Answer:
    """An answer; a cookie is a name and a value that no script can read."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def is_good(self) -> bool:
        """Whether what was asked for was done."""
        return 200 <= self.status < 300

    def response(self) -> web.Response:
        """The same for the server."""
        return web.Response(status=self.status, headers={**ALWAYS, **self.headers}, body=self.body)


def json_answer(content: object, status: int = HTTPStatus.OK, **headers: str) -> Answer:
    """An answer of the gate's own."""
    told = {"Content-Type": "application/json", "Cache-Control": "no-store", **headers}
    return Answer(status, told, json.dumps(content).encode())


def refusal_answer(refused: Refused, headers: Mapping[str, str]) -> Answer:
    """How a refusal is told: to programs as the API tells its own, to people who open an address as a page.

    Args:
        headers: the request's.
    """
    later = {"Retry-After": "5"} if refused.status in TRY_LATER else {}
    if not headers.get("Accept", "").startswith("text/html"):
        return json_answer({"Code": refused.code, "Message": str(refused)}, refused.status, **later)
    told = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", **later}
    return Answer(refused.status, told, refusal_page(refused.code, headers.get("Accept-Language", "")))
