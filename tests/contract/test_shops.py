"""The shops' store: places at the bar are taken once, freed once, and never more than there are."""

from dataclasses import replace

import pytest

from chalicelib.bar import Bar
from chalicelib.errors import Conflict, NotFound
from chalicelib.shop.model import Shop
from tests.support.orders import SHOP
from tests.support.together import together


def opened(stores: Bar, event_id: str, limit: int = 20, *, store_open: bool = True) -> Shop:
    shop = replace(SHOP, event_id=event_id, max_orders_in_queue=limit, store_open=store_open, time_zone="Asia/Tokyo")
    assert stores.shops.create(shop)
    return shop


def take(stores: Bar, event_id: str, order_id: str) -> None:
    stores.commit(stores.shops.take_place(event_id, order_id))


def free(stores: Bar, event_id: str, order_id: str) -> None:
    stores.commit(stores.shops.free_place(event_id, order_id))


def test_a_shop_comes_back_as_it_was(stores: Bar, event_id: str) -> None:
    shop = opened(stores, event_id, 7)
    assert stores.shops.get(event_id) == shop
    assert event_id in set(stores.shops.ids())


def test_q13_a_shop_is_not_made_anew_over_an_old_one(stores: Bar, event_id: str) -> None:
    shop = opened(stores, event_id)
    take(stores, event_id, "o1")
    assert not stores.shops.create(replace(shop, store_open=False, menu=()))
    assert stores.shops.get(event_id) == shop
    assert stores.shops.places(event_id) == {"o1"}


def test_an_unknown_shop_is_not_found(stores: Bar, event_id: str) -> None:
    with pytest.raises(NotFound):
        stores.shops.get(event_id)
    with pytest.raises(NotFound):
        take(stores, event_id, "o1")
    with pytest.raises(NotFound):
        free(stores, event_id, "o1")
    assert stores.shops.places(event_id) == frozenset()


def test_q28_changing_an_unknown_shop_makes_none(stores: Bar, event_id: str) -> None:
    with pytest.raises(NotFound):
        stores.shops.configure(event_id, {"storeOpen": True})
    with pytest.raises(NotFound):
        stores.shops.get(event_id)


def test_settings_change_and_places_stay(stores: Bar, event_id: str) -> None:
    shop = opened(stores, event_id)
    take(stores, event_id, "o1")
    changed = stores.shops.configure(event_id, {"storeOpen": False, "maxOrdersInQueue": 3})
    assert changed == stores.shops.get(event_id) == replace(shop, store_open=False, max_orders_in_queue=3)
    assert stores.shops.places(event_id) == {"o1"}


def test_a_place_is_taken_once_however_often(stores: Bar, event_id: str) -> None:
    opened(stores, event_id, 1)
    for _ in range(3):
        take(stores, event_id, "o1")
    assert stores.shops.places(event_id) == {"o1"}


def test_a_place_given_back_twice_frees_nobody_elses(stores: Bar, event_id: str) -> None:
    opened(stores, event_id)
    take(stores, event_id, "o1")
    take(stores, event_id, "o2")
    for _ in range(2):
        free(stores, event_id, "o1")
    assert stores.shops.places(event_id) == {"o2"}


def test_a_full_bar_has_room_again_when_an_order_is_out(stores: Bar, event_id: str) -> None:
    opened(stores, event_id, 1)
    take(stores, event_id, "o1")
    with pytest.raises(Conflict) as refused:
        take(stores, event_id, "o2")
    assert refused.value.code == "BarFull"
    free(stores, event_id, "o1")
    take(stores, event_id, "o2")
    assert stores.shops.places(event_id) == {"o2"}


def test_a_recalled_order_has_its_place_again_though_the_bar_is_full_and_closed(stores: Bar, event_id: str) -> None:
    opened(stores, event_id, 1)
    take(stores, event_id, "o1")
    stores.shops.configure(event_id, {"storeOpen": False})
    for _ in range(2):
        stores.commit(stores.shops.take_place_again(event_id, "o2"))
    assert stores.shops.places(event_id) == {"o1", "o2"}
    with pytest.raises(NotFound):
        stores.commit(stores.shops.take_place_again(f"{event_id}-gone", "o2"))


def test_a_bar_without_places_is_always_full(stores: Bar, event_id: str) -> None:
    opened(stores, event_id, 0)
    with pytest.raises(Conflict) as refused:
        take(stores, event_id, "o1")
    assert refused.value.code == "BarFull"


def test_a_closed_shop_gives_no_place_even_where_there_is_room(stores: Bar, event_id: str) -> None:
    opened(stores, event_id, store_open=False)
    with pytest.raises(Conflict) as refused:
        take(stores, event_id, "o1")
    assert refused.value.code == "ShopClosed"


def test_a_lower_limit_counts_at_once_and_takes_nobodys_place(stores: Bar, event_id: str) -> None:
    opened(stores, event_id, 3)
    for order_id in ("o1", "o2", "o3"):
        take(stores, event_id, order_id)
    stores.shops.configure(event_id, {"maxOrdersInQueue": 2})
    take(stores, event_id, "o1")
    free(stores, event_id, "o3")
    with pytest.raises(Conflict):
        take(stores, event_id, "o4")
    assert stores.shops.places(event_id) == {"o1", "o2"}


def test_q2_of_twenty_at_once_exactly_as_many_as_there_are_places_get_one(stores: Bar, event_id: str) -> None:
    opened(stores, event_id, 7)
    outcomes = together(20, lambda number: take(stores, event_id, f"o{number}"))
    assert (len(outcomes.results), outcomes.codes) == (7, {"BarFull"})
    assert len(stores.shops.places(event_id)) == 7


def test_a_shop_can_be_closed_in_a_rush(real: Bar, event_id: str) -> None:
    """A write beside transactions on the same row waits for them."""
    opened(real, event_id, 100)

    def rush(number: int) -> None:
        if number % 5:
            take(real, event_id, f"o{number}")
        else:
            real.shops.configure(event_id, {"maxOrdersPerUser": number})

    assert together(20, rush).errors == []
    assert len(real.shops.places(event_id)) == 16
