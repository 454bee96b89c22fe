"""What `python -m simulator play` and `record` do: the file, the progress, the end by Ctrl-C."""

import secrets
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TextIO

import boto3
from rich.console import Console
from rich.progress import Progress

from simulator.outputs import Outputs
from simulator.replay.casting import about_nobody, in_shop
from simulator.replay.player import Clock, Stage, play, stage
from simulator.replay.recorder import Tape, record, recorder
from simulator.replay.recording import BadRecording, Recorded, read_recording

ALL_WELL, INTERRUPTED = 0, 130  # 130: as a shell says it of a program that Ctrl-C ended


def cast(events: Sequence[Recorded], shop: str | None) -> list[Recorded]:
    """The events as they are to be played, about orders and people of this playing only."""
    playing = secrets.token_hex(3)
    moved = events if shop is None else [in_shop(event, shop) for event in events]
    return [about_nobody(event, playing) for event in moved]


def play_file(
    console: Console, aws: boto3.Session, outputs: Outputs, path: Path, *, shop: str | None, speed: float
) -> int:
    """Play the recording at the path and tell of it; gives the exit code.

    Raises:
        BadRecording: the file is none.
        NotTaken: the bus refused events for too long.
    """
    events = cast(read_recording(path), shop)
    played: list[int] = []
    try:
        _play(console, stage(aws, outputs), events, speed, played)
    except KeyboardInterrupt:
        console.print(f"Stopped after {sum(played)} of {len(events)} events", highlight=False)
        return INTERRUPTED
    return ALL_WELL


def _play(console: Console, stage: Stage, events: Sequence[Recorded], speed: float, played: list[int]) -> None:
    lasts = (events[-1].at - events[0].at) / 1000 / speed
    console.print(f"{len(events)} events in {lasts:.0f} s, onto the bus {stage.bus}", highlight=False)
    with Progress(console=console) as progress:
        row = progress.add_task("Playing", total=len(events))

        def tell(count: int) -> None:
            played.append(count)
            progress.update(row, completed=sum(played))

        play(stage.put, events, speed, tell, Clock())


def record_file(console: Console, aws: boto3.Session, outputs: Outputs, path: Path, minutes: float) -> None:
    """Record the bus for so many minutes, or until Ctrl-C, and tell of it.

    Raises:
        BadRecording: there is such a file already.
    """
    if path.exists():
        raise BadRecording(f"{path} exists already: name another file, or remove it first")
    with _stopped_politely() as stop, recorder(aws, outputs) as tape, path.open("x", encoding="utf-8") as file:
        _record(console, tape, file, minutes * 60, stop)
    console.print(f"{len(tape.heard)} events written to {path}", highlight=False)


def _record(console: Console, tape: Tape, file: TextIO, seconds: float, stop: Event) -> None:
    began = time.monotonic()
    with Progress(console=console) as progress:
        row = progress.add_task("Recording", total=seconds)

        def tell(heard: int) -> None:
            progress.update(row, completed=time.monotonic() - began, description=f"Recording, {heard} events")

        record(tape, file, lambda: stop.is_set() or time.monotonic() - began >= seconds, tell)


@contextmanager
def _stopped_politely() -> Iterator[Event]:
    """Set by Ctrl-C or a kill, instead of an exception that could come between hearing and writing."""
    stop = Event()
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
