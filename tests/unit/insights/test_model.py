"""The day in numbers."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.insights.model import Fact, average_seconds, figures, percentile

MIDNIGHT_UTC = 1_700_006_400_000  # 2023-11-15
NOW = MIDNIGHT_UTC + 60_000
HOUR = 3_600_000


def order(number: int, seconds: int | None = None, state: str = "COMPLETED", *, hour: int = 0) -> Fact:
    """Submitted at once, claimed after a second, ready after that many more."""
    start = MIDNIGHT_UTC + hour * HOUR
    ready = start + 1_000 + seconds * 1_000 if seconds is not None else None
    made = start + 1_000 if ready else None
    return Fact(f"o{number}", state, "Latte", ("Oat",), start, start, made, ready)


def test_a_day_without_orders_is_all_zeros() -> None:
    empty = figures([], "UTC", NOW)
    assert (empty["orders"], empty["byState"], empty["byDrink"]) == (0, {}, {})
    assert empty["waits"]["total"] == {"orders": 0, "p50": None, "p95": None}
    assert empty["byHour"] == [{"hour": hour, "orders": 0} for hour in range(24)]


def test_orders_are_counted_by_state_drink_and_modifier() -> None:
    day = figures(
        [order(1, 10), order(2, None, "CANCELLED"), Fact("o3", "CREATED", created_ts=MIDNIGHT_UTC)], "UTC", NOW
    )
    assert day["orders"] == 3
    assert day["byState"] == {"CANCELLED": 1, "COMPLETED": 1, "CREATED": 1}
    assert (day["byDrink"], day["byModifier"]) == ({"Latte": 2}, {"Oat": 2})


def test_q59_only_completed_orders_count_towards_the_waits() -> None:
    claimed = replace(order(4, 10), made_ts=MIDNIGHT_UTC + 900_000, completed_ts=None)
    begun = [replace(claimed, order_id=state, state=state) for state in ("CANCELLED", "FAILED")]
    waits = figures([order(1, 10), order(2, 30), order(3, None, "CANCELLED"), *begun], "UTC", NOW)["waits"]
    assert waits["making"] == {"orders": 2, "p50": 20.0, "p95": 29.0}
    assert waits["total"] == {"orders": 2, "p50": 21.0, "p95": 30.0}
    assert waits["queue"] == {"orders": 2, "p50": 1.0, "p95": 1.0}


def test_who_waits_in_the_queue_now_counts_with_the_wait_so_far() -> None:
    waiting = replace(order(2), state="SUBMITTED")
    claimed = replace(order(3), state="IN_PRODUCTION", made_ts=MIDNIGHT_UTC + 30_000)
    waits = figures([order(1, 10), waiting, claimed], "UTC", NOW)["waits"]
    assert waits["queue"] == {"orders": 3, "p50": 30.0, "p95": 57.0}
    assert waits["making"]["orders"] == waits["total"]["orders"] == 1


def test_an_hour_is_the_shops_hour() -> None:
    madrid = figures([order(1, hour=0), order(2, hour=0), order(3, hour=5)], "Europe/Madrid", NOW)["byHour"]
    assert {entry["hour"]: entry["orders"] for entry in madrid if entry["orders"]} == {1: 2, 6: 1}


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [([], 50, None), ([4.0], 95, 4.0), ([1.0, 2.0], 50, 1.5), ([1.0, 2.0, 3.0, 4.0, 5.0], 50, 3.0)],
)
def test_percentiles(values: list[float], percent: int, expected: float | None) -> None:
    assert percentile(values, percent) == expected


@given(st.lists(st.floats(0, 10_000), min_size=1))
def test_a_percentile_lies_between_the_least_and_the_most_and_p95_is_not_below_p50(values: list[float]) -> None:
    values.sort()
    p50, p95 = percentile(values, 50), percentile(values, 95)
    assert p50 is not None
    assert p95 is not None
    assert values[0] - 0.001 <= p50 <= p95 + 0.001 <= values[-1] + 0.002


def test_q59_the_average_is_of_completed_orders() -> None:
    assert average_seconds([order(1, 9), order(2, 19), order(3)]) == 15.0
    assert average_seconds([order(3)]) is None
    assert average_seconds([]) is None


def test_a_clock_that_went_backwards_makes_no_negative_wait() -> None:
    backwards = Fact("o1", "COMPLETED", "Latte", (), 5_000, 5_000, 4_000, 3_000)
    assert figures([backwards], "UTC", NOW)["waits"]["total"]["orders"] == 0
