"""Where checks play their scenes: visits to shops of their own, each order handed to the learner's workflow by itself.

Nothing here rests on the bus's rules, which the learner may not have built yet: the workflow is started with the event
that the bus would have sent.
"""

import json
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event
from typing import TYPE_CHECKING, Any

from tenacity import RetryError, Retrying, retry_if_result, stop_after_delay, stop_when_event_set, wait_fixed

from chalicelib.bar import Bar
from chalicelib.clock import now_ms
from chalicelib.errors import Refusal
from chalicelib.events import SOURCE, NewOrder
from chalicelib.identity.model import ADMIN_GROUP, Caller
from chalicelib.orders import service
from chalicelib.orders.model import Order
from chalicelib.shop.model import Shop
from simulator.own_shop import MENU
from simulator.probe.lost_orders import LostOrders
from workshop.checks.executions import Course, course_of

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient

PATIENCE_S = 8  # without anything happening
LONGEST_S = 60
_LOOK_EVERY_S = 0.1
_BARISTA = Caller("workshop-barista", frozenset({ADMIN_GROUP}))


@dataclass(frozen=True)
class Seen:
    """What became of an order and of its execution."""

    order: Order
    course: Course
    places: frozenset[str]


@dataclass(frozen=True)
class Stage:
    """The running bar's tables and the state machine that is tried.

    Attributes:
        curtain: set when nobody wants to see any more: scenes that still wait end at once.
    """

    orders: LostOrders
    stepfunctions: "SFNClient"
    machine: str
    curtain: Event = field(default_factory=Event)
    visits: "list[Visit]" = field(default_factory=list)
    executions: list[str] = field(default_factory=list)

    @property
    def bar(self) -> Bar:
        """The bar, in this process, with a bus that loses everything."""
        return self.orders.bar

    def shop(self, **settings: Any) -> str:
        """Open a shop that is nobody else's; gives its eventId."""
        event_id = f"check-{secrets.token_hex(6)}"
        self.bar.shops.create(Shop(**{"event_id": event_id, "store_open": True, "menu": MENU, **settings}))
        return event_id

    def visit(self, shop: str) -> "Visit":
        """A new customer comes and scans; the workflow has not heard of it."""
        customer = Caller(f"workshop-{secrets.token_hex(6)}")
        visit = Visit(self, shop, customer, self.orders.redeem_long_ago(shop, customer.user_id, 0))
        self.visits.append(visit)
        return visit

    def runs(self, execution: str) -> bool:
        """Whether it has not ended."""
        return self.stepfunctions.describe_execution(executionArn=execution)["status"] == "RUNNING"

    def rests(self, execution: str) -> bool:
        """Whether it has ended, or nothing happened in it for as long as somebody is patient."""
        if not self.runs(execution):
            return True
        # The whole of it: not every emulator gives the newest event first where it is asked to.
        history = self.stepfunctions.get_execution_history(executionArn=execution, maxResults=1000)
        newest = max((event["timestamp"] for event in history["events"]), default=datetime.now(UTC))
        return (datetime.now(UTC) - newest).total_seconds() > PATIENCE_S

    def clear(self) -> None:
        """End what is left of the visits, lest the bar looks after their orders for half an hour."""
        self.curtain.set()
        for visit in self.visits:
            visit.cancel()
        for execution in filter(self.runs, self.executions):
            self.stepfunctions.stop_execution(executionArn=execution)

    def wait[T](self, look: Callable[[], T], within_s: float = PATIENCE_S) -> T:
        """What there is to see once it is there, or its absence after that many seconds."""
        looking = Retrying(
            retry=retry_if_result(lambda seen: not seen),
            wait=wait_fixed(_LOOK_EVERY_S),
            stop=stop_after_delay(within_s) | stop_when_event_set(self.curtain),
        )
        try:
            return looking(look)
        except RetryError as error:
            seen: T = error.last_attempt.result()
            return seen


@dataclass(frozen=True)
class Visit:
    """One customer's order."""

    stage: Stage
    shop: str
    customer: Caller
    order_id: str

    @property
    def event(self) -> Mapping[str, Any]:
        """What the bus sends of it."""
        detail = NewOrder(self.shop, self.order_id, self.customer.user_id, {}).detail
        return {"version": "0", "detail-type": NewOrder.detail_type, "source": SOURCE, "detail": detail}

    def start(self) -> str:
        """Start the workflow with the order's event; gives the execution's ARN."""
        answer = self.stage.stepfunctions.start_execution(
            stateMachineArn=self.stage.machine, input=json.dumps(self.event)
        )
        self.stage.executions.append(answer["executionArn"])
        return answer["executionArn"]

    def row(self) -> Order:
        """The order as it is now."""
        return self.stage.bar.orders.get(self.order_id)

    def ended(self, execution: str) -> Seen:
        """What is to be seen when the execution has ended, or nothing happens in it any more."""
        self.stage.wait(lambda: self.stage.rests(execution), LONGEST_S)
        return self.seen(execution)

    def at_rest(self, execution: str, waiting: Callable[[Order], object]) -> Seen:
        """What is to be seen when the execution has ended, waits as the order's row tells, or is stuck."""
        self.stage.wait(lambda: waiting(self.row()) or self.stage.rests(execution), LONGEST_S)
        return self.seen(execution)

    def seen(self, execution: str) -> Seen:
        """What is to be seen now."""
        course = course_of(self.stage.stepfunctions, execution)
        return Seen(self.row(), course, self.stage.bar.shops.places(self.shop))

    def submit(self) -> None:
        """The customer chooses; does nothing where the bar is not ready for it."""
        with suppress(Refusal):
            service.submit(self.stage.bar, self.customer, self.order_id, MENU[0].drink, (), now_ms())

    def complete(self) -> None:
        """A barista makes the drink; does nothing where there is none to make."""
        with suppress(Refusal):
            service.complete(self.stage.bar, _BARISTA, self.order_id, now_ms())

    def cancel(self) -> None:
        """The customer calls the order off; does nothing where it is over."""
        with suppress(Refusal):
            service.cancel(self.stage.bar, _BARISTA, self.order_id, now_ms())
