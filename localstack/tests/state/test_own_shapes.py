"""A state that holds objects of this package's classes is not read where these have become others."""

from dataclasses import dataclass

import pytest
from local_cloud import kept_state
from local_cloud.kept_state import KeptState
from local_cloud.plugins.state.pickles import OtherVersionError, dumped, loaded

KEPT = {"any": KeptState(1, 2.0)}


def test_what_fits_is_read() -> None:
    assert loaded(dumped(KEPT)) == KEPT


def test_a_dataclass_with_another_field_does_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    @dataclass(frozen=True)
    class Other(KeptState):
        path: str = ""

    state = dumped(KEPT)
    monkeypatch.setattr(kept_state, "KeptState", Other)
    with pytest.raises(OtherVersionError, match="kept_state:KeptState"):
        loaded(state)


def test_nor_does_a_class_that_has_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    state = dumped(KEPT)
    monkeypatch.delattr(kept_state, "KeptState")
    with pytest.raises(OtherVersionError, match="kept_state:KeptState"):
        loaded(state)


def test_another_method_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    state = dumped(KEPT)
    monkeypatch.setattr(KeptState, "__str__", lambda _: "small")
    assert loaded(state) == KEPT
