"""What the learner's rules do on the running bus (module 2)."""

import json
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import takewhile
from typing import Any

from websockets.exceptions import WebSocketException

from chalicelib.events import ConfigChanged
from deployer.desired import EVENT_LOG
from simulator.entrance import BARISTA, browser, entrance
from simulator.outputs import Outputs
from simulator.probe.listening import Ear, Ears, fits
from workshop.attempt import Attempt
from workshop.checks.first_half import is_deployed
from workshop.checks.rules_file import (
    INSIGHTS,
    JOURNEYS,
    LOG,
    SCREENS,
    WORKFLOW,
    is_a_list_of_rules,
    no_rule_is_too_wide,
    reaches,
)
from workshop.checks.stage import PATIENCE_S, Stage, Visit
from workshop.finding import Check, DoesNotHold

_EVERY_EVENT = "nothing is in the way of the pattern: look at the rule's target"


def is_logged(attempt: Attempt) -> None:
    """What is put on the bus can be read in the log."""
    stage = attempt.bar.stage
    shop = stage.shop()
    _tell_news(stage, shop)
    logs = attempt.bar.client("logs")
    look = partial(logs.filter_log_events, logGroupName=EVENT_LOG, filterPattern=f'"{shop}"')
    if not stage.wait(lambda: look()["events"]):
        raise _silent(attempt, f"an event was put on the bus, and after {PATIENCE_S} seconds it is not in {EVENT_LOG}")


def starts_once(attempt: Attempt) -> None:
    """A new order starts one execution, which is given the whole event."""
    stage = attempt.bar.stage
    visit = stage.visit(stage.shop())
    stage.orders.announce(visit.shop, visit.order_id, visit.customer.user_id)
    inputs = stage.wait(lambda: _inputs(stage, visit))
    if len(inputs) != 1:
        count = f"{len(inputs)} executions" if inputs else "no execution"
        raise _silent(attempt, f"a new order was put on the bus, and {count} began within {PATIENCE_S} seconds")
    if "detail-type" not in inputs[0]:
        raise _silent(attempt, "the execution began without the event's envelope")


def screens_hear(attempt: Attempt) -> None:
    """Who listens to a shop hears what happens there."""
    if not hears_news(attempt.bar.stage, attempt.bar.outputs):
        raise _silent(attempt, f"a screen listened to a shop, and in {PATIENCE_S} seconds it heard nothing")


def hears_news(stage: Stage, outputs: Outputs) -> bool:
    """Whether a barista who listens to a shop is told of what happens there."""
    shop = stage.shop()
    with browser() as http:
        token = entrance(http, outputs).enter(BARISTA).token or ""
    with Ears(outputs.realtime_url).open(token, shop) as ear:
        _tell_news(stage, shop)
        return _hears(ear, ConfigChanged.detail_type)


def _tell_news(stage: Stage, shop: str) -> None:
    news = ConfigChanged(shop, storeOpen=True, changed=[])
    stage.orders.put(news.detail_type, news.detail)


def _hears(ear: Ear, kind: str) -> bool:
    try:
        while not fits(json.loads(ear.socket.recv(timeout=PATIENCE_S)), kind, {}):
            continue
    except (TimeoutError, WebSocketException):
        return False
    return True


def _inputs(stage: Stage, visit: Visit) -> list[dict[str, Any]]:
    """What the order's executions were given."""
    since = datetime.now(UTC) - timedelta(seconds=2 * PATIENCE_S)
    newest = stage.stepfunctions.list_executions(stateMachineArn=stage.machine, maxResults=100)["executions"]
    recent = takewhile(lambda one: one["startDate"] >= since, newest)
    texts = [stage.stepfunctions.describe_execution(executionArn=one["executionArn"])["input"] for one in recent]
    given: list[dict[str, Any]] = [json.loads(text) for text in texts if visit.order_id in text]
    return given


def _silent(attempt: Attempt, told: str) -> DoesNotHold:
    expected = "each event reaches each target once, within a second or so"
    return DoesNotHold(told, expected, [attempt.rules_source.name], _EVERY_EVENT)


STEPS = {
    "2-1": (
        Check("rules.json is a list of rules", is_a_list_of_rules),
        Check("no rule takes what others put on the bus", no_rule_is_too_wide),
        Check("the running bar takes it", is_deployed),
        Check("every event of the bar reaches the log", reaches(LOG)),
        Check("what is put on the bus is in the log", is_logged),
    ),
    "2-2": (
        Check("new orders reach the workflow, and nothing else does", reaches(WORKFLOW)),
        Check("a new order starts one execution", starts_once),
    ),
    "2-3": (
        Check("every event of the bar reaches the screens", reaches(SCREENS)),
        Check("who listens to a shop hears what happens there", screens_hear),
    ),
    "2-4": (
        Check("every event of an order reaches its journey", reaches(JOURNEYS)),
        Check("events that teach something reach the insights, and no others", reaches(INSIGHTS)),
    ),
}
