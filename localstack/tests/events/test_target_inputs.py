"""What reaches a target of what its rule makes of an event."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError
from local_cloud.testing import Cloud
from tenacity import retry, retry_if_result, stop_after_delay, wait_fixed

if TYPE_CHECKING:
    from tests.events.conftest import Bus

HERE = "us-east-1:000000000000"

DETAIL = {"id": "o-1", "n": 3, "zero": 0, "note": 'a "shot"\nplease', "cup": {"drink": "lamp", "extras": ['"oat"']}}
ROLE = "arn:aws:iam::000000000000:role/rules"
PASS = {"StartAt": "End", "States": {"End": {"Type": "Pass", "End": True}}}


def transformer(template: str, **paths: str) -> dict[str, Any]:
    return {"InputTransformer": {"InputPathsMap": paths, "InputTemplate": template}}


MADE: dict[str, tuple[dict[str, Any], Any]] = {
    "a number within a text": (transformer('{"path": "cups/<n>"}', n="$.detail.n"), {"path": "cups/3"}),
    "an object with quotes": (transformer('{"cup": <cup>}', cup="$.detail.cup"), {"cup": DETAIL["cup"]}),
    "a text with a new line": (transformer('{"n": <n>, "t": "<n>!"}', n="$.detail.note"),
                               {"n": DETAIL["note"], "t": f"{DETAIL['note']}!"}),
    "nothing": (transformer('{"a": <a>, "b": "<a>"}', a="$.detail.absent"), {"a": "", "b": ""}),
    "zero": (transformer("<zero>", zero="$.detail.zero"), 0),
    "a text": (transformer('"<id> is <n>"', id="$.detail.id", n="$.detail.n"), "o-1 is 3"),
    "a path to an object": ({"InputPath": "$.detail.cup"}, DETAIL["cup"]),
    "a path to zero": ({"InputPath": "$.detail.zero"}, 0),
    "a constant": ({"Input": "[]"}, []),
}  # fmt: skip


@pytest.mark.parametrize("what", MADE)
def test_a_queue_gets_what_is_made_of_the_event(bus: "Bus", what: str) -> None:
    url, arn = bus.queue()
    settings, expected = MADE[what]
    bus.put_rule("rule")
    bus.put_target("rule", arn, **settings)
    bus.put_event(DETAIL)
    assert bus.next_message(url) == expected


def test_predefined_variables_tell_of_the_rule_and_the_event(bus: "Bus") -> None:
    url, arn = bus.queue()
    template = (
        '{"arn": <aws.events.rule-arn>, "name": "the <aws.events.rule-name>", "event": <aws.events.event>, '
        '"all": <aws.events.event.json>, "at": <aws.events.event.ingestion-time>}'
    )
    bus.put_rule("rule")
    bus.put_target("rule", arn, **transformer(template))
    bus.put_event(DETAIL)
    made = bus.next_message(url)
    assert made["arn"] == f"arn:aws:events:{HERE}:rule/{bus.name}/rule"
    assert made["name"] == "the rule"
    assert made["all"]["detail"] == DETAIL
    assert "detail" not in made["event"]
    assert made["event"]["id"] == made["all"]["id"]
    assert made["at"] >= made["all"]["time"]


@pytest.fixture
def machine(cloud: Cloud, bus: "Bus") -> Iterator[str]:
    """A state machine that does nothing."""
    states = cloud.client("stepfunctions")
    arn: str = states.create_state_machine(name=bus.name, definition=json.dumps(PASS), roleArn=ROLE)["stateMachineArn"]
    yield arn
    states.delete_state_machine(stateMachineArn=arn)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (transformer('{"id": <id>}', id="$.detail.id"), {"id": "o-1"}),
        (transformer('"of <n> cups"', n="$.detail.n"), "of 3 cups"),
        ({"InputPath": "$.detail"}, DETAIL),
        ({"InputPath": "$.detail.n"}, 3),
        ({"Input": '{"n": 1}'}, {"n": 1}),
    ],
)
def test_a_state_machine_is_started_with_what_is_made_of_the_event(
    cloud: Cloud, bus: "Bus", machine: str, settings: dict[str, Any], expected: Any
) -> None:
    bus.put_rule("rule")
    bus.put_target("rule", machine, RoleArn=ROLE, **settings)
    bus.put_event(DETAIL)
    (execution,) = executions(cloud, machine, 1)
    described = cloud.client("stepfunctions").describe_execution(executionArn=execution["executionArn"])
    assert json.loads(described["input"]) == expected


def test_two_rules_start_two_executions_of_one_event(cloud: Cloud, bus: "Bus", machine: str) -> None:
    for rule in ("one", "two"):
        bus.put_rule(rule)
        bus.put_target(rule, machine, RoleArn=ROLE)
    bus.put_event(DETAIL)
    first, second = executions(cloud, machine, 2)
    assert first["name"].split("_")[0] == second["name"].split("_")[0]  # the event's id


def executions(cloud: Cloud, machine: str, count: int) -> list[dict[str, Any]]:
    @retry(retry=retry_if_result(lambda found: len(found) < count), stop=stop_after_delay(60), wait=wait_fixed(0.1))
    def started() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = cloud.client("stepfunctions").list_executions(stateMachineArn=machine)[
            "executions"
        ]
        return found

    return started()


def test_an_event_of_which_the_input_cannot_be_made_is_kept(bus: "Bus") -> None:
    _, arn = bus.queue()
    kept, kept_arn = bus.queue()
    bus.put_rule("rule")
    bus.put_target("rule", arn, DeadLetterConfig={"Arn": kept_arn}, InputPath="$.detail.absent")
    bus.put_event(DETAIL)
    assert bus.next_message(kept)["detail"] == DETAIL


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        (transformer("<id> is ready", id="$.detail.id"), "Invalid InputTemplate for target t"),
        (transformer('{"id": <id>', id="$.detail.id"), "Invalid InputTemplate for target t"),
        (transformer('{"id": <other>}', id="$.detail.id"), "invalid placeholder other"),
        ({"Input": "{no"}, "JSON syntax error in input for target t"),
        ({"InputPath": "$["}, "Invalid input path for target t"),
        (transformer('{"x": <a>}', a="$["), "Invalid input path for target t"),
        ({"Input": "{}", **transformer("1")}, "Only one of Input, InputPath, or InputTransformer"),
    ],
)
def test_an_input_that_can_never_be_made_is_refused_when_it_is_put(
    bus: "Bus", settings: dict[str, Any], reason: str
) -> None:
    _, arn = bus.queue()
    bus.put_rule("rule")
    with pytest.raises(ClientError, match=reason) as refused:
        bus.put_target("rule", arn, **settings)
    assert refused.value.response["Error"]["Code"] == "ValidationException"
