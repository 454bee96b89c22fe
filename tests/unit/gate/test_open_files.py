"""Who lets a room in may have as many files open as that takes, whichever door it is."""

import asyncio
import resource
import socket
from pathlib import Path

import pytest

import gate.files.__main__ as files
from gate.files.shelf import Shelf
from gate.network.open_files import AT_LEAST, EACH_CONNECTION, allow_files_for
from gate.network.rates import Rates
from gate.room import Room

HARD = 100_000


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """What is asked for of a system that allows 256, as macOS does."""
    asked = list[tuple[int, int]]()
    monkeypatch.setattr(resource, "getrlimit", lambda _: (256, HARD))
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: asked.append(limits))
    return asked


@pytest.mark.parametrize("clients", [1, 200])
def test_they_are_enough_for_all_connections(allowed: list[tuple[int, int]], clients: int) -> None:
    rates = Rates(clients)
    allow_files_for(rates)
    needed = EACH_CONNECTION * rates.connections.together
    assert allowed == [(max(AT_LEAST, needed), HARD)]


def test_who_hands_out_files_has_them_too(allowed: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    closed = asyncio.Event()
    closed.set()
    monkeypatch.setattr(files, "told_to_close", lambda: closed)
    with socket.create_server(("127.0.0.1", 0)) as free:
        room = Room("127.0.0.1", free.getsockname()[1], is_plain=True)
    asyncio.run(files.hand_out(Shelf((), {"/": Path()}), room))
    assert allowed == [(AT_LEAST, HARD)]
