"""The customers' store: a customer holds as many live orders as the shop allows, under any number of scans."""

import pytest

from chalicelib.bar import Bar
from chalicelib.errors import Conflict
from chalicelib.orders.customers import Held
from tests.support.together import together


def hold(stores: Bar, user_id: str, event_id: str, order_id: str, limit: int = 1) -> None:
    stores.commit(stores.customers.hold(user_id, event_id, order_id, limit))


def release(stores: Bar, user_id: str, event_id: str, order_id: str) -> None:
    stores.commit(stores.customers.release(user_id, event_id, order_id))


def test_q23_a_second_order_waits_for_the_first(stores: Bar, user_id: str, event_id: str) -> None:
    hold(stores, user_id, event_id, "o1")
    with pytest.raises(Conflict) as refused:
        hold(stores, user_id, event_id, "o2")
    assert refused.value.code == "OrderLimitReached"
    release(stores, user_id, event_id, "o1")
    hold(stores, user_id, event_id, "o2")


def test_q23_of_twenty_scans_of_one_customer_at_once_as_many_as_allowed_are_taken(
    stores: Bar, user_id: str, event_id: str
) -> None:
    outcomes = together(20, lambda number: hold(stores, user_id, event_id, f"o{number}", limit=3))
    assert (len(outcomes.results), outcomes.codes) == (3, {"OrderLimitReached"})


def test_nobody_may_order_where_the_limit_is_zero(stores: Bar, user_id: str, event_id: str) -> None:
    with pytest.raises(Conflict):
        hold(stores, user_id, event_id, "o1", limit=0)


def test_shops_and_customers_are_counted_apart(stores: Bar, user_id: str, event_id: str) -> None:
    hold(stores, user_id, event_id, "o1")
    hold(stores, user_id, f"{event_id}-2", "o2")
    hold(stores, f"{user_id}-2", event_id, "o3")


def test_a_recalled_order_is_held_again_whatever_else_is(stores: Bar, user_id: str, event_id: str) -> None:
    hold(stores, user_id, event_id, "o2")
    for _ in range(2):
        stores.commit(stores.customers.hold_again(user_id, event_id, "o1"))
    assert {held.order_id for held in stores.customers.all_held() if held.user_id == user_id} == {"o1", "o2"}


def test_releasing_twice_or_what_was_not_held_frees_nobody_else(stores: Bar, user_id: str, event_id: str) -> None:
    hold(stores, user_id, event_id, "o1", limit=2)
    hold(stores, user_id, event_id, "o2", limit=2)
    for order_id in ("o1", "o1", "never held"):
        release(stores, user_id, event_id, order_id)
    hold(stores, user_id, event_id, "o3", limit=2)
    with pytest.raises(Conflict):
        hold(stores, user_id, event_id, "o4", limit=2)


def test_a_customer_who_never_held_anything_has_nothing_to_release(stores: Bar, user_id: str, event_id: str) -> None:
    release(stores, user_id, event_id, "o1")  # nothing that is missing may keep an order from ending
    hold(stores, user_id, event_id, "o1")


def test_every_place_of_every_customer_is_found(stores: Bar, user_id: str, event_id: str) -> None:
    kept = [Held(user_id, event_id, "o1"), Held(user_id, event_id, "o2"), Held(f"{user_id}-2", event_id, "o3")]
    released = Held(user_id, f"{event_id}-2", "o4")
    for held in (*kept, released):
        hold(stores, *held, limit=2)
    release(stores, *released)
    assert sorted(held for held in stores.customers.all_held() if held.user_id.startswith(user_id)) == kept


def test_places_are_found_on_every_page(real: Bar, user_id: str, event_id: str) -> None:
    """A page is 1 MB, and each of these six rows 200 kB."""
    names = [f"{number:04}-{'x' * 995}" for number in range(200)]
    for customer in range(6):
        key = {"userId": f"{user_id}-{customer}", "eventId": event_id}
        real.customers.table.put_item(Item={**key, "liveOrders": set(names)})
    found = [held.order_id for held in real.customers.all_held() if held.event_id == event_id]
    assert found == names * 6
