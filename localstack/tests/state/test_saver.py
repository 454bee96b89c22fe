"""What is written when: after calls that may change something, whole, and once more at the end."""

import time
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from local_cloud.plugins.state import saver
from local_cloud.plugins.state.saver import Saver, may_change
from tenacity import retry, stop_after_delay, wait_fixed


class Snapshot:
    """Notes what it is to save; a service named `bad` cannot be."""

    def __init__(self) -> None:
        self.saved: list[str] = []

    def save(self, service: Any) -> None:
        self.saved.append(service.name())
        if service.name() == "bad":
            raise TypeError("it has a socket")


def service(name: str) -> Any:
    return SimpleNamespace(name=lambda: name)


@pytest.fixture
def snapshot() -> Snapshot:
    return Snapshot()


def saving(snapshot: Any, *names: str) -> Saver:
    return Saver(snapshot, lambda: map(service, names))


@pytest.mark.parametrize("name", ["GetRecords", "DescribeTable", "ListQueues", "BatchGetItem", "Query", "Scan"])
def test_reading_changes_nothing(name: str) -> None:
    assert not may_change(name)


@pytest.mark.parametrize("name", [None, "PutObject", "ReceiveMessage", "InitiateAuth", "Invoke", "StartExecution"])
def test_all_else_may(name: str | None) -> None:
    assert may_change(name)


def test_a_service_that_cannot_be_kept_is_told_of_once_and_keeps_no_other_from_it(
    snapshot: Snapshot, caplog: pytest.LogCaptureFixture
) -> None:
    keeping = saving(snapshot, "bad", "sqs")
    for _ in range(2):
        keeping._save()
    assert snapshot.saved == ["bad", "sqs"] * 2
    (told,) = caplog.records
    assert "the state of bad cannot be kept" in told.getMessage()


def test_a_call_is_followed_by_a_look_and_silence_by_none(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saver, "INTERVAL_S", 0.01)
    monkeypatch.setattr(saver, "ECHO_S", -1.0)  # nothing goes on by itself
    keeping = saving(snapshot, "sqs")
    keeping.start()
    keeping.finish()
    assert snapshot.saved == ["sqs"]  # the last look


@retry(wait=wait_fixed(0.01), stop=stop_after_delay(60), reraise=True)
def call_until_looks_were_taken(keeping: Saver, snapshot: Snapshot) -> None:
    keeping.note_call()
    assert len(snapshot.saved) > 3


def test_looks_go_on_while_calls_come(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saver, "INTERVAL_S", 0.01)
    keeping = saving(snapshot, "sqs")
    keeping.start()
    call_until_looks_were_taken(keeping, snapshot)
    keeping.finish()


def test_a_machine_that_others_keep_busy_makes_looks_no_rarer(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = count(0.0, 1000.0)  # each look takes a quarter of an hour, and hardly any of the processor's time
    slow = SimpleNamespace(monotonic=lambda: next(clock), thread_time=time.thread_time)
    monkeypatch.setattr(saver, "time", slow)
    monkeypatch.setattr(saver, "INTERVAL_S", 0.01)
    monkeypatch.setattr(saver, "ECHO_S", float("inf"))
    keeping = saving(snapshot, "sqs")
    keeping.start()
    call_until_looks_were_taken(keeping, snapshot)
    keeping.finish()


def test_the_end_is_not_slept_through_whenever_it_comes(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saver, "INTERVAL_S", 0.0)
    monkeypatch.setattr(saver, "ECHO_S", -1.0)  # each look at the clock says that all is quiet
    for _ in range(200):
        keeping = saving(snapshot, "sqs")
        keeping.start()
        keeping.finish()
    assert snapshot.saved == ["sqs"] * 200
