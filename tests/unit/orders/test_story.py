"""An order's story in the log: one filter finds when it began, each change of its state, and what failed on the way."""

import json
from io import StringIO
from typing import Any

import pytest
from chalice.local import LambdaContext

from chalicelib.orders import handlers, processing, service
from chalicelib.orders.model import OrderState, Reason
from chalicelib.orders.workflow import OrderEnded
from chalicelib.qr_codes.service import redeem
from tests.support.memory_bar import CODE, MemoryBar
from tests.support.orders import EVENT, NOW, ORDER
from tests.support.people import BARISTA, OWNER

CONTEXT = LambdaContext("task", memory_size=128)


def story(log: StringIO) -> list[dict[str, Any]]:
    """The lines about the order."""
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    return [line for line in lines if line.get("orderId") == ORDER]


def live(bar: MemoryBar) -> None:
    """An order's whole life, and a repetition."""
    redeem(bar, OWNER, EVENT, CODE, NOW, lambda: ORDER)
    processing.ask_customer(bar, ORDER, "the-customers-token", NOW)
    service.submit(bar, OWNER, ORDER, "Espresso", [], NOW)
    processing.take_number(bar, ORDER, NOW)
    processing.ask_barista(bar, ORDER, "the-baristas-token", NOW)
    service.make(bar, BARISTA, ORDER, NOW)
    service.make(bar, BARISTA, ORDER, NOW)
    service.complete(bar, BARISTA, ORDER, NOW)
    processing.finish(bar, ORDER, NOW)


def test_there_is_a_line_when_it_began_and_one_for_each_change_of_its_state(bar: MemoryBar, log: StringIO) -> None:
    live(bar)
    lines = story(log)
    assert [line["message"] for line in lines] == ["order began", *["order changed"] * 3]
    assert [line["stateAfter"] for line in lines] == ["CREATED", "SUBMITTED", "IN_PRODUCTION", "COMPLETED"]
    assert [line.get("stateBefore") for line in lines] == [None, "CREATED", "SUBMITTED", "IN_PRODUCTION"]
    assert [line.get("orderNumber") for line in lines] == [None, None, 1, 1]
    assert {(line["level"], line["eventId"]) for line in lines} == {("INFO", EVENT)}


def test_an_order_that_ended_without_a_drink_says_why(bar: MemoryBar, log: StringIO) -> None:
    bar.with_order(OrderState.CREATED)
    processing.give_up(bar, ORDER, Reason.BAR_FULL, NOW)
    (line,) = story(log)
    assert (line["stateAfter"], line["reason"]) == ("CANCELLED", "Bar full")


def test_q31_the_story_names_nobody_and_has_no_token_and_no_code(bar: MemoryBar, log: StringIO) -> None:
    live(bar)
    told = log.getvalue()
    assert [secret for secret in ("-token", CODE, OWNER.user_id, BARISTA.user_id) if secret in told] == []


TASKS: dict[str, dict[str, str]] = {
    "ask_customer": {"taskToken": "secret"},
    "take_number": {},
    "ask_barista": {"taskToken": "secret"},
    "finish_order": {},
    "give_up_order": {"reason": Reason.BROKEN.value},
}


@pytest.mark.parametrize("task", TASKS)
def test_a_task_that_breaks_says_so_in_one_line_about_its_order_and_still_fails(
    bar: MemoryBar, log: StringIO, monkeypatch: pytest.MonkeyPatch, task: str
) -> None:
    def on_fire() -> None:
        raise RuntimeError("the table is on fire")

    bar.with_order(OrderState.SUBMITTED)
    bar.orders.meanwhile.append(on_fire)
    monkeypatch.setattr(handlers, "bar", lambda: bar)
    with pytest.raises(RuntimeError, match="on fire"):
        getattr(handlers, task)({"orderId": ORDER, **TASKS[task]}, CONTEXT)
    (line,) = story(log)
    assert (line["level"], line["message"], line["exception_name"]) == ("ERROR", "failed", "RuntimeError")
    assert line["function_name"] == "task"
    assert "secret" not in log.getvalue()


def test_a_task_that_went_well_says_so_in_one_line_about_its_order(
    bar: MemoryBar, log: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar.with_order(OrderState.SUBMITTED)
    monkeypatch.setattr(handlers, "bar", lambda: bar)
    handlers.take_number({"orderId": ORDER}, CONTEXT)
    assert (story(log)[-1]["level"], story(log)[-1]["message"]) == ("INFO", "done")


def test_a_task_that_breaks_after_it_has_read_its_order_says_which_shop_it_is_about(
    bar: MemoryBar, log: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar.with_order(OrderState.SUBMITTED, drink_order=None, barista_token=None)
    monkeypatch.setattr(handlers, "bar", lambda: bar)
    with pytest.raises(ValueError, match="without a number or a drink"):
        handlers.ask_barista({"orderId": ORDER, "taskToken": "token"}, CONTEXT)
    (line,) = story(log)
    assert (line["level"], line["eventId"]) == ("ERROR", EVENT)


def test_q3_an_order_that_was_called_off_is_no_fault_of_the_task_that_comes_too_late(
    bar: MemoryBar, log: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar.with_order(OrderState.CANCELLED)
    monkeypatch.setattr(handlers, "bar", lambda: bar)
    with pytest.raises(OrderEnded, match=Reason.CANCELLED_BY_CUSTOMER):
        handlers.ask_customer({"orderId": ORDER, "taskToken": "token"}, CONTEXT)
    (line,) = story(log)
    assert (line["level"], line["message"], line["code"]) == ("INFO", "refused", "OrderEnded")
