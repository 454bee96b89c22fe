"""What was broken is written down where a check finds it and nobody reads it by accident, and each has its hints."""

from pathlib import Path

import pytest

from workshop.game_day.breakages import COUNT, breakages
from workshop.game_day.sealed import NAME, Sealed, unseal

BROKEN = Sealed(4, "http://127.0.0.1:1", "2026-11-29T10:00:00+00:00", ["order-1"], ["event-1"])


def test_what_is_sealed_is_read_again_and_forgotten_when_it_is_mended(tmp_path: Path) -> None:
    assert Sealed.in_folder(tmp_path) is None
    BROKEN.seal(tmp_path / "my-bar")
    assert Sealed.in_folder(tmp_path / "my-bar") == BROKEN
    unseal(tmp_path / "my-bar")
    unseal(tmp_path / "my-bar")
    assert Sealed.in_folder(tmp_path / "my-bar") is None


def test_who_opens_the_file_does_not_read_what_was_broken(tmp_path: Path) -> None:
    BROKEN.seal(tmp_path)
    text = (tmp_path / NAME).read_text()
    assert text.startswith("# Sealed: ")
    assert [word for word in ("number", "4", "order-1") if word in text.splitlines()[0]] == []
    assert "order-1" not in text


@pytest.mark.parametrize("spoilt", ["", "# Sealed\n!", "# Sealed\nW10=", "# Sealed\neyJ4IjogMX0="])
def test_a_file_that_somebody_spoilt_is_taken_for_none(tmp_path: Path, spoilt: str) -> None:
    (tmp_path / NAME).write_text(spoilt)
    assert Sealed.in_folder(tmp_path) is None


def test_each_breakage_has_hints_of_its_own_and_the_last_names_what_to_do() -> None:
    hints = [hint for one in breakages() for hint in one.hints]
    assert len(breakages()) == COUNT == len({one.title for one in breakages()})
    assert len({*hints}) == len(hints)
    assert all(len(one.hints) >= 3 for one in breakages())
    assert [one.title for one in breakages() if not any(verb in one.hints[-1] for verb in ("awslocal", "make "))] == []
