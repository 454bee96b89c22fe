"""What this checkout asks for: everything that the application speaks of, and no more rights than it needs."""

import json
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest

from chalicelib.tables import TableShape
from deployer import desired
from deployer.resources import ADAPTERS
from deployer.resources.alarm import Alarm
from deployer.resources.alarm_topic import AlarmTopic
from deployer.resources.bucket import Bucket
from deployer.resources.chalice_app import ChaliceApp
from deployer.resources.function_logs import FunctionLogs
from deployer.resources.function_permission import FunctionPermission
from deployer.resources.gateway_responses import GatewayResponses
from deployer.resources.pages import Pages
from deployer.resources.resource import Resource
from deployer.resources.role import Role
from deployer.resources.role_limit import RoleLimit
from deployer.resources.state_machine import StateMachine
from deployer.resources.table import Table
from deployer.resources.user_pool_client import UserPoolClient
from deployer.resources.user_pool_triggers import UserPoolTriggers
from tests.unit.deployer.samples import PLACE, POOL_ARN, ROOT, own_project

PROJECT = own_project()
EVERYTHING = [one for stage in desired.STAGES.values() for one in stage(PROJECT, PLACE, POOL_ARN)]


def of_kind[R: Resource](kind: type[R]) -> list[R]:
    return [one for one in EVERYTHING if isinstance(one, kind)]


def described_tables() -> Iterator[TableShape]:
    for path in (ROOT / "chalicelib").glob("*/*.py"):
        if "\nSHAPE = " in path.read_text():
            yield import_module(f"chalicelib.{path.parent.name}.{path.stem}").SHAPE


def test_every_table_that_the_application_describes_is_made() -> None:
    assert sorted(shape.setting for shape in desired.SHAPES) == sorted(shape.setting for shape in described_tables())


def test_each_table_has_the_name_that_the_functions_are_told() -> None:
    assert {table.shape.setting: table.name for table in of_kind(Table)} == {
        shape.setting: PROJECT.environment[shape.setting.upper()] for shape in desired.SHAPES
    }


def test_the_bucket_of_journeys_is_the_accounts_own_and_keeps_them_as_long_as_their_rows() -> None:
    bucket, _ = of_kind(Bucket)
    assert bucket.name == "serverlesspresso-journeys-123456789012-eu-west-1"
    assert bucket.expiry_days == 30
    assert bucket.policy is None


def test_anybody_may_read_the_pages_and_nothing_else() -> None:
    _, bucket = of_kind(Bucket)
    assert bucket.name == "serverlesspresso-pages-123456789012-eu-west-1"
    assert bucket.policy is not None
    reading, *others = bucket.policy["Statement"]
    assert (reading["Action"], reading["Resource"]) == (["s3:GetObject"], f"arn:aws:s3:::{bucket.name}/*")
    assert [other["Effect"] for other in others] == ["Deny"]


def pages_bucket(endpoint: str | None) -> Bucket:
    provisioned = desired.provision(PROJECT, replace(PLACE, endpoint=endpoint))
    _, bucket = (one for one in provisioned if isinstance(one, Bucket))
    return bucket


@pytest.mark.parametrize(("endpoint", "refused"), [(None, True), ("http://127.0.0.1:4566", False)])
def test_pages_are_not_read_over_plain_http_where_there_is_tls(endpoint: str | None, *, refused: bool) -> None:
    """At an address of plain HTTP, other than one's own machine, a browser gives no page the camera."""
    policy = pages_bucket(endpoint).policy
    assert policy is not None
    conditions = [one["Condition"] for one in policy["Statement"] if one["Effect"] == "Deny"]
    assert conditions == ([{"Bool": {"aws:SecureTransport": "false"}}] if refused else [])


@pytest.mark.parametrize("endpoint", [None, "http://127.0.0.1:4566"])
def test_only_a_laptop_has_the_pages_as_a_website_which_on_aws_would_be_plain_http(endpoint: str | None) -> None:
    assert pages_bucket(endpoint).website == (desired.WEBSITE if endpoint else None)


def test_the_logs_of_every_function_are_forgotten_some_day() -> None:
    (logs,) = of_kind(FunctionLogs)
    (app,) = of_kind(ChaliceApp)
    assert set(logs.functions) == set(app.function_names)
    assert all(days == desired.LOG_DAYS for days in logs.state().values())


def test_pages_that_were_not_built_are_left_as_they_are() -> None:
    assert [one for one in desired.wire(replace(PROJECT, pages={}), PLACE, POOL_ARN) if isinstance(one, Pages)] == []


def test_every_kind_of_resource_has_an_adapter() -> None:
    assert {type(one) for one in EVERYTHING} <= set(ADAPTERS)


def test_no_two_resources_are_the_same() -> None:
    titles = [one.title for one in EVERYTHING]
    assert len(titles) == len(set(titles))


def tasks_of(definition: Any) -> Iterator[dict[str, Any]]:
    return (state for state in definition["States"].values() if state["Type"] == "Task")


def statements(role: Role) -> list[dict[str, Any]]:
    return [*role.access["Statement"]] if role.access else []


def allowed(role: Role, action: str, resource: str) -> bool:
    return any(
        action in statement["Action"] and resource in json.dumps(statement["Resource"])
        for statement in statements(role)
    )


def test_the_order_processor_may_do_all_that_its_states_do() -> None:
    (machine,) = of_kind(StateMachine)
    role = next(role for role in of_kind(Role) if role.name == desired.WORKFLOW_ROLE)
    for task in tasks_of(machine.definition):
        service, _, action = task["Resource"].removeprefix("arn:aws:states:::").partition(":")
        if service == "dynamodb":
            action_name = f"dynamodb:{action[0].upper()}{action[1:]}"
            assert allowed(role, action_name, PLACE.table_arn(task["Parameters"]["TableName"]))
        else:
            assert service == "lambda"
            assert allowed(role, "lambda:InvokeFunction", task["Parameters"]["FunctionName"])


def test_the_order_processor_may_call_no_function_but_its_own() -> None:
    (machine,) = of_kind(StateMachine)
    role = next(role for role in of_kind(Role) if role.name == desired.WORKFLOW_ROLE)
    called = {task["Parameters"].get("FunctionName") for task in tasks_of(machine.definition)} - {None}
    (statement,) = (one for one in statements(role) if one["Action"] == ["lambda:InvokeFunction"])
    assert set(statement["Resource"]) == called


@pytest.mark.parametrize("role", of_kind(Role), ids=lambda role: role.name)
def test_no_role_may_do_anything_to_everything(role: Role) -> None:
    for statement in statements(role):
        assert "*" not in json.dumps([statement["Action"], statement["Resource"]])


def test_no_placeholder_is_left_in_the_workflow() -> None:
    (machine,) = of_kind(StateMachine)
    assert "${" not in json.dumps(machine.definition)


def test_each_trigger_of_the_pool_is_a_function_that_lets_just_this_pool_in() -> None:
    (triggers,) = of_kind(UserPoolTriggers)
    permissions = [one for one in of_kind(FunctionPermission) if one.principal == "cognito-idp.amazonaws.com"]
    assert {PLACE.function_arn(one.name) for one in permissions} == set(triggers.functions.values())
    assert {one.source for one in permissions} == {POOL_ARN}


def test_nobody_can_sign_in_but_by_a_code() -> None:
    (client,) = of_kind(UserPoolClient)
    assert client.state()["ExplicitAuthFlows"] == ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    assert client.state()["secret"] is False


def test_every_answer_of_the_gateway_can_be_read_by_a_page_of_any_origin() -> None:
    (responses,) = of_kind(GatewayResponses)
    for answer in responses.answers.values():
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]


def test_every_answer_of_the_gateway_has_the_shape_of_all_errors() -> None:
    (responses,) = of_kind(GatewayResponses)
    for answer in responses.answers.values():
        body = json.loads(answer.body.replace("$context.error.messageString", '"what happened"'))
        assert body.keys() == {"Code", "Message"}


def test_another_answer_must_be_published_anew() -> None:
    (responses,) = of_kind(GatewayResponses)
    fewer = {name: answer for name, answer in responses.answers.items() if name != "THROTTLED"}
    changed = GatewayResponses(responses.name, responses.function_arn, responses.api_stage, fewer)
    assert changed.label != responses.label


def test_the_application_is_deployed_anew_for_another_pool() -> None:
    one, other = (desired.deploy(PROJECT, PLACE, arn)[0].state() for arn in (POOL_ARN, f"{POOL_ARN}2"))
    assert one != other


def test_whoever_sends_the_letters_is_told_of_dead_letters_and_failed_orders_on_aws() -> None:
    (topic,) = of_kind(AlarmTopic)
    assert topic.address == PROJECT.setting("LETTER_SENDER")
    assert {alarm.metric for alarm in of_kind(Alarm)} == {
        "ApproximateNumberOfMessagesVisible",
        "ExecutionsFailed",
        "ExecutionsTimedOut",
    }
    assert {alarm.topic for alarm in of_kind(Alarm)} == {topic.arn}


def test_nobody_is_woken_by_a_laptop() -> None:
    wired = desired.wire(PROJECT, replace(PLACE, endpoint="http://127.0.0.1:4566"), POOL_ARN)
    assert [one for one in wired if isinstance(one, Alarm | AlarmTopic)] == []


def test_letters_are_sent_from_the_sender_only() -> None:
    (limit,) = of_kind(RoleLimit)
    (statement,) = limit.document["Statement"]
    assert limit.name == PROJECT.function_name("create_auth_challenge")
    assert (statement["Effect"], statement["Action"], statement["Resource"]) == ("Deny", ["ses:SendEmail"], "*")
    assert statement["Condition"] == {"StringNotEquals": {"ses:FromAddress": PROJECT.setting("LETTER_SENDER")}}


def test_the_function_that_sends_them_is_limited_before_anybody_calls_it() -> None:
    kinds = [type(one) for one in desired.wire(PROJECT, PLACE, POOL_ARN)]
    assert kinds.index(RoleLimit) < kinds.index(UserPoolTriggers)
