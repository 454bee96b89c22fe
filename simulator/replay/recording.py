"""A recorded day as a file: JSON lines of `{"detail-type", "time", "detail"}`. Knows the form, not what it means."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chalicelib.envelope import delivered

FIELDS = ("detail-type", "time", "detail")


class BadRecording(Exception):
    """The file is no recording; the message names the line and what is wrong with it."""


@dataclass(frozen=True)
class Recorded:
    """One event.

    Attributes:
        at: when it happened, ms since 1970.
    """

    detail_type: str
    at: int
    detail: dict[str, Any]


def read_recording(path: Path) -> list[Recorded]:
    """All events of the file, earliest first; a queue may have brought them in another order.

    Raises:
        BadRecording: names the line, or says that there is none.
        OSError: it cannot be read.
    """
    try:
        events = list(parsed(path.read_text(encoding="utf-8").splitlines()))
    except UnicodeDecodeError as error:
        raise BadRecording(f"{path} is no text") from error
    except BadRecording as error:
        raise BadRecording(f"{path}, {error}") from error
    if not events:
        raise BadRecording(f"{path} holds no event")
    return sorted(events, key=lambda event: event.at)


def parsed(lines: Iterable[str]) -> Iterable[Recorded]:
    """The events in the lines; fields that are not ours are left alone, as are empty lines.

    Raises:
        BadRecording: names the line.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _event(json.loads(line))
            except (ValueError, TypeError) as error:
                raise BadRecording(f"line {number}: {error}") from error


def _event(envelope: Any) -> Recorded:
    if not isinstance(envelope, Mapping):
        raise TypeError("not a JSON object")
    for name, kind in zip(FIELDS, (str, str, Mapping), strict=True):
        if not isinstance(envelope.get(name), kind):
            raise TypeError(f"{name} is missing or of another type than {kind.__name__}")
    event = delivered({"id": "", **envelope})
    return Recorded(event.detail_type, event.at, dict(event.detail))


def as_line(envelope: Mapping[str, Any]) -> str:
    """An event, as EventBridge delivers it, as a line of a recording."""
    return json.dumps({name: envelope[name] for name in FIELDS}) + "\n"
