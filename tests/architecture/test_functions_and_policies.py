"""Each Lambda function has a configuration and a policy of its own, and each policy allows what is needed only."""

import json
import re
from functools import cache
from typing import Any

import pytest

import app
from tests.architecture.source import ROOT, config

FOLDER = ROOT / ".chalice"
STAGES = list(config()["stages"])
THE_API = "api_handler"  # Chalice's name for the function that answers it
POLICIES = sorted(path.name for path in FOLDER.glob("policy*.json"))

# What may be done to more than named things, and why nothing narrower is possible.
REASONS = {
    "sns:Publish": "a text message to a phone number has no ARN; topics, which have, are shut out by NotResource",
    "ses:SendEmail": "in SES's sandbox the recipient is an identity, too; a limit of the role names the sender",
}


# Chalice's own names for the functions of a WebSocket API (chalice/deploy/appgraph.py), whatever ours are called.
WEBSOCKETS = {
    "$connect": "websocket_connect",
    "$default": "websocket_message",
    "$disconnect": "websocket_disconnect",
}


def functions() -> set[str]:
    """The names of every function that Chalice deploys beside the API's."""
    application = app.app
    websockets = {WEBSOCKETS[route] for route in application.websocket_handlers}
    declared = {function.name for function in application.pure_lambda_functions}
    return declared | {source.name for source in application.event_sources} | websockets


@cache
def statements(policy: str) -> list[dict[str, Any]]:
    content = json.loads((FOLDER / policy).read_text())
    return list(content["Statement"])


def as_list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def test_every_function_is_configured_for_all_stages_and_nothing_else_is() -> None:
    assert set(config()["lambda_functions"]) == functions() | {THE_API}


@pytest.mark.parametrize("stage", STAGES)
def test_stages_have_the_same_functions_and_policies(stage: str) -> None:
    assert config()["stages"][stage].keys() & {"lambda_functions", "iam_policy_file", "api_gateway_stage"} == set()


def test_q35_every_function_has_a_policy_of_its_own_and_every_policy_a_function() -> None:
    assert sorted(function["iam_policy_file"] for function in config()["lambda_functions"].values()) == POLICIES


def test_chalice_guesses_no_policy() -> None:
    """Its guess sees app.py only, where nothing is."""
    assert config()["autogen_policy"] is False


@pytest.mark.parametrize("policy", POLICIES)
def test_q35_a_policy_allows_named_actions_only(policy: str) -> None:
    for statement in statements(policy):
        assert statement["Effect"] == "Allow"
        assert "NotAction" not in statement
        assert [action for action in as_list(statement["Action"]) if "*" in action] == []


def too_wide(resource: str) -> bool:
    """Whether it names no thing: its last part is a star, alone or after a kind of thing."""
    name = resource.split(":", 5)[-1]
    return resource == "*" or re.fullmatch(r"([a-z-]+[/:])?\*", name) is not None


@pytest.mark.parametrize("policy", POLICIES)
def test_q35_a_policy_is_about_named_things_unless_there_is_a_reason(policy: str) -> None:
    for statement in statements(policy):
        resources = as_list(statement.get("Resource", "*"))
        if any(map(too_wide, resources)):
            assert set(as_list(statement["Action"])) <= REASONS.keys()


@pytest.mark.parametrize("policy", POLICIES)
def test_a_policy_names_things_that_there_are(policy: str) -> None:
    """A table, bus or state machine that is spelled otherwise than in config.json would be denied on AWS only."""
    names = [name.partition("{")[0] for name in config()["environment_variables"].values()]
    known = {*names, "OrderProcessorWorkflow"}
    kinds = r":(?:table/|event-bus/|stateMachine:|execution:|s3:::)"
    for statement in statements(policy):
        for resource in as_list(statement.get("Resource", [])):
            named = re.search(rf"{kinds}([^/:*]+)", resource)
            assert named is None or named.group(1) in known


@pytest.mark.parametrize("policy", POLICIES)
def test_no_action_is_allowed_twice_on_the_same_thing(policy: str) -> None:
    allowed = [
        (action, resource)
        for statement in statements(policy)
        for action in as_list(statement["Action"])
        for resource in as_list(statement.get("Resource", "*"))
    ]
    assert sorted(allowed) == sorted(set(allowed))


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_still_needed(reason: str) -> None:
    assert any(reason in as_list(statement["Action"]) for policy in POLICIES for statement in statements(policy))


def test_every_setting_is_text() -> None:
    """Chalice hands nothing else to a function's environment."""
    assert {type(value) for value in config()["environment_variables"].values()} == {str}
