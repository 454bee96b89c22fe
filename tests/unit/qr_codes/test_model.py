"""Which code is shown and which is accepted, to the millisecond."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.errors import Invalid
from chalicelib.qr_codes import model
from chalicelib.qr_codes.model import BUCKET_MS, GRACE_MS, Bucket

START = 5_600_000 * BUCKET_MS
moments = st.integers(0, 10**13)


def bucket(number: int = 5_600_000, code: str = "code") -> Bucket:
    return Bucket("ABC", number, code, 10)


def test_five_minutes_and_fifteen_seconds_of_grace() -> None:
    assert (BUCKET_MS, GRACE_MS) == (300_000, 15_000)


def test_a_bucket_is_shown_from_its_first_millisecond_to_its_last() -> None:
    shown = bucket()
    assert (shown.start_ts, shown.end_ts) == (START, START + 299_999)
    assert model.bucket_id(shown.start_ts - 1) == shown.bucket_id - 1
    assert model.bucket_id(shown.start_ts) == shown.bucket_id
    assert model.bucket_id(shown.end_ts) == shown.bucket_id
    assert model.bucket_id(shown.end_ts + 1) == shown.bucket_id + 1


@pytest.mark.parametrize(
    ("after_the_change", "good"), [(-1, True), (0, True), (GRACE_MS - 1, True), (GRACE_MS, False), (BUCKET_MS, False)]
)
def test_q21_the_previous_code_is_good_for_fifteen_seconds(after_the_change: int, *, good: bool) -> None:
    next_start = START + BUCKET_MS
    assert model.is_good(bucket().bucket_id, next_start + after_the_change) == good


@given(moments)
def test_the_current_code_is_always_good_and_at_most_the_previous_one_with_it(now: int) -> None:
    current = model.bucket_id(now)
    assert model.is_good(current, now)
    assert set(model.good_bucket_ids(now)) <= {current, current - 1}
    assert not model.is_good(current + 1, now)


@given(moments)
def test_every_moment_lies_in_the_bucket_that_is_shown(now: int) -> None:
    shown = bucket(model.bucket_id(now))
    assert shown.start_ts <= now <= shown.end_ts


def test_a_scanned_code_finds_its_bucket() -> None:
    current, previous = bucket(2, "new"), bucket(1, "old")
    assert model.matching([current, previous], "new") is current
    assert model.matching([current, previous], "old") is previous


@pytest.mark.parametrize("code", ["", "other", "NEW", "new ", "né"])
def test_any_other_code_is_invalid(code: str) -> None:
    with pytest.raises(Invalid) as refused:
        model.matching([bucket(1, "new")], code)
    assert refused.value.code == "InvalidCode"


def test_without_a_bucket_no_code_is_valid() -> None:
    with pytest.raises(Invalid):
        model.matching([], "new")


def test_q24_the_bus_gets_the_bucket_without_its_code() -> None:
    shown = {"eventId": "ABC", "availableTokens": 10, "startTs": START, "endTs": START + 299_999}
    assert model.public_view(bucket()) == shown
    assert model.view(bucket()) == {"code": "code", **shown}


@pytest.mark.parametrize(("limit", "spent", "left"), [(10, 0, 10), (10, 9, 1), (10, 10, 0), (3, 5, 0), (0, 0, 0)])
def test_what_is_left_is_what_the_shop_allows_less_what_was_spent(limit: int, spent: int, left: int) -> None:
    assert Bucket("ABC", 1, "code", limit, spent).drinks_left == left


def test_a_row_may_go_a_day_after_its_end_in_the_seconds_that_dynamodb_counts() -> None:
    assert bucket().expires_at == (START + 299_999) // 1000 + 24 * 60 * 60
