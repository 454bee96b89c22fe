"""Whether a workflow waits well for two people, and what becomes of an order meanwhile (module 1b)."""

from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.orders.model import OrderState, Reason
from workshop.attempt import Attempt
from workshop.checks.astray import Advice, astray, still_there
from workshop.checks.first_half import is_a_workflow, is_deployed
from workshop.checks.scenes import LONGER_S, SHORT_S
from workshop.checks.stage import Seen
from workshop.checks.suspicions import WAITS
from workshop.finding import Check, DoesNotHold

_ENDS_OF_A_WAIT = {"TimeoutSeconds", "TimeoutSecondsPath", "HeartbeatSeconds", "HeartbeatSecondsPath"}
_ASK = 'a state of "lambda:invoke.waitForTaskToken" hands $$.Task.Token to ${AskCustomerFunctionArn}'
_CLOCKS_DIFFER_S = 0.5
_SUBMITTED = {OrderState.SUBMITTED, OrderState.IN_PRODUCTION}


def every_wait_has_an_end(attempt: Attempt) -> None:
    """No state waits for somebody who may never come."""
    for name, state in attempt.states.items():
        if str(state.get("Resource")).endswith(WAITS) and not _ENDS_OF_A_WAIT & state.keys():
            raise DoesNotHold(
                f"“{name}” waits for somebody, without an end",
                "a wait that ends when the shop has waited long enough",
                [attempt.at(name)],
                'say how long: "TimeoutSecondsPath": "$.shop.customerWait" (for a barista "$.shop.baristaWait")',
            )


def asks_the_customer(attempt: Attempt) -> None:
    """An order in an open shop waits for its customer, who may choose."""
    seen = attempt.seen("open_shop")
    if not (seen.order.customer_token and seen.course.is_running):
        expected = "the execution waits and the customer is asked to choose"
        raise astray(attempt, seen, still_there(seen), expected, Advice(_ASK))


def gives_a_silent_customer_up(attempt: Attempt) -> None:
    """Who does not choose in time loses the place."""
    seen = attempt.seen("silent_customer")
    _check_gave_up(attempt, seen, Reason.CUSTOMER_TIMED_OUT, f"this shop waits {SHORT_S} seconds for its customers")


def waits_as_long_as_the_shop(attempt: Attempt) -> None:
    """A shop of more patience waits longer."""
    seen = attempt.seen("slow_customer")
    waited = seen.course.lasted.get(_wait(attempt, seen), 0)
    if seen.order.is_terminal and waited < LONGER_S - _CLOCKS_DIFFER_S:
        told = f"a shop that waits {LONGER_S} seconds lost its customer after {int(waited)}"
        raise astray(attempt, seen, told, "every shop waits as long as it says")
    _check_gave_up(attempt, seen, Reason.CUSTOMER_TIMED_OUT, f"this shop waits {LONGER_S} seconds for its customers")


def goes_on_with_a_choice(attempt: Attempt) -> None:
    """Who chooses is served."""
    seen = attempt.seen("chosen_drink")
    if seen.course.failed or seen.order.state not in _SUBMITTED:
        expected = "the customer chose, so the order is SUBMITTED and the execution leaves its wait"
        raise astray(attempt, seen, still_there(seen), expected)


def numbers_orders(attempt: Attempt) -> None:
    """The second order of a day has number 2."""
    seen = attempt.seen("second_customer")
    if seen.order.order_number != 2:
        number = seen.order.order_number
        told = f"the second order of the day has {f'number {number}' if number else 'no number'}"
        advice = Advice("call ${TakeNumberFunctionArn} with the order's id, behind the customer's choice")
        raise astray(attempt, seen, told, "number 2", advice)


def asks_the_barista(attempt: Attempt) -> None:
    """An order whose drink is chosen waits for a barista."""
    seen = attempt.seen("second_customer")
    if not (seen.order.barista_token and seen.course.is_running):
        advice = Advice("a second wait, which hands $$.Task.Token to ${AskBaristaFunctionArn}")
        raise astray(attempt, seen, still_there(seen), "the execution waits and the barista sees the drink", advice)


def finishes(attempt: Attempt) -> None:
    """A drink that was made ends the order and its execution."""
    seen = attempt.seen("finished_drink")
    expected = "the order is COMPLETED, its execution is over, and ${FinishOrderFunctionArn} told everybody so"
    if seen.course.failed or seen.course.is_running or seen.order.state is not OrderState.COMPLETED:
        raise astray(attempt, seen, still_there(seen), expected)
    if seen.order.finished_ts is None:
        told = "the drink was made and the execution is over, but nobody was told"
        advice = Advice("call ${FinishOrderFunctionArn} last, with the order's id")
        raise astray(attempt, seen, told, expected, advice)


def gives_a_silent_barista_up(attempt: Attempt) -> None:
    """What nobody makes in time is given up."""
    seen = attempt.seen("silent_barista")
    _check_gave_up(attempt, seen, Reason.BARISTA_TIMED_OUT, f"this shop waits {SHORT_S} seconds for its baristas")


def ends_well_when_called_off(attempt: Attempt) -> None:
    """Cancelling is no failure of the workflow's."""
    seen = attempt.seen("called_off")
    if seen.course.failed or seen.course.is_running:
        advice = Advice('a cancelled order wakes the wait with the error "OrderEnded": catch it, and end well')
        expected = "the customer called the order off, and its execution comes to a good end"
        raise astray(attempt, seen, still_there(seen), expected, advice)


def works_once(attempt: Attempt) -> None:
    """The same event twice is one order's work."""
    seen = attempt.seen("told_twice")
    if seen.course.is_running or seen.course.failed:
        told = "the same event came twice, and two executions wait for the customer"
        advice = Advice(
            "let the first state write $$.Execution.Id on the order's row, in ${OrdersTable}, as its executionArn, "
            "under the condition that no other execution has",
            str(attempt.workflow["StartAt"]),
        )
        raise astray(attempt, seen, told, "the second execution sees that the order is taken, and ends well", advice)


def tries_again(attempt: Attempt) -> None:
    """What fails for a moment is tried again."""
    for name, _ in _tasks_without(attempt, "Retry", "States.TaskFailed"):
        raise DoesNotHold(
            f"“{name}” is tried once: whatever fails for a moment ends the order",
            "every task is tried again",
            [attempt.at(name)],
            'give it "Retry": [{"ErrorEquals": ["States.TaskFailed"], "IntervalSeconds": 1, "MaxAttempts": 4, ...}]',
        )


def tells_what_broke(attempt: Attempt) -> None:
    """What fails for good ends the order, and somebody is told."""
    for name, _ in _tasks_without(attempt, "Catch"):
        raise DoesNotHold(
            f"what goes wrong in “{name}” for good ends the execution, and the order waits for ever",
            "every task leads to a state that gives the order up, “Something broke”",
            [attempt.at(name)],
            'catch "States.ALL" last, and lead it to a state that calls ${GiveUpOrderFunctionArn} with that reason',
        )


def _tasks_without(attempt: Attempt, field: str, *others: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Tasks whose catchers or retriers name neither all errors nor one of the others."""
    for name, state in attempt.states.items():
        named = {error for one in state.get(field, []) for error in one["ErrorEquals"]}
        if state["Type"] == "Task" and not named & {"States.ALL", *others}:
            yield name, state


def _wait(attempt: Attempt, seen: Seen) -> str:
    """The last state that the order waited in."""
    passed = ((name, attempt.states.get(name, {})) for name in seen.course.states)
    waits = [name for name, state in passed if str(state.get("Resource")).endswith(WAITS)]
    return waits[-1] if waits else ""


def _check_gave_up(attempt: Attempt, seen: Seen, reason: Reason, patience: str) -> None:
    if seen.order.reason == reason and not seen.course.failed:
        return
    expected = f"the order is CANCELLED, “{reason}”, and its execution comes to a good end"
    if seen.order.reason == Reason.BROKEN:
        told = f"{patience}, and the order ended FAILED, “{Reason.BROKEN}”, as if the bar were at fault"
        advice = 'too slow and broken must be told apart: a catcher for "States.Timeout", before the one for States.ALL'
        raise astray(attempt, seen, told, expected, Advice(advice, _wait(attempt, seen)))
    advice = 'catch "States.Timeout", and give the order up with ${GiveUpOrderFunctionArn} for that reason'
    raise astray(attempt, seen, f"{patience}, and {still_there(seen)}", expected, Advice(advice))


STEPS = {
    "1b-1": (
        Check("workflow.asl.json is a workflow", is_a_workflow),
        Check("every wait has an end", every_wait_has_an_end),
        Check("the running bar takes it", is_deployed),
        Check("the customer is asked to choose", asks_the_customer, "open_shop"),
        Check("who chooses is served", goes_on_with_a_choice, "chosen_drink"),
        Check("who does not choose in time loses the place", gives_a_silent_customer_up, "silent_customer"),
        Check("every shop waits as long as it says", waits_as_long_as_the_shop, "slow_customer"),
    ),
    "1b-2": (
        Check("orders have numbers", numbers_orders, "second_customer"),
        Check("the barista sees the drink", asks_the_barista, "second_customer"),
        Check("a drink that was made ends the order", finishes, "finished_drink"),
        Check("a drink that nobody makes in time is given up", gives_a_silent_barista_up, "silent_barista"),
    ),
    "1b-3": (
        Check("an order that is called off ends its execution well", ends_well_when_called_off, "called_off"),
        Check("the same event twice is one order's work", works_once, "told_twice"),
        Check("what fails for a moment is tried again", tries_again),
        Check("what fails for good is told", tells_what_broke),
    ),
}
