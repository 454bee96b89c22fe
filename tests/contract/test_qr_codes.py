"""The QR codes' store: one code for everybody who asks, and as many orders as it has drinks."""

import pytest

from chalicelib.bar import Bar
from chalicelib.errors import Conflict
from chalicelib.qr_codes.model import Bucket
from tests.support.orders import BUCKET
from tests.support.together import together


def shown(stores: Bar, event_id: str, drinks: int = 10, code: str = "code") -> Bucket:
    return stores.qr_codes.get_or_create(Bucket(event_id, BUCKET, code, drinks))


def left(stores: Bar, event_id: str, limit: int = 10) -> int:
    (bucket,) = stores.qr_codes.find(event_id, [BUCKET], limit)
    return bucket.drinks_left


def spend(stores: Bar, bucket: Bucket) -> None:
    stores.commit(stores.qr_codes.spend_drink(bucket))


def test_the_first_who_asks_makes_the_code_and_everybody_gets_it(stores: Bar, event_id: str) -> None:
    first = shown(stores, event_id, 10, "first")
    assert shown(stores, event_id, 10, "second") == first
    assert stores.qr_codes.find(event_id, [BUCKET], 10) == [first]


def test_a_code_is_for_as_many_as_the_shop_allows_when_it_is_read(stores: Bar, event_id: str) -> None:
    spend(stores, shown(stores, event_id, 10))
    assert [left(stores, event_id, limit) for limit in (10, 3, 1, 0, 99)] == [9, 2, 0, 0, 98]
    assert shown(stores, event_id, 99, "second") == Bucket(event_id, BUCKET, "code", 99, spent=1)


def test_q19_of_ten_displays_at_once_all_show_the_same_code(stores: Bar, event_id: str) -> None:
    outcomes = together(10, lambda number: shown(stores, event_id, 10, f"code-{number}"))
    assert outcomes.errors == []
    assert len({bucket.code for bucket in outcomes.results}) == 1


def test_only_buckets_that_exist_are_found_in_the_order_asked_for(stores: Bar, event_id: str) -> None:
    current = shown(stores, event_id)
    previous = stores.qr_codes.get_or_create(Bucket(event_id, BUCKET - 1, "old", 10))
    assert stores.qr_codes.find(event_id, [BUCKET + 1, BUCKET, BUCKET - 1], 10) == [current, previous]
    assert stores.qr_codes.find("another shop", [BUCKET], 10) == []


def test_q20_of_fifty_scans_at_once_ten_get_a_token(stores: Bar, event_id: str) -> None:
    bucket = shown(stores, event_id, 10)
    outcomes = together(50, lambda _: spend(stores, bucket))
    assert (len(outcomes.results), outcomes.codes) == (10, {"NoTokensRemaining"})
    assert left(stores, event_id) == 0


@pytest.mark.parametrize(("limit", "sold"), [(4, 1), (3, 0), (1, 0), (20, 17)])
def test_q20_another_limit_holds_for_scans_at_once_of_a_code_that_made_three(
    stores: Bar, event_id: str, limit: int, sold: int
) -> None:
    for _ in range(3):
        spend(stores, shown(stores, event_id))
    changed = shown(stores, event_id, limit)
    outcomes = together(20, lambda _: spend(stores, changed))
    assert (len(outcomes.results), outcomes.codes) == (sold, {"NoTokensRemaining"})
    assert left(stores, event_id, limit) == 0


def test_a_code_without_tokens_sells_nothing(stores: Bar, event_id: str) -> None:
    bucket = shown(stores, event_id, 0)
    with pytest.raises(Conflict) as refused:
        spend(stores, bucket)
    assert refused.value.code == "NoTokensRemaining"
    assert left(stores, event_id, 0) == 0


def test_a_bucket_that_is_gone_sells_nothing_and_is_not_made_by_it(stores: Bar, event_id: str) -> None:
    with pytest.raises(Conflict):
        spend(stores, Bucket(event_id, BUCKET, "code", 5))
    with pytest.raises(LookupError):
        stores.commit(stores.qr_codes.refund_drink(event_id, BUCKET))
    assert stores.qr_codes.find(event_id, [BUCKET], 5) == []


def test_what_was_not_spent_cannot_be_given_back(stores: Bar, event_id: str) -> None:
    shown(stores, event_id)
    with pytest.raises(LookupError, match="no drink"):
        stores.commit(stores.qr_codes.refund_drink(event_id, BUCKET))
    assert left(stores, event_id) == 10


def test_a_refunded_token_can_be_spent_again(stores: Bar, event_id: str) -> None:
    bucket = shown(stores, event_id, 1)
    spend(stores, bucket)
    stores.commit(stores.qr_codes.refund_drink(event_id, BUCKET))
    spend(stores, bucket)
    assert left(stores, event_id, 1) == 0


def test_a_row_of_an_earlier_release_sells_nothing(real: Bar, event_id: str) -> None:
    """It counted what was left, not what was spent."""
    real.qr_codes.table.put_item(Item={"eventId": event_id, "bucketId": BUCKET, "code": "code", "availableTokens": 7})
    (bucket,) = real.qr_codes.find(event_id, [BUCKET], 10)
    assert bucket.drinks_left == 0
    with pytest.raises(Conflict, match="all drinks of this code are taken"):
        spend(real, bucket)


def test_a_row_says_in_seconds_when_it_may_go(real: Bar, event_id: str) -> None:
    bucket = shown(real, event_id)
    row = real.qr_codes.table.get_item(Key={"eventId": event_id, "bucketId": BUCKET})["Item"]
    assert row["expiresAt"] == bucket.expires_at < 10**10
