"""The learner's predictions of a rush, `rush.toml`, as far as they are written after each step."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from workshop.regions import built_upto

NAME = "rush.toml"
BEGINNING = "5a-0"  # before the first step
_FINISHED = Path(__file__).parent / "rush" / NAME


@cache
def rush_after(step: str) -> Mapping[str, str]:
    """The file after a step, by its name in the learner's folder.

    Args:
        step: such as `5a-1`; `BEGINNING` for the one with which the module begins.
    """
    return {NAME: built_upto(_FINISHED.read_text(encoding="utf-8"), step)}
