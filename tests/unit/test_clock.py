"""Time: in milliseconds, and never the same moment twice where the order of two things counts."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.clock import now_ms, strictly_later


def test_the_time_is_in_milliseconds() -> None:
    assert 10**12 < now_ms() < 10**13


@given(st.lists(st.integers(1, 50), min_size=1))
def test_q53_two_moments_are_never_the_same_and_never_swapped(clock: list[int]) -> None:
    """Even when the clock stands still or goes back."""
    moments = iter(clock)
    tick = strictly_later(lambda: next(moments))
    ticks = [tick() for _ in clock]
    assert ticks == sorted(set(ticks))
    assert all(shown >= real for shown, real in zip(ticks, clock, strict=True))
