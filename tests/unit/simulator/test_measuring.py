"""What is said of measurements: how they spread, and whether they reach their targets."""

import pytest

from simulator.measuring import Figure, Target, stopwatch

ONE_TO_TWENTY = [float(value) for value in reversed(range(1, 21))]


def figure(*targets: Target) -> Figure:
    return Figure("waits", "ms", ONE_TO_TWENTY, targets)


def test_a_spread_is_told_by_its_ends_its_middle_and_what_one_in_twenty_exceeds() -> None:
    assert figure().spread == {"min": 1, "p50": 10.5, "p95": 19, "max": 20}


@pytest.mark.parametrize(
    ("targets", "reached"),
    [
        ((Target("p50", 10.5),), True),
        ((Target("p50", 10),), False),
        ((Target("p50", 11), Target("p95", 19)), True),
        ((Target("p50", 11), Target("p95", 18)), False),
        ((), None),
    ],
)
def test_a_figure_reaches_its_target_when_it_reaches_each(targets: tuple[Target, ...], reached: bool | None) -> None:
    assert figure(*targets).reached is reached


def test_the_file_names_every_target_beside_the_verdict() -> None:
    written = figure(Target("p50", 11), Target("p95", 18)).as_json
    assert (written["target"], written["reached"], written["n"]) == ("p50 ≤ 11, p95 ≤ 18", False, 20)


def test_a_figure_without_a_target_has_no_verdict() -> None:
    assert "reached" not in figure().as_json


def test_what_fails_is_not_timed() -> None:
    values: list[float] = []
    with pytest.raises(KeyError), stopwatch(values):
        raise KeyError
    assert values == []
