"""What keeps one part of the bar from being put in is told, and keeps out no other part."""

import io
from http import HTTPStatus
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from local_cloud.errors import LocalCloudError
from local_cloud.watching.mistake import CloudAwayError
from rich.console import Console

from deployer.overlay import RULES, WORKFLOW, overlay_of
from deployer.pipeline import Pipeline
from deployer.place import Place
from deployer.problem import Problem
from deployer.project import LOCAL, read_project
from deployer.report import Report
from deployer.watching import followed_bar
from deployer.watching.followed_bar import FollowedBar
from deployer.watching.page_build import PageBuild
from tests.architecture.source import ROOT


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path.resolve())
    (tmp_path / ".local").mkdir()
    (tmp_path / WORKFLOW).write_text("{}")
    (tmp_path / RULES).write_text("[]")
    return tmp_path.resolve()


def bar_in(folder: Path, aws: Any) -> FollowedBar:
    """A learner's bar."""

    project = read_project(ROOT, LOCAL, overlay_of(folder))
    pipeline = Pipeline(project, Place("0" * 12, "us-east-1"), aws, Report(Console(file=io.StringIO())))
    return FollowedBar(pipeline, lambda _: pipeline, PageBuild(folder, print), print)


def test_each_parts_mistake_is_told(folder: Path) -> None:
    bar = bar_in(folder, SimpleNamespace())
    (folder / WORKFLOW).write_text("[]")
    (folder / RULES).write_text("[\n")
    with pytest.raises(LocalCloudError) as raised:
        bar.put(frozenset({folder / WORKFLOW, folder / RULES}))
    assert str(raised.value).splitlines() == [
        "workflow.asl.json:1: a state machine's definition is an object: { ... }",
        "✗ rules.json:2: this is not JSON: Expecting value",
    ]


def test_a_cloud_that_is_not_there_is_told_in_words(folder: Path) -> None:
    def nobody(**_: str) -> None:
        raise EndpointConnectionError(endpoint_url="http://127.0.0.1:1/")

    nowhere = SimpleNamespace(validate_state_machine_definition=nobody)
    bar = bar_in(folder, SimpleNamespace(stepfunctions=nowhere))
    with pytest.raises(CloudAwayError, match=r"127\.0\.0\.1:1/ does not answer"):
        bar.put(frozenset({folder / WORKFLOW}))


@pytest.mark.parametrize(
    ("status", "kind"), [(HTTPStatus.BAD_REQUEST, LocalCloudError), (HTTPStatus.SERVICE_UNAVAILABLE, CloudAwayError)]
)
def test_a_cloud_that_is_not_ready_is_told_from_one_that_refuses(
    folder: Path, status: HTTPStatus, kind: type[LocalCloudError]
) -> None:
    def refuse(**_: str) -> None:
        answer: Any = {"Error": {"Code": "Any"}, "ResponseMetadata": {"HTTPStatusCode": status}}
        raise ClientError(answer, "ValidateStateMachineDefinition")

    refusing = SimpleNamespace(validate_state_machine_definition=refuse)
    with pytest.raises(LocalCloudError) as raised:
        bar_in(folder, SimpleNamespace(stepfunctions=refusing)).put(frozenset({folder / WORKFLOW}))
    assert raised.type is kind


@pytest.mark.parametrize(("answers", "kind"), [(True, LocalCloudError), (False, CloudAwayError)])
def test_steps_that_fail_are_the_clouds_fault_where_it_does_not_answer_afterwards(
    folder: Path, monkeypatch: pytest.MonkeyPatch, answers: bool, kind: type[LocalCloudError]
) -> None:
    def fail(*_: object) -> None:
        raise ExceptionGroup("some steps failed", [Problem("it broke", "", "update rule mine")])

    monkeypatch.setattr(followed_bar, "check_workflow", fail)
    monkeypatch.setattr(followed_bar, "is_ready", lambda _: answers)
    with pytest.raises(LocalCloudError, match="update rule mine: it broke") as raised:
        bar_in(folder, SimpleNamespace()).put(frozenset({folder / WORKFLOW}))
    assert raised.type is kind


def test_what_does_not_count_does_nothing(folder: Path) -> None:
    bar_in(folder, SimpleNamespace()).put(frozenset({folder / "notes.txt"}))
