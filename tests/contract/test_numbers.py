"""The order numbers' store: from one each day, and never one twice."""

from chalicelib.bar import Bar
from tests.support.together import together


def test_q12_a_new_shop_begins_with_one_without_a_row_beforehand(stores: Bar, event_id: str) -> None:
    assert [stores.numbers.next(event_id, "2026-11-22") for _ in range(3)] == [1, 2, 3]


def test_q13_every_day_begins_with_one_and_shops_are_counted_apart(stores: Bar, event_id: str) -> None:
    stores.numbers.next(event_id, "2026-11-22")
    assert stores.numbers.next(event_id, "2026-11-23") == 1
    assert stores.numbers.next(f"{event_id}-2", "2026-11-22") == 1


def test_twenty_at_once_get_twenty_numbers(stores: Bar, event_id: str) -> None:
    outcomes = together(20, lambda _: stores.numbers.next(event_id, "2026-11-22"))
    assert sorted(outcomes.results) == list(range(1, 21))
