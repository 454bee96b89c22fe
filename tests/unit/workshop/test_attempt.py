"""What an attempt has begun is ended, whatever else goes wrong at its end."""

from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest

from simulator.probe import recorded_calls
from tests.unit.workshop.test_syllabus import no_cloud, no_pattern
from workshop.attempt import Attempt
from workshop.checks.microservice import RunningMicroservice
from workshop.microservice import STAMPS
from workshop.running import finished


def fail() -> None:
    raise ConnectionError("the bar is gone")


def test_calls_are_written_down_no_more_also_where_the_scenes_cannot_be_ended(tmp_path: Path) -> None:
    ended: list[bool] = []
    attempt = Attempt(tmp_path, finished, no_pattern, no_cloud)
    vars(attempt)["bar"] = SimpleNamespace(stage=SimpleNamespace(curtain=Event(), clear=fail))
    vars(attempt)["_services"] = {STAMPS: SimpleNamespace(end=lambda: ended.append(True))}
    with pytest.raises(ConnectionError), attempt.clearing():
        pass
    assert ended == [True]


def test_calls_that_a_killed_check_left_written_down_are_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    record: list[str] | None = ["a call of the code before"]

    def begin(_: str) -> None:
        nonlocal record
        record = record or []

    def end(_: str) -> None:
        nonlocal record
        record = None

    monkeypatch.setattr(recorded_calls, "begin", begin)
    monkeypatch.setattr(recorded_calls, "end", end)
    nothing = SimpleNamespace(endpoint_url="")
    RunningMicroservice(STAMPS, nothing, nothing, nothing, nothing).begin()  # type: ignore[arg-type]
    assert record == []
