"""Rules about files are about files that there are."""

import pytest

from tests.architecture.source import ROOT, modules, offenders, programs


@pytest.mark.parametrize("place", ["cellar", "chalicelib/nothing", "docs", "orders.py"])
def test_a_rule_about_a_place_without_any_code_fails(place: str) -> None:
    with pytest.raises(LookupError, match=f"no Python in {place}"):
        modules("chalicelib", place)
    with pytest.raises(LookupError):
        offenders(lambda _: False, place)


def test_no_folder_of_the_bars_code_is_forgotten() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert set(programs()) == packages
    assert "upkeep" in programs()


def test_a_module_in_two_places_is_looked_at_once() -> None:
    assert modules("chalicelib", "chalicelib/orders") == modules("chalicelib")
