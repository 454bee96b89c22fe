"""People who listen: WebSocket connections of one person or of many, and what was heard on them."""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from websockets.asyncio import client as many
from websockets.sync.client import ClientConnection, connect

from simulator.probe.eventually import DEADLINE_S

type Message = Mapping[str, Any]
AT_ONCE = 25  # handshakes


@dataclass(frozen=True)
class Ear:
    """One open connection."""

    socket: ClientConnection
    heard: list[Message] = field(default_factory=list)

    def wait_for(self, kind: str, **detail: Any) -> Message:
        """The first message of that type with these details."""
        for message in self.heard:
            if fits(message, kind, detail):
                return message
        while not fits(message := self._next(), kind, detail):
            continue
        return message

    def types_about(self, order_id: str) -> list[str]:
        """The types of what was heard so far about an order, as it happened."""
        about = [message for message in self.heard if message["detail"].get("orderId") == order_id]
        return [message["type"] for message in sorted(about, key=lambda message: int(message["detail"]["at"]))]

    def say(self, text: str) -> None:
        """Say something; the answer is among what is heard then, not always the next: news keep no distance."""
        self.socket.send(text)

    def _next(self) -> Message:
        message: Message = json.loads(self.socket.recv(timeout=DEADLINE_S))
        self.heard.append(message)
        return message


def fits(message: Message, kind: str, detail: Mapping[str, Any]) -> bool:
    """Whether it is such a message."""
    return bool(message["type"] == kind and detail.items() <= message["detail"].items())


@dataclass(frozen=True)
class Ears:
    """Where one listens to a bar."""

    realtime_url: str

    def url(self, token: str, shop: str) -> str:
        """What to connect to."""
        return f"{self.realtime_url}?{urlencode({'token': token, 'eventId': shop})}"

    @contextmanager
    def open(self, token: str, shop: str) -> Iterator[Ear]:
        """Listen to a shop."""
        with connect(self.url(token, shop), open_timeout=DEADLINE_S, close_timeout=1) as socket:
            yield Ear(socket)


class Crowd:
    """Many connections at the same time, in an event loop of the caller's."""

    def __init__(self, urls: Sequence[str]) -> None:
        self._urls = urls
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._all = AsyncExitStack()
        self.sockets: list[many.ClientConnection] = []

    async def __aenter__(self) -> "Crowd":
        self.sockets = await asyncio.gather(*(self._open(url) for url in self._urls))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._all.aclose()

    async def all_hear(self, kind: str, **detail: Any) -> list[list[Message]]:
        """What each heard until the first such message, that included."""
        async with asyncio.timeout(DEADLINE_S):
            return await asyncio.gather(*(_until(socket, kind, detail) for socket in self.sockets))

    async def _open(self, url: str) -> many.ClientConnection:
        async with self._gate:
            return await self._all.enter_async_context(many.connect(url, open_timeout=DEADLINE_S, close_timeout=1))


async def _until(socket: many.ClientConnection, kind: str, detail: Mapping[str, Any]) -> list[Message]:
    heard: list[Message] = []
    async for text in socket:
        heard.append(json.loads(text))
        if fits(heard[-1], kind, detail):
            break
    return heard
