"""The file of a recorded day: what is written can be read, and what is no recording is refused with its line."""

import json
from pathlib import Path
from typing import Any

import pytest

from simulator.replay.recording import BadRecording, Recorded, as_line, parsed, read_recording

ENVELOPE: dict[str, Any] = {
    "version": "0",
    "id": "17793124-05d4-b198-2fde-7ededc63b103",
    "detail-type": "OrderManager.OrderCompleted",
    "source": "awsserverlessda.serverlesspresso",
    "account": "000000000000",
    "time": "2022-10-14T12:52:00Z",
    "region": "us-east-1",
    "resources": [],
    "detail": {"orderId": "order-1", "at": 1_665_751_920_123},
}
SAMPLE = Path(__file__).parents[3] / "simulator" / "recordings" / "busy_ten_minutes.jsonl"


def test_a_line_holds_type_time_and_detail_only_and_can_be_read_again() -> None:
    line = as_line(ENVELOPE)
    assert json.loads(line) == {name: ENVELOPE[name] for name in ("detail-type", "time", "detail")}
    assert line.endswith("}\n")
    assert list(parsed([line])) == [
        Recorded("OrderManager.OrderCompleted", 1_665_751_920_123, {"orderId": "order-1", "at": 1_665_751_920_123})
    ]


def test_events_of_the_original_have_whole_seconds() -> None:
    (event,) = parsed([as_line({**ENVELOPE, "detail": {"orderId": "order-1"}})])
    assert event.at == 1_665_751_920_000


def test_the_file_is_read_in_the_order_of_time_those_of_one_moment_as_written(tmp_path: Path) -> None:
    moments = [3, 1, 2, 1]
    lines = [as_line({**ENVELOPE, "detail": {"at": at, "n": n}}) for n, at in enumerate(moments)]
    path = tmp_path / "day.jsonl"
    path.write_text("\n".join(lines))  # with empty lines
    assert [(event.at, event.detail["n"]) for event in read_recording(path)] == [(1, 1), (1, 3), (2, 2), (3, 0)]


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("{", "line 2: "),
        ("[]", "line 2: not a JSON object"),
        ("5", "line 2: not a JSON object"),
        (json.dumps({**ENVELOPE, "detail": "text"}), "line 2: detail is missing or of another type"),
        (json.dumps({**ENVELOPE, "detail-type": None}), "line 2: detail-type is missing"),
        (json.dumps({"detail-type": "a", "detail": {}}), "line 2: time is missing"),
        (json.dumps({**ENVELOPE, "time": "yesterday"}), "line 2: Invalid isoformat string: 'yesterday'"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, wrong: str) -> None:
    path = tmp_path / "day.jsonl"
    path.write_text(as_line(ENVELOPE) + line)
    with pytest.raises(BadRecording) as refused:
        read_recording(path)
    assert str(refused.value).startswith(f"{path}, {wrong}")


@pytest.mark.parametrize(
    ("content", "wrong"), [(b"", "holds no event"), (b"\n\n", "holds no event"), (b"\xff", "no text")]
)
def test_a_file_without_events_is_refused(tmp_path: Path, content: bytes, wrong: str) -> None:
    path = tmp_path / "day.jsonl"
    path.write_bytes(content)
    with pytest.raises(BadRecording, match=wrong):
        read_recording(path)


def test_the_sample_is_ten_minutes_of_a_busy_bar() -> None:
    events = read_recording(SAMPLE)
    assert 9 * 60_000 < events[-1].at - events[0].at <= 10 * 60_000
    assert len({event.detail["orderId"] for event in events if "orderId" in event.detail}) > 30


def test_the_sample_holds_no_address_no_code_and_no_task_token() -> None:
    text = SAMPLE.read_text().lower()
    assert [secret for secret in ("@", "tasktoken", '"code"', "last_code", "token=", "+1") if secret in text] == []
