"""Each Lambda function runs without app.py, as it does on AWS: Chalice's test client would hide what is missing.

A blueprint's function gets the handler string `chalicelib.x.handlers.f`; app.py and its middleware are not there
(aws/chalice#1566). So each must carry its own decorators and find its own collaborators.
"""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest

import app
from tests.support.alone import Report

ROOT = Path(app.__file__).parent
CONFIG = json.loads((ROOT / ".chalice" / "config.json").read_text())
NO_ACCOUNT = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}

FUNCTIONS = {function.name: function.handler_string for function in app.app.pure_lambda_functions} | {
    source.name: source.handler_string for source in (*app.app.event_sources, *app.app.websocket_handlers.values())
}

TASK = {"orderId": "o1", "taskToken": "token"}
PERSON = {"userName": "u1", "request": {"userAttributes": {"email": "a@example.com"}, "session": []}, "response": {}}
ENVELOPE = {
    "version": "0",
    "id": "event-1",
    "account": "000000000000",
    "time": "2026-11-22T10:00:00Z",
    "region": "us-east-1",
    "resources": [],
}
DIED = {
    **ENVELOPE,
    "source": "aws.states",
    "detail-type": "Step Functions Execution Status Change",
    "detail": {"executionArn": "arn:run", "status": "FAILED", "input": json.dumps({"detail": {"orderId": "o1"}})},
}
NEW_ORDER = {
    **ENVELOPE,
    "source": "awsserverlessda.serverlesspresso",
    "detail-type": "Validator.NewOrder",
    "detail": {"eventId": "ABC", "orderId": "o1", "userId": "u1", "bucket": {}, "at": 1_700_000_000_000},
}
OPENED = {
    "eventID": "1",
    "eventSource": "aws:dynamodb",
    "dynamodb": {"SequenceNumber": "1", "NewImage": {"eventId": {"S": "ABC"}, "storeOpen": {"BOOL": True}}},
}

SOCKET = {"connectionId": "c1"}

# An event for each function, as its source sends it; the WebSocket's handshake is refused for want of a token.
EVENTS: dict[str, dict[str, Any]] = {
    "ask_customer": TASK,
    "ask_barista": TASK,
    "take_number": {"orderId": "o1"},
    "finish_order": {"orderId": "o1"},
    "give_up_order": {"orderId": "o1", "reason": "Bar full"},
    "execution_died": DIED,
    "sweep": {**ENVELOPE, "source": "aws.events", "detail-type": "Scheduled Event", "detail": {}},
    "pre_sign_up": PERSON,
    "define_auth_challenge": PERSON,
    "create_auth_challenge": PERSON,
    "verify_auth_challenge": {
        **PERSON,
        "request": {"privateChallengeParameters": {"codeId": "c"}, "challengeAnswer": "1"},
    },
    "config_changed": {"Records": [OPENED]},
    "record_journey": NEW_ORDER,
    "learn_insights": NEW_ORDER,
    "publish": NEW_ORDER,
    "websocket_connect": {"requestContext": SOCKET, "stageVariables": {"issuer": "i", "clientId": "c"}},
    "websocket_message": {"requestContext": SOCKET, "body": "ping"},
    "websocket_disconnect": {"requestContext": SOCKET},
}
NEEDS_NO_AWS = {"pre_sign_up", "define_auth_challenge", "websocket_message", "websocket_connect"}


@cache
def report_of(module: str) -> Report:
    """Each of the module's functions, called twice in one fresh process with the environment that Chalice gives it."""
    names = [name for name, handler in FUNCTIONS.items() if handler.rpartition(".")[0] == module]
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.alone", module],
        input=json.dumps({name: [EVENTS[name], EVENTS[name]] for name in names}),
        env=CONFIG["environment_variables"] | NO_ACCOUNT,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return cast("Report", json.loads(done.stdout.splitlines()[-1]))


def test_every_function_has_an_event_here() -> None:
    assert FUNCTIONS.keys() <= EVENTS.keys()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_functions_handler_string_is_the_one_that_lambda_finds(name: str) -> None:
    """The module's name for it must be its own name, and it must lie in its microservice's handlers."""
    assert FUNCTIONS[name].startswith("chalicelib.")
    assert FUNCTIONS[name].endswith(f".handlers.{name}")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_runs_without_app(name: str) -> None:
    assert "app" not in report_of(FUNCTIONS[name].rpartition(".")[0])["imported"]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_gets_as_far_as_aws_by_itself(name: str) -> None:
    """It finds its settings, stores and clients; here AWS then says no."""
    for invocation in report_of(FUNCTIONS[name].rpartition(".")[0])["invocations"][name]:
        if name in NEEDS_NO_AWS:
            assert invocation["error"] is None
        else:
            assert "AccessDenied" in (invocation["error"] or "")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_functions_own_decorators_ran(name: str) -> None:
    """Its log lines carry the request; without `logged` of its own they would not."""
    for invocation in report_of(FUNCTIONS[name].rpartition(".")[0])["invocations"][name]:
        assert invocation["log_keys"]["function_request_id"] == "the-request-id"


def test_a_line_about_no_order_names_no_other_one() -> None:
    """A warm process keeps nothing of the invocation before."""
    invocations = report_of(FUNCTIONS["execution_died"].rpartition(".")[0])["invocations"]
    assert invocations["execution_died"][0]["log_keys"]["orderId"] == "o1"
    assert "orderId" not in invocations["sweep"][0]["log_keys"]


def test_a_module_of_functions_imports_no_routes() -> None:
    """A cold start pays for every import."""
    imported = report_of(FUNCTIONS["ask_customer"].rpartition(".")[0])["imported"]
    assert [name for name in imported if name.endswith(".routes")] == []
