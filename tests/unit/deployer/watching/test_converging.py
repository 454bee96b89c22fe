"""What a watched bar is deployed by: alone, and only when who follows may still do so."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from rich.console import Console

from deployer.overlay import NO_OVERLAY
from deployer.pipeline import Pipeline
from deployer.problem import Problem
from deployer.project import LOCAL, read_project
from deployer.report import Report
from deployer.watching.command import converging
from tests.architecture.source import ROOT


def test_nothing_is_deployed_where_it_may_not_be_which_is_seen_when_nobody_else_can_begin(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    did = list[str]()

    class Way:
        @contextmanager
        def alone(self) -> Iterator[None]:
            did.append("alone")
            yield

        def plan_up(self) -> None:
            did.append("plan")

    def refuse() -> None:
        did.append("look")
        raise Problem("another folder")

    monkeypatch.setattr(Pipeline, "of", lambda *_: Way())
    converge = converging(read_project(Path(ROOT), LOCAL, NO_OVERLAY), Report(Console(file=io.StringIO())))
    with pytest.raises(Problem, match="another folder"):
        converge(refuse)
    assert did == ["alone", "look"]
