"""Where everything goes that nobody could take, and how often it is tried before. Pure.

All of it goes to one queue, where somebody can look at it: what EventBridge could not deliver, events at which a
function failed that nobody waits for, and records of a stream that a function could not take.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from deployer import access
from deployer.place import DEFAULT_BUS, Place
from deployer.project import Project
from deployer.resources.asynchronous_calls import AsynchronousCalls
from deployer.resources.event_source_mapping import EventSourceMapping
from deployer.resources.queue import Queue
from deployer.resources.target_delivery import TargetDelivery

QUEUE = "serverlesspresso-dead-letters"
KEPT_DAYS = 14  # SQS keeps nothing longer

# Functions for which Chalice makes a rule on the default bus: `on_cw_event` and `schedule`.
WITH_CHALICE_RULE = ("execution_died", "sweep")

# An order lives 20 minutes, and `sweep` mends what is stuck: after an hour an event is history.
AGE_S = 60 * 60
DELIVERY_ATTEMPTS = 20  # EventBridge waits longer before each: the first few are within minutes
CALL_RETRIES = 2  # Lambda does no more

# How Lambda reads a stream. It holds a shard up until a record was taken or given up, so not for long.
STREAM: Mapping[str, Any] = {
    "BatchSize": 100,
    "MaximumBatchingWindowInSeconds": 0,
    "FunctionResponseTypes": ["ReportBatchItemFailures"],
    "BisectBatchOnFunctionError": True,
    "MaximumRetryAttempts": 5,
    "MaximumRecordAgeInSeconds": AGE_S,
}


def queue(project: Project, place: Place, rule_arns: Iterable[str]) -> Queue:
    """The queue, to which just these rules and Chalice's may send; functions send by their own policies."""
    rules = [*rule_arns, *(place.rule_arn(DEFAULT_BUS, rule) for rule in _chalice_rules(project))]
    return Queue(QUEUE, KEPT_DAYS, access.sending_dead_letters(place.queue_arn(QUEUE), rules))


def delivery(place: Place) -> dict[str, Any]:
    """Members of a rule's target."""
    return {
        "DeadLetterConfig": {"Arn": place.queue_arn(QUEUE)},
        "RetryPolicy": {"MaximumRetryAttempts": DELIVERY_ATTEMPTS, "MaximumEventAgeInSeconds": AGE_S},
    }


def deliveries(project: Project, place: Place) -> list[TargetDelivery]:
    """Deliveries by the rules that Chalice makes."""
    return [TargetDelivery(rule, delivery(place)) for rule in _chalice_rules(project)]


def asynchronous_calls(project: Project, place: Place, functions: Iterable[str]) -> list[AsynchronousCalls]:
    """Calls of these functions, by Lambda's names, which rules call, and of those that Chalice's rules call."""
    others = map(project.function_name, WITH_CHALICE_RULE)
    return [
        AsynchronousCalls(function, CALL_RETRIES, AGE_S, place.queue_arn(QUEUE))
        for function in sorted({*functions, *others})
    ]


def stream_reading(project: Project, place: Place, table: str, function: str) -> EventSourceMapping:
    """The reading of a table's stream for a function of the application."""
    name = project.function_name(function)
    on_failure = {"DestinationConfig": {"OnFailure": {"Destination": place.queue_arn(QUEUE)}}}
    return EventSourceMapping(name, place.function_arn(name), place.table_arn(table), {**STREAM, **on_failure})


def _chalice_rules(project: Project) -> list[str]:
    return [project.event_rule_name(function) for function in WITH_CHALICE_RULE]
