"""The bar's HTTP API for robots, without a network: the real routes on a bar in memory, and faults on demand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import cast

import httpx

from chalicelib.identity.model import ADMIN_GROUP, Caller
from chalicelib.orders import processing
from chalicelib.orders.model import OrderState, Reason
from simulator.bar_client import BarClient
from simulator.entrance import Entrance, new_address
from simulator.mailbox import Mailbox
from simulator.outputs import Outputs
from simulator.sign_in import Cognito
from tests.support.api import Api
from tests.support.memory_bar import MemoryBar
from tests.support.orders import NOW

URL = "http://bar.example"
OUTPUTS = Outputs(URL, "us-east-1", URL, "pool", "client", "bus", "machine", "ws://127.0.0.1:9", {})


@dataclass(frozen=True)
class Fault:
    """What happens to one request instead of its answer.

    Attributes:
        request: how the request begins, such as `POST /qr-code` or `PUT make` for an action.
        answer: the answer that comes, or the error of a lost connection.
        heard: whether the bar does what was asked all the same.
    """

    request: str
    answer: httpx.Response | httpx.TransportError
    heard: bool = False


def refusal(status: int, code: str) -> httpx.Response:
    """A refusal as the API words it."""
    return httpx.Response(status, json={"Code": code, "Message": "for the test"})


@dataclass
class MemoryCounter:
    """Answers requests, and does at once what the workflow would do.

    Attributes:
        bar: what is behind the counter.
        api: its routes.
        faults: each happens once, to the first request that it is for.
        requests: what was asked, oldest first.
        afterwards: told of each request that the bar has done.
        numbers_take: how many requests pass before the workflow gives any numbers.
    """

    bar: MemoryBar
    api: Api
    faults: list[Fault] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    afterwards: Callable[[str], None] = lambda _: None
    numbers_take: int = 0
    one_at_a_time: Lock = field(default_factory=Lock)

    def answer(self, request: httpx.Request) -> httpx.Response:
        """One request's answer."""
        with self.one_at_a_time:
            asked = f"{request.method} {request.url.params.get('action') or request.url.path}"
            self.requests.append(asked)
            fault = next((fault for fault in self.faults if asked.startswith(fault.request)), None)
            if fault is None:
                return self._do(request, asked)
            self.faults.remove(fault)
            if fault.heard:
                self._do(request, asked)
            if isinstance(fault.answer, httpx.TransportError):
                raise fault.answer
            return fault.answer

    def _do(self, request: httpx.Request, asked: str) -> httpx.Response:
        line = f"{request.method} {request.url.raw_path.decode()}"
        answered = self.api.call(line, _who(request), body=request.content or None)
        self._move_on()
        self.afterwards(asked)
        if asked.startswith("GET /orders/"):
            self._give_up_the_forgotten(asked.removeprefix("GET /orders/"))
        return httpx.Response(answered.status_code, json=answered.json_body)

    def _move_on(self) -> None:
        """The workflow asks for the drink, gives numbers, asks for a barista."""
        for order_id in list(self.bar.orders.rows):
            order = self.bar.orders.get(order_id)
            if order.state is OrderState.CREATED and order.customer_token is None:
                processing.ask_customer(self.bar, order_id, f"customer-token-{order_id}", NOW)
            numbered = len(self.requests) >= self.numbers_take
            if order.state is OrderState.SUBMITTED and order.barista_token is None and numbered:
                processing.take_number(self.bar, order_id, NOW)
                processing.ask_barista(self.bar, order_id, f"barista-token-{order_id}", NOW)

    def _give_up_the_forgotten(self, order_id: str) -> None:
        """Robots look at an order without a drink only when they take stock: by then its time is over."""
        if self.bar.orders.get(order_id).state is OrderState.CREATED:
            processing.give_up(self.bar, order_id, Reason.CUSTOMER_TIMED_OUT, NOW)


def _who(request: httpx.Request) -> Caller:
    name = request.headers.get("authorization", "").removeprefix("Bearer ")
    return Caller(name, frozenset({ADMIN_GROUP}) if name.startswith("barista") else frozenset())


@dataclass(frozen=True)
class OpenDoor(Entrance):
    """Lets people in by their names, without Cognito."""

    def enter(self, address: str) -> BarClient:
        """Somebody of that name."""
        return BarClient(self.http, URL, address)

    def enter_as_new_customer(self) -> BarClient:
        """Somebody of a name that nobody had."""
        return self.enter(new_address())


def open_door(counter: MemoryCounter) -> OpenDoor:
    """The way to the counter."""
    http = httpx.Client(transport=httpx.MockTransport(counter.answer))
    return OpenDoor(http, OUTPUTS, cast("Cognito", None), Mailbox(http, URL))
