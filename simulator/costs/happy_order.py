"""One happy order with everybody listening as the pages do: nobody polls, everybody waits to be told.

Barista and display listen all day, the customer from the scan to the cup. Counts what only the people can count: the
requests that they make and the messages that they hear.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx
from websockets.sync.client import ClientConnection, connect

from chalicelib.events import OrderFinished, OrderWaitsForBarista, WorkflowStarted
from simulator.bar_client import BarClient
from simulator.outputs import Outputs
from simulator.waiting import PATIENCE_S, TooSlow


@dataclass(frozen=True)
class People:
    """Everybody that an order takes, signed in."""

    customer: BarClient
    barista: BarClient
    display: BarClient


@dataclass
class Listener:
    """One open WebSocket."""

    socket: ClientConnection
    heard: int = 0
    _types: list[str] = field(default_factory=list)

    def wait_for(self, detail_type: str, order_id: str) -> None:
        """Listen until an order's event is told.

        Raises:
            TooSlow: it was not.
        """
        while True:
            message = self._next(detail_type)
            if message["type"] == detail_type and message["detail"].get("orderId") == order_id:
                return

    def hear_the_rest(self) -> None:
        """Take in what was told and not listened to."""
        while True:
            try:
                self.socket.recv(timeout=0)
            except TimeoutError:
                return
            self.heard += 1

    def _next(self, awaited: str) -> dict[str, Any]:
        try:
            message: dict[str, Any] = json.loads(self.socket.recv(timeout=PATIENCE_S))
        except TimeoutError as error:
            raise TooSlow(f"waited {PATIENCE_S} s to hear of {awaited}") from error
        self.heard += 1
        return message


@dataclass(frozen=True)
class Played:
    """What the people of an order counted."""

    order_id: str
    requests: int
    messages: int


@contextmanager
def listening(outputs: Outputs, person: BarClient, shop: str) -> Iterator[Listener]:
    """Listen to a shop."""
    query = urlencode({"token": person.token or "", "eventId": shop})
    with connect(f"{outputs.realtime_url}?{query}", open_timeout=PATIENCE_S, close_timeout=1) as socket:
        yield Listener(socket)


@dataclass(frozen=True)
class Staff:
    """Who listens all day."""

    barista: Listener
    display: Listener


@contextmanager
def staff(outputs: Outputs, people: People, shop: str) -> Iterator[Staff]:
    """Barista and display listen."""
    with (
        listening(outputs, people.barista, shop) as barista,
        listening(outputs, people.display, shop) as display,
    ):
        yield Staff(barista, display)


def play(outputs: Outputs, people: People, shop: str, code: str, staff: Staff, settle: Callable[[], None]) -> Played:
    """Play an order from the customer's coming to the going.

    Args:
        outputs: of the running bar.
        people: whose requests count.
        shop: its eventId.
        code: what the display shows.
        staff: who listens beside the customer.
        settle: waits until nothing happens any more.
    """
    with counted(people.customer.http, outputs.api_url) as requests:
        with listening(outputs, people.customer, shop) as customer:
            order_id = _live(people, shop, code, customer, staff.barista)
            settle()
            customer.hear_the_rest()
        settle()
    listeners = (customer, staff.barista, staff.display)
    for listener in listeners[1:]:
        listener.hear_the_rest()
    return Played(order_id, len(requests), sum(listener.heard for listener in listeners))


def _live(people: People, shop: str, code: str, customer: Listener, barista: Listener) -> str:
    order_id = people.customer.redeem(shop, code)
    customer.wait_for(WorkflowStarted.detail_type, order_id)
    people.customer.submit(order_id, "Flat White", "Oat")
    barista.wait_for(OrderWaitsForBarista.detail_type, order_id)
    people.barista.make(order_id)
    people.barista.complete(order_id)
    customer.wait_for(OrderFinished.detail_type, order_id)
    people.customer.order(order_id)
    return order_id


@contextmanager
def counted(http: httpx.Client, api_url: str) -> Iterator[list[str]]:
    """The requests to the API that are made meanwhile."""
    requests: list[str] = []

    def note(request: httpx.Request) -> None:
        if str(request.url).startswith(api_url):
            requests.append(request.method)

    hooks = http.event_hooks
    http.event_hooks = {**hooks, "request": [*hooks["request"], note]}
    try:
        yield requests
    finally:
        http.event_hooks = hooks
