"""Who is there, in one line; strangers cannot make it long."""

import jwt
import pytest
from aiohttp import WSMessage, WSMsgType

from gate.guests import MOST_KNOWN, Guests
from gate.network.relay import is_ping
from gate.rules.refusal import not_here


def token(subject: object) -> str:
    return jwt.encode({"sub": subject}, "a key that nobody checks, as long as it has to be", "HS256")


def test_devices_and_people_are_counted_once() -> None:
    guests = Guests()
    for client in ("10.0.0.1", "10.0.0.2", "10.0.0.1"):
        guests.came(client)
    for held in (token("ana"), token("ana"), "no token", token(7)):
        guests.was_taken(held)
    guests.orders += 1
    guests.were_refused("10.0.0.3", not_here())
    assert guests.line() == "2 devices · 1 person signed in · 0 open sockets · 1 order · 1 refused"
    assert guests.last_refused[-1].startswith("10.0.0.3: ")


def test_strangers_cannot_fill_the_memory() -> None:
    guests = Guests()
    for number in range(MOST_KNOWN + 10):
        guests.came(str(number))
        guests.were_refused("10.0.0.3", not_here())
    assert len(guests.devices) == MOST_KNOWN
    assert len(guests.last_refused) <= 3


@pytest.mark.parametrize(
    ("kind", "data", "expected"),
    [
        (WSMsgType.TEXT, '{"action":"ping"}', True),
        (WSMsgType.TEXT, '{ "action": "ping" }', True),
        (WSMsgType.TEXT, '{"action":"ping","x":1}', False),
        (WSMsgType.TEXT, '{"action":"PING"}', False),
        (WSMsgType.TEXT, "[" * 900, False),
        (WSMsgType.TEXT, "", False),
        (WSMsgType.BINARY, b'{"action":"ping"}', False),
    ],
)
def test_a_page_says_ping_and_nothing_else(kind: WSMsgType, data: object, expected: bool) -> None:
    assert is_ping(WSMessage(kind, data, None)) is expected
