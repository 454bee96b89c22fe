"""The stamp card as its learner meets it: whole at each step, with tests that notice and policies that are judged."""

import ast
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from deployer.json_source import JsonSource
from simulator.probe.permissions import Done
from tests.support.walking import finding_of, told_by, tried_in
from tests.unit.workshop.test_syllabus import no_cloud, no_pattern
from workshop.checks.microservice_rights import judge
from workshop.finding import DoesNotHold, Verdict
from workshop.learners_folder import LearnersFolder
from workshop.microservice import BEGINNING, FINISHED, FOLDER, stamps_after
from workshop.modules import module

STAMPS = module("3")
STEPS = (BEGINNING, *(step.name for step in STAMPS.steps))
TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/serverlesspresso-stamps"
ANYWHERE = "arn:aws:dynamodb:*:*:table/serverlesspresso-stamps"
PUT = Done("dynamodb:PutItem", TABLE)


@pytest.fixture
def folder(tmp_path: Path) -> LearnersFolder:
    return LearnersFolder(tmp_path / "my-bar")


@pytest.mark.parametrize("step", STEPS)
def test_at_each_step_every_file_can_be_read_and_none_shows_how_it_was_cut(step: str) -> None:
    for name, text in stamps_after(step).items():
        if name.endswith(".py"):
            ast.parse(text)
            assert [mark for mark in ("# learner", "# until then") if mark in text] == []
        if name.endswith(".json"):
            json.loads(text)


def test_no_file_of_the_finished_project_is_kept_from_the_learner() -> None:
    made = {"__pycache__", ".pytest_cache", "deployed", "deployments", ".mypy_cache", ".ruff_cache"}
    paths = [path for path in FINISHED.rglob("*") if path.is_file() and not made.intersection(path.parts)]
    assert {f"{FOLDER}/{path.relative_to(FINISHED).as_posix()}" for path in paths} == stamps_after("3-4").keys()


def test_the_finished_rule_passes_its_tests_and_these_notice_each_card_that_counts_wrongly(
    folder: LearnersFolder,
) -> None:
    folder.put(dict(stamps_after("3-1")))
    trial = tried_in(folder, STAMPS, "3-2", no_pattern, no_cloud)
    held = [result.title for result in trial.results if result.verdict is Verdict.HOLDS]
    assert held == [check.title for check in STAMPS.steps[0].checks], told_by(finding_of(trial))


def test_a_loop_in_the_learners_tests_is_no_loop_of_ours(
    folder: LearnersFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.put(dict(stamps_after("3-1")))
    folder.put({f"{FOLDER}/tests/test_card.py": "def test_it() -> None:\n    while True:\n        pass\n"})
    monkeypatch.setattr("workshop.checks.microservice_files._LASTS_AT_MOST_S", 1)
    finding = finding_of(tried_in(folder, STAMPS, "3-1", no_pattern, no_cloud))
    assert "were not over after 1 seconds" in finding.seen


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
