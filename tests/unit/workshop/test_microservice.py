"""The stamp card as its learner meets it: whole at each step, with tests that notice and policies that are judged."""

import ast
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from deployer.json_source import JsonSource
from simulator.probe.permissions import Done
from tests.support.house_rules import keeps_the_house_rules
from tests.support.walking import finding_of, told_by, tried_in
from tests.unit.workshop.test_syllabus import no_cloud, no_pattern
from workshop.attempt import Attempt
from workshop.checks.microservice_rights import judge
from workshop.finding import DoesNotHold, Verdict
from workshop.learners_folder import LearnersFolder
from workshop.microservice import STAMPS, WAITS, Microservice
from workshop.modules import module
from workshop.running import finished


def steps_of(one: Microservice) -> list[str]:
    """The steps in which it is built."""
    return [step.name for step in module(one.module).steps]


def named(value: object) -> str:
    return str(getattr(value, "folder", value))


MODULE = module("3")
FOLDER = STAMPS.folder
ALL = (STAMPS, WAITS)
STEPS = [(one, step) for one in ALL for step in (one.beginning, *steps_of(one))]
TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/serverlesspresso-stamps"
ANYWHERE = "arn:aws:dynamodb:*:*:table/serverlesspresso-stamps"
PUT = Done("dynamodb:PutItem", TABLE)


@pytest.fixture
def folder(tmp_path: Path) -> LearnersFolder:
    return LearnersFolder(tmp_path / "my-bar")


@pytest.mark.parametrize(("one", "step"), STEPS, ids=named)
def test_at_each_step_every_file_can_be_read_and_none_shows_how_it_was_cut(one: Microservice, step: str) -> None:
    for name, text in one.after(step).items():
        if name.endswith(".py"):
            ast.parse(text)
            assert [mark for mark in ("# learner", "# until then") if mark in text] == []
        if name.endswith(".json"):
            json.loads(text)


@pytest.mark.parametrize("one", ALL, ids=named)
def test_no_file_of_the_finished_project_is_kept_from_the_learner(one: Microservice) -> None:
    made = {"__pycache__", ".pytest_cache", "deployed", "deployments", ".mypy_cache", ".ruff_cache"}
    paths = [path for path in one.finished.rglob("*") if path.is_file() and not made.intersection(path.parts)]
    assert {f"{one.folder}/{path.relative_to(one.finished).as_posix()}" for path in paths} == one.after(
        one.wired
    ).keys()


def test_the_finished_rule_passes_its_tests_and_these_notice_each_card_that_counts_wrongly(
    folder: LearnersFolder,
) -> None:
    folder.put(dict(STAMPS.after("3-1")))
    trial = tried_in(folder, MODULE, "3-2", no_pattern, no_cloud)
    held = [result.title for result in trial.results if result.verdict is Verdict.HOLDS]
    assert held == [check.title for check in MODULE.steps[0].checks], told_by(finding_of(trial))


def test_a_loop_in_the_learners_tests_is_no_loop_of_ours(
    folder: LearnersFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.put(dict(STAMPS.after("3-1")))
    folder.put({f"{FOLDER}/tests/test_card.py": "def test_it() -> None:\n    while True:\n        pass\n"})
    monkeypatch.setattr("workshop.checks.microservice_files._LASTS_AT_MOST_S", 1)
    finding = finding_of(tried_in(folder, MODULE, "3-1", no_pattern, no_cloud))
    assert "were not over after 1 seconds" in finding.seen


def test_where_the_learner_calls_a_full_card_otherwise_tests_that_do_not_look_are_told(folder: LearnersFolder) -> None:
    card, tests = (f"{FOLDER}/{name}" for name in ("chalicelib/card.py", "tests/test_card.py"))
    solved = STAMPS.after("3-1")
    looks_away = (
        "from chalicelib.card import Card, card\n\n\ndef test_it() -> None:\n    assert card([]) == Card(0, 0)\n"
    )
    folder.put({**solved, card: solved[card].replace("FULL", "DRINKS"), tests: looks_away})
    finding = finding_of(tried_in(folder, MODULE, "3-1", no_pattern, no_cloud))
    assert "also passes on a card that counts a drink twice" in finding.seen


def test_tests_that_cannot_be_run_have_noticed_nothing(folder: LearnersFolder) -> None:
    card, tests = (f"{FOLDER}/{name}" for name in ("chalicelib/card.py", "tests/test_card.py"))
    solved = {
        name: text.replace("Card", "Stamps") for name, text in STAMPS.after("3-1").items() if name in {card, tests}
    }
    folder.put({**STAMPS.after("3-1"), **solved})
    finding = finding_of(tried_in(folder, MODULE, "3-1", no_pattern, no_cloud))
    assert "cannot be run on a card that counts a drink twice" in finding.seen
    keeps_the_house_rules(finding)


ALLOWED = {"Effect": "Allow", "Action": ["dynamodb:PutItem"], "Resource": ANYWHERE}


@pytest.mark.parametrize(
    ("statements", "line", "told"),
    [
        ([ALLOWED, {**ALLOWED, "Effect": "Deny"}], 11, "Effect of number 2 of Statement of the policy must be"),
        (ALLOWED, 2, "Statement of the policy must be array"),
        ([{"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}], 3, "must contain ['Action']"),
        ([{**ALLOWED, "Action": []}], 5, "Action of number 1 of Statement of the policy must"),
        ([{**ALLOWED, "Condition": {}}], 3, "must not contain {'Condition'}"),
    ],
)
def test_a_policy_that_could_not_be_judged_is_told_by_its_line(
    statements: object, line: int, told: str, folder: LearnersFolder
) -> None:
    file = f"{FOLDER}/.chalice/policy-collect.json"
    folder.put({**STAMPS.after("3-1"), file: json.dumps({"Statement": statements}, indent=2)})
    finding = finding_of(tried_in(folder, MODULE, "3-1", no_pattern, no_cloud))
    assert finding.seen.startswith(f"my-bar/{file}:{line}: ")
    assert told in finding.seen
    keeps_the_house_rules(finding)


def test_a_project_without_an_api_is_told_so(folder: LearnersFolder) -> None:
    file = f"{FOLDER}/.chalice/config.json"
    entry = '"api_handler": {"iam_policy_file": "policy-api.json"},'
    config = STAMPS.after("3-1")[file]
    assert entry in config
    folder.put({**STAMPS.after("3-1"), file: config.replace(entry, "")})
    finding = finding_of(tried_in(folder, MODULE, "3-1", no_pattern, no_cloud))
    assert "no function answers GET /stamps" in finding.seen
    assert entry.rstrip(",") in finding.attempt
    keeps_the_house_rules(finding)


def is_taken(pattern: str, event: str) -> bool:
    """Whether a pattern of plain values and `exists` fits an event."""
    return all_fit(json.loads(pattern), json.loads(event))


def all_fit(pattern: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    return all(
        all_fit(asked, event.get(name, {}))
        if isinstance(asked, dict)
        else (asked == [{"exists": True}] and name in event) or event.get(name) in asked
        for name, asked in pattern.items()
    )


def test_a_rule_that_takes_drinks_of_whoever_is_on_the_bus_is_told(folder: LearnersFolder) -> None:
    file, asked = f"{FOLDER}/rules.json", '"source": ["awsserverlessda.serverlesspresso"],'
    solved = STAMPS.after("3-4")
    assert asked in solved[file]
    reaches = MODULE.steps[-1].checks[0].holds
    folder.put(dict(solved))
    assert reaches(Attempt(folder.root, finished, is_taken, no_cloud)) is None
    folder.put({file: solved[file].replace(asked, "")})
    with pytest.raises(DoesNotHold) as finding:
        reaches(Attempt(folder.root, finished, is_taken, no_cloud))
    assert "collect also gets OrderManager.OrderCompleted of another source" in finding.value.seen
    assert "name the source:" in finding.value.attempt
    keeps_the_house_rules(finding.value)


def policy(*statements: Mapping[str, object]) -> JsonSource:
    allowed = [{"Effect": "Allow", **one} for one in statements]
    return JsonSource("my-bar/stamps/.chalice/policy-collect.json", json.dumps({"Statement": allowed}, indent=2))


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ({"Action": ["dynamodb:Query"], "Resource": ANYWHERE}, "“collect” did dynamodb:PutItem on table/server"),
        ({"Action": ["dynamodb:*"], "Resource": ANYWHERE}, "“collect” may do dynamodb:*; in this run it did"),
        ({"Action": ["dynamodb:PutItem"], "Resource": "*"}, "“collect” may do it on *; in this run it did"),
        ({"Action": ["dynamodb:PutItem", "dynamodb:Query"], "Resource": ANYWHERE}, "may do dynamodb:Query; in this"),
        (
            {"Action": "dynamodb:PutItem", "Resource": [ANYWHERE, f"{ANYWHERE}-old"]},
            f"“collect” may do it on {ANYWHERE}-old; in this run it did dynamodb:PutItem on table/server",
        ),
    ],
)
def test_a_policy_that_is_too_narrow_or_too_wide_is_told(statement: Mapping[str, object], told: str) -> None:
    with pytest.raises(DoesNotHold) as finding:
        judge("collect", policy(statement), {PUT})
    assert told in finding.value.seen
    assert finding.value.where[0].startswith("my-bar/stamps/.chalice/policy-collect.json:")


def test_a_policy_that_fits_holds_and_what_lambda_does_itself_is_no_matter() -> None:
    log = {"Action": ["logs:PutLogEvents"], "Resource": "arn:aws:logs:*:*:log-group:/aws/lambda/*"}
    judge("collect", policy(log, {"Action": "dynamodb:PutItem", "Resource": ANYWHERE}), {PUT})
