"""When events are due: the gaps of the recording, divided by the speed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.replay.schedule import due_now, due_times

MOMENTS = st.lists(st.integers(0, 10**13), min_size=1, max_size=50).map(sorted)
SPEEDS = st.floats(0.01, 1000)


def test_the_first_is_due_at_once_and_the_others_after_their_gaps() -> None:
    assert due_times([5_000, 5_500, 8_000], speed=1) == [0, 0.5, 3]
    assert due_times([5_000, 5_500, 8_000], speed=10) == [0, 0.05, 0.3]


@given(MOMENTS, SPEEDS)
def test_gaps_keep_their_proportions(moments: list[int], speed: float) -> None:
    due = due_times(moments, speed)
    assert due[0] == 0
    assert due == sorted(due)
    assert due[-1] * speed == pytest.approx((moments[-1] - moments[0]) / 1000)


def test_what_is_due_together_goes_together_and_the_future_waits() -> None:
    due = [0, 0, 0, 1, 1, 2]
    assert due_now(due, position=0, elapsed=0, most=10) == 3
    assert due_now(due, position=3, elapsed=0.999, most=10) == 0
    assert due_now(due, position=3, elapsed=1, most=10) == 2


def test_no_more_than_the_most_goes_at_once_also_when_much_is_late() -> None:
    assert due_now([0] * 25, position=0, elapsed=99, most=10) == 10
    assert due_now([0] * 25, position=20, elapsed=99, most=10) == 5


@given(MOMENTS, SPEEDS, st.lists(st.floats(0, 1e12), min_size=1).map(sorted))
def test_everything_goes_exactly_once_in_its_order_and_never_early(
    moments: list[int], speed: float, looks: list[float]
) -> None:
    due, position = due_times(moments, speed), 0
    for elapsed in [*looks, due[-1]]:
        while count := due_now(due, position, elapsed, most=10):
            assert all(moment <= elapsed for moment in due[position : position + count])
            position += count
    assert position == len(due)
