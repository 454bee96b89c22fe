"""Which letters a command is about: those whose ids were begun, and never more than were asked for."""

from collections.abc import Sequence
from datetime import UTC, datetime

import click
import pytest

from upkeep.__main__ import chosen
from upkeep.dead_letter import DeadLetter, Unknown

LETTERS = [
    DeadLetter(message_id, "r", datetime.fromtimestamp(7, UTC), "f", "why", Unknown(), "{}")
    for message_id in ("ab12", "ab34", "cd56")
]


@pytest.mark.parametrize(
    ("ids", "found"),
    [
        ([], ["ab12", "ab34", "cd56"]),
        (["ab12"], ["ab12"]),
        (["ab"], ["ab12", "ab34"]),
        (["cd", "ab34", "ab"], ["ab12", "ab34", "cd56"]),
    ],
)
def test_letters_are_chosen_by_how_their_ids_begin_and_each_once(ids: Sequence[str], found: list[str]) -> None:
    assert [letter.message_id for letter in chosen(LETTERS, ids)] == found


@pytest.mark.parametrize("ids", [["b12"], ["ab12", "ef"]])
def test_an_id_of_no_letter_is_told_and_chooses_nothing(ids: Sequence[str]) -> None:
    with pytest.raises(click.ClickException, match=f"there is no letter {ids[-1]}"):
        chosen(LETTERS, ids)


def test_in_an_empty_queue_all_letters_are_none() -> None:
    assert chosen([], []) == []
