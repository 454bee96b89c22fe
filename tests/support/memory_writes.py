"""Conditional writes in memory: all or nothing, one commit at a time, as DynamoDB's transactions are."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import RLock
from typing import Any, NoReturn, cast

from chalicelib.transactions import Row, Write

ONE_AT_A_TIME = RLock()


def _explained_by_refusal(row: Row | None) -> NoReturn:
    raise AssertionError("a write in memory says itself why it is refused")


@dataclass(frozen=True)
class MemoryWrite(Write):
    """A write on a dictionary.

    Attributes:
        refusal: gives why the write may not happen now; None if it may.
        apply: does it.
    """

    refusal: Callable[[], Exception | None] = field(kw_only=True)
    apply: Callable[[], Any] = field(kw_only=True)


def memory_write(refusal: Callable[[], Exception | None], apply: Callable[[], Any]) -> MemoryWrite:
    """A write that is applied unless it is refused."""
    return MemoryWrite({}, _explained_by_refusal, refusal=refusal, apply=apply)


def commit_in_memory(*writes: Write) -> None:
    """Do all the writes, or none and raise the first refusal."""
    ours = cast("tuple[MemoryWrite, ...]", writes)
    with ONE_AT_A_TIME:
        for write in ours:
            if (refusal := write.refusal()) is not None:
                raise refusal
        for write in ours:
            write.apply()
