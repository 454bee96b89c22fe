"""Chalice is told the truth about what it deployed, whatever its record says."""

import json
from pathlib import Path

import pytest

from deployer.chalice_record import make_true, true_entries

FUNCTION = {"name": "f", "resource_type": "lambda_function", "lambda_arn": "arn:aws:lambda:r:1:function:bar-test-f"}
ROLE = {"name": "f_role", "resource_type": "iam_role", "role_arn": "arn", "role_name": "bar-test-f"}
RULE = {"name": "f-event", "resource_type": "cloudwatch_event", "rule_name": "bar-test-f-event"}
API = {"name": "rest_api", "resource_type": "rest_api", "rest_api_id": "api1", "rest_api_url": "https://api1/"}
SOCKETS = {"name": "websocket_api", "resource_type": "websocket_api", "websocket_api_id": "api2"}
QUEUE = {"name": "f-queue", "resource_type": "sqs_event", "event_uuid": "u"}

ALL = {"function": ["bar-test-f"], "role": ["bar-test-f"], "rule": ["bar-test-f-event"], "REST API": ["api1"]}
ALL |= {"WebSocket API": ["api2"]}
NOTHING: dict[str, list[str]] = {"function": [], "role": [], "rule": [], "REST API": [], "WebSocket API": []}


def test_what_exists_stays_recorded() -> None:
    assert true_entries([FUNCTION, ROLE, RULE, API, SOCKETS], ALL) == [FUNCTION, ROLE, RULE, API, SOCKETS]


@pytest.mark.parametrize("entry", [FUNCTION, ROLE, RULE, API, SOCKETS])
def test_what_is_gone_is_forgotten(entry: dict[str, str]) -> None:
    assert true_entries([entry], NOTHING) == []


def test_what_cannot_be_looked_for_stays_recorded() -> None:
    assert true_entries([QUEUE], NOTHING) == [QUEUE]


@pytest.mark.parametrize("recorded", [[], [{**API, "rest_api_id": "of another place"}]])
def test_the_api_that_exists_is_recorded_so_that_no_second_is_made(recorded: list[dict[str, str]]) -> None:
    (entry,) = true_entries(recorded, {**NOTHING, "REST API": ["api1"]})
    assert (entry["resource_type"], entry["rest_api_id"]) == ("rest_api", "api1")


def test_each_api_that_exists_is_recorded_whatever_is_recorded_of_the_other() -> None:
    assert true_entries([API], ALL) == [API, SOCKETS]
    assert [entry["resource_type"] for entry in true_entries([SOCKETS], ALL)] == ["websocket_api", "rest_api"]


def test_a_recorded_api_that_exists_is_not_exchanged_for_another() -> None:
    assert true_entries([API], {**NOTHING, "REST API": ["api0", "api1"]}) == [API]


def test_a_record_is_rewritten_in_chalices_own_form(tmp_path: Path) -> None:
    record = tmp_path / "local.json"
    record.write_text(json.dumps({"resources": [FUNCTION, ROLE], "schema_version": "2.0", "backend": "api"}))
    make_true(record, {**NOTHING, "role": ["bar-test-f"]})
    assert json.loads(record.read_text()) == {"resources": [ROLE], "schema_version": "2.0", "backend": "api"}


@pytest.mark.parametrize("text", ["", '{"resources": [{"name"'])
def test_a_record_that_was_cut_short_counts_as_none(tmp_path: Path, text: str) -> None:
    record = tmp_path / "local.json"
    record.write_text(text)
    make_true(record, {**NOTHING, "REST API": ["api1"]})
    assert json.loads(record.read_text())["resources"][0]["rest_api_id"] == "api1"


def test_a_checkout_that_never_deployed_gets_a_record(tmp_path: Path) -> None:
    make_true(tmp_path / "deployed" / "local.json", NOTHING)
    assert json.loads((tmp_path / "deployed" / "local.json").read_text())["resources"] == []
