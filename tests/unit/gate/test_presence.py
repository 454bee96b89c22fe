"""Whether the bar is there: one look that finds nothing is no news yet."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from deployer.problem import Problem
from gate import presence
from gate.bar import Bar
from gate.network.upstream import Upstream
from gate.presence import ANEW, BACK, GONE, Presence
from tests.support.rooms import BAR

OTHER = replace(BAR, client_id="another")


class Answering:
    """A bar that answers to whoever finds it."""

    async def configuration(self, bar: Bar) -> dict[str, str]:
        return {}


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([BAR, BAR], [None, None]),
        ([BAR, None, BAR], [None, None, None]),
        ([BAR, None, None, None, BAR], [None, None, GONE, None, BACK]),
        ([BAR, OTHER, OTHER], [None, ANEW, None]),
        ([BAR, None, None, OTHER], [None, None, GONE, BACK]),
    ],
)
def test_changes_are_told_once(
    found: Sequence[Bar | None], told: Sequence[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = iter([BAR, *found])

    def read(_: Path) -> Bar:
        bar = next(looks)
        if bar is None:
            raise Problem("there is none")
        return bar

    async def look() -> list[str | None]:
        watching = Presence(Path("outputs.json"), cast("Upstream", Answering()))
        await watching.first_look()
        return [await watching.look() for _ in found]

    monkeypatch.setattr(presence, "read_bar", read)
    assert asyncio.run(look()) == told
