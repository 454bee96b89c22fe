"""Whoever dies wherever, and whatever the bus refuses: in the end everybody is told the same of the same order.

A process dies between any two of its calls: the write, waking the workflow, telling the bus, forgetting what was told.
"""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from chalicelib.events import MakeOrder
from chalicelib.orders import processing, service
from chalicelib.orders.model import OrderState, Reason
from chalicelib.orders.repair import SETTLED_MS, Mended, sweep
from chalicelib.orders.telling import or_later
from chalicelib.orders.workflow import Execution
from chalicelib.qr_codes.service import redeem
from tests.support.memory_bar import CODE, MemoryBar, open_bar
from tests.support.memory_orders import MemoryOrders
from tests.support.memory_stores import MemoryOutbox
from tests.support.orders import BARISTA_TOKEN, CUSTOMER_TOKEN, EVENT, NOW, ORDER
from tests.support.people import BARISTA, OWNER
from tests.support.recorders import RecordingBus, RecordingWorkflow

CREATED, SUBMITTED, IN_PRODUCTION = OrderState.CREATED, OrderState.SUBMITTED, OrderState.IN_PRODUCTION
MACHINE, RUN = "arn:machine", "arn:run"
THEN = NOW + 1
SETTLED = THEN + SETTLED_MS
LATE = SETTLED + SETTLED_MS  # the end of a sweep that died at `SETTLED` is settled as well

CALLS: list[tuple[type, str]] = [
    *((MemoryBar, "commit"), (MemoryOrders, "save"), (MemoryOutbox, "forget"), (RecordingBus, "tell")),
    *((RecordingWorkflow, "resume"), (RecordingWorkflow, "stop"), (RecordingWorkflow, "abort")),
]


class Killed(BaseException):
    """Nobody catches it, as nobody catches a process's end."""


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many calls the process still makes before it dies; as many as it likes where the list is empty."""
    left: list[int] = []
    for where, name in CALLS:
        monkeypatch.setattr(where, name, mortal(getattr(where, name), left))
    return left


def mortal(call: Callable[..., Any], left: list[int]) -> Callable[..., Any]:
    def dying(*args: Any, **named: Any) -> Any:
        if left == [0]:
            raise Killed
        left[:] = [calls - 1 for calls in left]
        return call(*args, **named)

    return dying


# The order at the beginning of each step: its state, and what is different about it; none where there is none yet.
ASKED_NOBODY = {"customer_token": None, "barista_token": None}
BEFORE: dict[str, tuple[OrderState, dict[str, Any]] | None] = {
    "redeem": None,
    "submit": (CREATED, {}),
    "make": (SUBMITTED, {}),
    "unmake": (IN_PRODUCTION, {}),
    "complete": (IN_PRODUCTION, {}),
    "cancel": (SUBMITTED, {}),
    "ask the customer": (CREATED, ASKED_NOBODY),
    "take a number": (SUBMITTED, {"order_number": None}),
    "ask the barista": (SUBMITTED, {"barista_token": None}),
    "finish": (OrderState.COMPLETED, {}),
    "the customer is too slow": (CREATED, {}),
    "the barista is too slow": (IN_PRODUCTION, {}),
    "the bar is full": (CREATED, {}),
    "the workflow dies": (SUBMITTED, {}),
    "the sweep": (SUBMITTED, {"execution_arn": "arn:dead"}),
}
# Each is given its token: a state of the workflow that is tried again has a new one.
STEPS: dict[str, Callable[[MemoryBar, str], object]] = {
    "redeem": lambda bar, _: redeem(bar, OWNER, EVENT, CODE, THEN, lambda: ORDER),
    "submit": lambda bar, _: service.submit(bar, OWNER, ORDER, "Espresso", [], THEN),
    "make": lambda bar, _: service.make(bar, BARISTA, ORDER, THEN),
    "unmake": lambda bar, _: service.unmake(bar, BARISTA, ORDER, THEN),
    "complete": lambda bar, _: service.complete(bar, BARISTA, ORDER, THEN),
    "cancel": lambda bar, _: service.cancel(bar, OWNER, ORDER, THEN),
    "ask the customer": lambda bar, token: processing.ask_customer(bar, ORDER, token, THEN),
    "take a number": lambda bar, _: processing.take_number(bar, ORDER, THEN),
    "ask the barista": lambda bar, token: processing.ask_barista(bar, ORDER, token, THEN),
    "finish": lambda bar, _: processing.finish(bar, ORDER, THEN),
    "the customer is too slow": lambda bar, _: processing.give_up(bar, ORDER, Reason.CUSTOMER_TIMED_OUT, THEN),
    "the barista is too slow": lambda bar, _: processing.give_up(bar, ORDER, Reason.BARISTA_TIMED_OUT, THEN),
    "the bar is full": lambda bar, _: processing.give_up(bar, ORDER, Reason.BAR_FULL, THEN),
    "the workflow dies": lambda bar, _: processing.execution_died(bar, ORDER, RUN, THEN),
    "the sweep": lambda bar, _: sweep(bar, MACHINE, SETTLED),
}
REFUSED_A_SECOND_TIME = {"redeem"}  # the customer has an order already: the one that was made


def bar_before(step: str) -> MemoryBar:
    bar = open_bar()
    before = BEFORE[step]
    if before:
        bar.with_order(before[0], **{"execution_arn": RUN, **before[1]})
        bar.workflow.executions[RUN] = Execution(RUN, is_running=True, order_id=ORDER)
    return bar


def outcome(bar: MemoryBar) -> tuple[OrderState, str | None, list[str]]:
    """Where the order is, and what was told of it; the same where order, kind and moment are the same."""
    order = bar.orders.get(ORDER)
    told = {(event.detail["orderId"], event.detail_type, event.detail["at"]) for event in bar.bus.told}
    return order.state, order.reason, sorted(detail_type for _, detail_type, _ in told)


def dies(bar: MemoryBar, step: str) -> bool:
    try:
        STEPS[step](bar, "token")
    except Killed:
        return True
    return False


@pytest.mark.parametrize("step", STEPS)
def test_whoever_dies_after_the_write_a_sweep_makes_the_same_of_it(left: list[int], step: str) -> None:
    undisturbed = bar_before(step)
    STEPS[step](undisturbed, "token")
    for calls in count(1):
        bar = bar_before(step)
        left[:] = [calls]
        died = dies(bar, step)
        left.clear()
        sweep(bar, MACHINE, LATE)
        assert outcome(bar) == outcome(undisturbed)
        assert bar.outbox.rows == {}
        if not died:
            break


@pytest.mark.parametrize("step", sorted(STEPS.keys() - REFUSED_A_SECOND_TIME))
def test_whoever_dies_a_second_try_and_a_sweep_make_the_same_of_it(left: list[int], step: str) -> None:
    undisturbed = bar_before(step)
    STEPS[step](undisturbed, "token")
    for calls in count():
        bar = bar_before(step)
        left[:] = [calls]
        died = dies(bar, step)
        left.clear()
        STEPS[step](bar, "second token")
        sweep(bar, MACHINE, LATE)
        assert outcome(bar) == outcome(undisturbed)
        assert bar.outbox.rows == {}
        if not died:
            break


@pytest.mark.parametrize("step", STEPS)
def test_what_the_bus_refuses_a_sweep_tells_when_it_has_settled_and_only_once(step: str) -> None:
    undisturbed, bar = bar_before(step), bar_before(step)
    for one, refusals in ((undisturbed, 0), (bar, 9)):
        one.bus.refusals = refusals
        with or_later():  # for the tasks that ask, which the workflow tries again
            STEPS[step](one, "token")
    bar.bus.refusals = 0
    unsettled = sweep(bar, MACHINE, SETTLED - 1)
    settled = sweep(bar, MACHINE, LATE)
    told = [ORDER] if undisturbed.bus.told else []
    assert (unsettled.told, unsettled.announced, settled.told + settled.announced) == ([], [], told)
    assert outcome(bar) == outcome(undisturbed)
    assert len(bar.bus.told) == len(undisturbed.bus.told)


@pytest.mark.parametrize(
    ("step", "woken"),
    [("submit", [CUSTOMER_TOKEN]), ("complete", [CUSTOMER_TOKEN, BARISTA_TOKEN]), ("cancel", [])],
)
def test_a_workflow_that_nobody_woke_is_woken_by_the_sweep_or_ended(
    left: list[int], step: str, woken: list[str]
) -> None:
    bar = bar_before(step)
    left[:] = [1]
    assert dies(bar, step)
    left.clear()
    mended = sweep(bar, MACHINE, SETTLED)
    assert bar.workflow.resumed == woken
    assert (mended.resumed, mended.stopped) == (([ORDER], []) if woken else ([], [RUN]))


def test_who_tells_late_takes_nothing_away_from_who_tells_after(left: list[int]) -> None:
    bar = bar_before("make")
    left[:] = [1]
    with pytest.raises(Killed):
        service.make(bar, BARISTA, ORDER, THEN)
    left.clear()
    service.unmake(bar, BARISTA, ORDER, THEN)
    assert [told.detail["baristaUserId"] for told in bar.bus.told] == [""]
    sweep(bar, MACHINE, SETTLED)
    put_back, claimed = bar.bus.told
    assert (claimed, put_back) == (MakeOrder(*bar.orders.get(ORDER).whom, BARISTA.user_id, 7), put_back)
    assert (claimed.at, put_back.at) == (THEN, THEN + 1), "in the order in which they happened, on any clock"


def test_on_a_healthy_bar_nothing_is_left_to_tell(bar: MemoryBar) -> None:
    redeem(bar, OWNER, EVENT, CODE, NOW, lambda: ORDER)
    processing.ask_customer(bar, ORDER, "token", THEN)
    service.submit(bar, OWNER, ORDER, "Espresso", [], THEN)
    processing.take_number(bar, ORDER, THEN)
    processing.ask_barista(bar, ORDER, "token", THEN)
    service.complete(bar, BARISTA, ORDER, THEN)
    processing.finish(bar, ORDER, THEN)
    assert bar.outbox.rows == {}
    assert len({event.at for event in bar.bus.told}) == len(bar.bus.told) == 6
    assert [event.at for event in bar.bus.told] == sorted(event.at for event in bar.bus.told if event.at)
    assert sweep(bar, MACHINE, SETTLED) == Mended()
