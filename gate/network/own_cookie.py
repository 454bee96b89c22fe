"""The cookie in which a browser keeps the proofs of its own addresses."""

from http.cookies import SimpleCookie

from gate.room import Room
from gate.rules.letters import COOKIE, FOR_SECONDS


def cookie_header(room: Room, proofs: str) -> str:
    """`Set-Cookie`: no script reads it, no page of another origin has it sent."""
    cookies: SimpleCookie = SimpleCookie({COOKIE: proofs})
    attributes = {"path": "/", "max-age": FOR_SECONDS, "samesite": "Strict", "httponly": True}
    for name, value in {**attributes, "secure": not room.is_plain}.items():
        cookies[COOKIE][name] = value
    return cookies[COOKIE].OutputString()
