"""The eight things that can be broken: what each does to a running bar, and what of it no deployer puts back.

Policies are none of them: nobody enforces those on a laptop. Each can be done, and undone, again at any point.
"""

import json
import secrets
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.events import SOURCE, NewOrder
from chalicelib.orders.workflow import BAD_ENDS
from deployer.dead_letters import CALL_RETRIES, QUEUE
from deployer.project import Project
from deployer.resources.rule import TARGET_ID
from simulator.probe.lost_orders import LONG_AGO_MS
from workshop.attempt import RunningBar
from workshop.checks.stage import Visit
from workshop.game_day.caught import Caught, letters_about, workflows

_TEXTS = Path(__file__).with_name("breakages.toml")
NEW_ORDERS, SCREENS = "serverlesspresso-new-order", "serverlesspresso-publish"
CLOSED = "Closed for today"
_WRONG_TABLE = "serverlesspresso-journey"


@dataclass(frozen=True)
class Patient:
    """The bar that is broken, and what is known of it by those who made it."""

    bar: RunningBar
    project: Project

    def client(self, service: str) -> Any:
        """A client of a service of AWS's there."""
        return self.bar.client(service)

    def function(self, name: str) -> str:
        """Lambda's name for a function."""
        return self.project.function_name(name)

    @property
    def bus(self) -> str:
        """The bar's."""
        return self.project.setting("EVENT_BUS_NAME")


type Break = Callable[[Patient, Caught], None]
type Undo = Callable[[Patient], None]


@dataclass(frozen=True)
class Breakage:
    """One of them.

    Attributes:
        title: what was done, as it is told when it is mended.
        hints: the first is vague, the last nearly mends it.
        do: breaks it, with the orders that are caught in it.
        undo: puts back what the deployer does not see; None where it sees all of it.
    """

    title: str
    hints: Sequence[str]
    do: Break
    undo: Undo | None = None


def _nothing_is_published(patient: Patient, _caught: Caught) -> None:
    patient.client("events").remove_targets(Rule=SCREENS, EventBusName=patient.bus, Ids=[TARGET_ID])


def _new_orders_are_swallowed(patient: Patient, caught: Caught) -> None:
    events = patient.client("events")
    rule = events.describe_rule(Name=NEW_ORDERS, EventBusName=patient.bus)
    pattern = json.loads(rule["EventPattern"]) | {"detail": {"orderID": [{"exists": True}]}}
    kept = {"EventBusName": patient.bus, "State": "ENABLED", "Description": rule.get("Description", "")}
    events.put_rule(Name=NEW_ORDERS, EventPattern=json.dumps(pattern), **kept)
    caught.announced(2, long_ago=True)


def _aborts_are_unheard(patient: Patient, caught: Caught) -> None:
    _hear_of(patient, ["FAILED"])
    for visit in caught.asked(2):
        row = visit.row()
        if row.execution_arn:
            patient.client("stepfunctions").stop_execution(executionArn=row.execution_arn)
        patient.bar.stage.orders.make_older(visit.order_id, LONG_AGO_MS)


def _aborts_are_heard(patient: Patient) -> None:
    _hear_of(patient, list(BAD_ENDS))


def _hear_of(patient: Patient, statuses: list[str]) -> None:
    """Have execution_died hear of executions with these statuses."""
    events, name = patient.client("events"), patient.project.event_rule_name("execution_died")
    pattern = json.loads(events.describe_rule(Name=name)["EventPattern"])
    pattern["detail"]["status"] = statuses
    events.put_rule(Name=name, EventPattern=json.dumps(pattern), State="ENABLED")


def _journeys_have_no_table(patient: Patient, caught: Caught) -> None:
    recorder, retries = patient.function("record_journey"), patient.client("lambda").update_function_event_invoke_config
    _set_variables(patient, recorder, {**patient.project.environment, "JOURNEYS_TABLE": _WRONG_TABLE})
    retries(FunctionName=recorder, MaximumRetryAttempts=0)  # or its letters would come minutes later
    orders = [visit.order_id for visit in caught.asked(2)]
    patient.bar.stage.wait(lambda: {letter.order_id for letter in letters_about(patient.bar, orders)} >= {*orders})
    retries(FunctionName=recorder, MaximumRetryAttempts=CALL_RETRIES)


def _journeys_have_their_table(patient: Patient) -> None:
    _set_variables(patient, patient.function("record_journey"), patient.project.environment)


def _set_variables(patient: Patient, function: str, variables: Mapping[str, str]) -> None:
    functions = patient.client("lambda")
    functions.update_function_configuration(FunctionName=function, Environment={"Variables": dict(variables)})
    functions.get_waiter("function_updated_v2").wait(FunctionName=function, WaiterConfig={"Delay": 1})


def _numbers_are_refused(patient: Patient, caught: Caught) -> None:
    function = patient.function("take_number")
    patient.client("lambda").put_function_concurrency(FunctionName=function, ReservedConcurrentExecutions=0)
    for visit in caught.asked(2):
        visit.submit()


def _numbers_are_given(patient: Patient) -> None:
    patient.client("lambda").delete_function_concurrency(FunctionName=patient.function("take_number"))


def _letters_lie_about(patient: Patient, caught: Caught) -> None:
    sqs = patient.client("sqs")
    queue = sqs.get_queue_url(QueueName=QUEUE)["QueueUrl"]
    target = patient.bar.outputs.order_processor_arn
    said = {"TARGET_ARN": target, "ERROR_CODE": "THROTTLING", "ERROR_MESSAGE": "Step Functions was asked for too much"}
    attributes = {name: {"DataType": "String", "StringValue": text} for name, text in said.items()}
    for visit in caught.scans(3):
        sqs.send_message(QueueUrl=queue, MessageBody=json.dumps(_delivered(visit)), MessageAttributes=attributes)


def _delivered(visit: Visit) -> dict[str, Any]:
    """What the bus would have delivered of an order: "Events" in EventBridge's guide."""
    at = visit.row().created_ts
    detail = NewOrder(visit.shop, visit.order_id, visit.customer.user_id, {}, at=at).detail
    when = datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="seconds")
    envelope = {"version": "0", "id": secrets.token_hex(16), "account": "", "region": "", "resources": [], "time": when}
    return {**envelope, "source": SOURCE, "detail-type": NewOrder.detail_type, "detail": detail}


def _nobody_sweeps(patient: Patient, caught: Caught) -> None:
    _call_every_five_minutes(patient, "record_journey")
    caught.scans(2, long_ago=True)


def _somebody_sweeps(patient: Patient) -> None:
    _call_every_five_minutes(patient, "sweep")


def _call_every_five_minutes(patient: Patient, function: str) -> None:
    """Have the sweep's schedule call that function."""
    events, name = patient.client("events"), patient.project.event_rule_name("sweep")
    functions = patient.client("lambda")
    arn = functions.get_function_configuration(FunctionName=patient.function(function))["FunctionArn"]
    targets = [{**target, "Arn": arn} for target in events.list_targets_by_rule(Rule=name)["Targets"]]
    events.put_targets(Rule=name, Targets=targets)


def _the_workflow_does_nothing(patient: Patient, caught: Caught) -> None:
    machine, stepfunctions = patient.bar.outputs.order_processor_arn, patient.client("stepfunctions")
    definition = json.loads(stepfunctions.describe_state_machine(stateMachineArn=machine)["definition"])
    definition["States"][CLOSED] = {"Type": "Succeed"}
    changed = json.dumps({**definition, "StartAt": CLOSED})
    stepfunctions.update_state_machine(stateMachineArn=machine, definition=changed)
    # Each has its vain execution before anybody mends it: who counts later ones does not count these.
    begun, come = workflows(patient.bar, datetime.now(UTC)), caught.announced(2, long_ago=True)
    patient.bar.stage.wait(lambda: all(begun.of(visit.order_id) for visit in come))


_DONE: Sequence[tuple[Break, Undo | None]] = (
    (_nothing_is_published, None),
    (_new_orders_are_swallowed, None),
    (_aborts_are_unheard, _aborts_are_heard),
    (_journeys_have_no_table, _journeys_have_their_table),
    (_numbers_are_refused, _numbers_are_given),
    (_letters_lie_about, None),
    (_nobody_sweeps, _somebody_sweeps),
    (_the_workflow_does_nothing, None),
)
COUNT = len(_DONE)


@cache
def breakages() -> Sequence[Breakage]:
    """All of them; the first is number 1."""
    texts = tomllib.loads(_TEXTS.read_text(encoding="utf-8"))["breakage"]
    return tuple(
        Breakage(text["title"], text["hints"], do, undo) for text, (do, undo) in zip(texts, _DONE, strict=True)
    )
