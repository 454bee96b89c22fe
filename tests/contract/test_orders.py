"""The orders' store: no write on an order that changed meanwhile, and lists whose pages lose nobody."""

import secrets
from dataclasses import replace

import pytest

from chalicelib.bar import Bar
from chalicelib.errors import NotFound
from chalicelib.orders.changing import change
from chalicelib.orders.model import Order, OrderState, Reason
from chalicelib.orders.pages import Cursor, Page
from chalicelib.orders.processing import give_up
from chalicelib.orders.store import Stale
from tests.support.orders import NOW, SHOP, order_in
from tests.support.together import together

CREATED, SUBMITTED, IN_PRODUCTION = OrderState.CREATED, OrderState.SUBMITTED, OrderState.IN_PRODUCTION


def placed(stores: Bar, event_id: str, state: OrderState = CREATED, **changes: object) -> Order:
    order = order_in(state, **{"event_id": event_id, "order_id": f"order-{secrets.token_hex(6)}", **changes})
    stores.commit(stores.orders.create(order))
    return order


@pytest.mark.parametrize("state", OrderState)
def test_an_order_comes_back_as_it_was(stores: Bar, event_id: str, state: OrderState) -> None:
    order = placed(stores, event_id, state, execution_arn="arn", released_by="b", submitted_ts=None)
    assert stores.orders.get(order.order_id) == order


def test_an_unknown_order_is_not_found(stores: Bar, event_id: str) -> None:
    with pytest.raises(NotFound):
        stores.orders.get(event_id)


def test_an_order_is_not_made_over_another(stores: Bar, event_id: str) -> None:
    order = placed(stores, event_id)
    with pytest.raises(FileExistsError):
        placed(stores, event_id, SUBMITTED, order_id=order.order_id)
    assert stores.orders.get(order.order_id) == order


def test_a_saved_order_has_the_next_version(stores: Bar, event_id: str) -> None:
    order = placed(stores, event_id)
    saved = stores.orders.save(replace(order, order_number=3))
    assert saved == stores.orders.get(order.order_id) == replace(order, order_number=3, version=order.version + 1)


def test_q6_a_write_on_what_was_read_before_somebody_elses_is_refused(stores: Bar, event_id: str) -> None:
    order = placed(stores, event_id)
    saved = stores.orders.save(replace(order, order_number=3))
    with pytest.raises(Stale):
        stores.orders.save(replace(order, order_number=4))
    assert stores.orders.get(order.order_id) == saved


def test_q6_saving_an_unknown_order_makes_no_row(stores: Bar, event_id: str) -> None:
    ghost = order_in(CREATED, event_id=event_id, order_id=f"ghost-{event_id}")
    with pytest.raises(Stale):
        stores.orders.save(ghost)
    with pytest.raises(NotFound):
        stores.orders.get(ghost.order_id)


def test_a_stale_write_takes_its_whole_transaction_with_it(stores: Bar, event_id: str) -> None:
    stores.shops.create(replace(SHOP, event_id=event_id))
    order = placed(stores, event_id)
    stores.commit(stores.shops.take_place(event_id, order.order_id))
    stores.orders.save(replace(order, order_number=3))
    with pytest.raises(Stale):
        stores.commit(stores.orders.saving(order)[1], stores.shops.free_place(event_id, order.order_id))
    assert stores.shops.places(event_id) == {order.order_id}


def test_saving_in_a_transaction_gives_the_order_as_it_then_is(stores: Bar, event_id: str) -> None:
    order = placed(stores, event_id)
    saved, write = stores.orders.saving(replace(order, order_number=3))
    stores.commit(write)
    assert stores.orders.get(order.order_id) == saved


def test_ten_who_change_an_order_at_once_all_do_and_none_undoes_another(stores: Bar, event_id: str) -> None:
    order = placed(stores, event_id, order_number=0)

    def count(one: Order) -> Order:
        return replace(one, order_number=(one.order_number or 0) + 1)

    outcomes = together(10, lambda _: change(stores, order.order_id, count, NOW))
    after = stores.orders.get(order.order_id)
    assert outcomes.errors == []
    assert (after.order_number, after.version) == (10, order.version + 10)


@pytest.mark.parametrize("reason", [Reason.BROKEN, Reason.BAR_FULL])
def test_an_order_of_a_shop_that_is_gone_ends_and_makes_no_shop(stores: Bar, event_id: str, reason: Reason) -> None:
    order = placed(stores, event_id, code_bucket=0)
    assert give_up(stores, order.order_id, reason, NOW) is stores.orders.get(order.order_id).state
    assert stores.orders.get(order.order_id).is_terminal
    assert event_id not in set(stores.shops.ids())


def ids(orders: list[Order]) -> list[str]:
    return [order.order_id for order in orders]


def test_q39_a_shops_orders_come_oldest_first_and_by_state(stores: Bar, event_id: str) -> None:
    late, early, middle = (placed(stores, event_id, created_ts=NOW + seconds).order_id for seconds in (9, 1, 5))
    placed(stores, event_id, SUBMITTED, created_ts=NOW)
    found, following = stores.orders.in_state(event_id, CREATED, Page())
    assert (ids(found), following) == ([early, middle, late], None)


def test_q39_orders_of_the_same_millisecond_are_all_there(stores: Bar, event_id: str) -> None:
    all_ids = {placed(stores, event_id, created_ts=NOW).order_id for _ in range(5)}
    assert set(ids(stores.orders.in_state(event_id, CREATED, Page())[0])) == all_ids


def test_an_order_is_on_the_list_of_its_state_only(stores: Bar, event_id: str) -> None:
    order = placed(stores, event_id)
    stores.orders.save(replace(order, state=SUBMITTED))
    assert stores.orders.in_state(event_id, CREATED, Page()) == ([], None)
    assert ids(stores.orders.in_state(event_id, SUBMITTED, Page())[0]) == [order.order_id]


def test_a_customers_orders_come_newest_first_from_every_shop(stores: Bar, event_id: str, user_id: str) -> None:
    old = placed(stores, event_id, user_id=user_id, created_ts=NOW).order_id
    new = placed(stores, f"{event_id}-2", SUBMITTED, user_id=user_id, created_ts=NOW + 1).order_id
    placed(stores, event_id, user_id=f"{user_id}-2")
    assert ids(stores.orders.of_customer(user_id, Page())[0]) == [new, old]


def pages_of_state(stores: Bar, event_id: str, after: Cursor | None) -> tuple[list[Order], Cursor | None]:
    return stores.orders.in_state(event_id, CREATED, Page(2, after))


def test_pages_of_a_shop_lose_nobody_and_show_who_came_meanwhile_at_the_end(stores: Bar, event_id: str) -> None:
    before = [placed(stores, event_id, created_ts=NOW + seconds).order_id for seconds in range(5)]
    first, following = pages_of_state(stores, event_id, None)
    came = placed(stores, event_id, created_ts=NOW + 100).order_id
    seen = ids(first)
    while following:
        found, following = pages_of_state(stores, event_id, following)
        seen += ids(found)
    assert seen == [*before, came]


def test_pages_of_a_customer_show_nobody_twice_when_orders_come_meanwhile(
    stores: Bar, event_id: str, user_id: str
) -> None:
    before = [placed(stores, event_id, user_id=user_id, created_ts=NOW + seconds).order_id for seconds in range(5)]
    first, following = stores.orders.of_customer(user_id, Page(2))
    placed(stores, event_id, user_id=user_id, created_ts=NOW + 100)
    seen = ids(first)
    while following:
        found, following = stores.orders.of_customer(user_id, Page(2, following))
        seen += ids(found)
    assert seen == before[::-1]


def test_pages_go_on_after_an_order_that_has_left_the_list(stores: Bar, event_id: str) -> None:
    orders = [placed(stores, event_id, created_ts=NOW + seconds) for seconds in range(4)]
    _, following = pages_of_state(stores, event_id, None)
    stores.orders.save(replace(orders[1], state=SUBMITTED))
    found, _ = pages_of_state(stores, event_id, following)
    assert ids(found) == ids(orders[2:])


def test_a_cursor_made_from_somebody_elses_order_shows_own_orders_only(
    stores: Bar, event_id: str, user_id: str
) -> None:
    own = [placed(stores, event_id, user_id=user_id, created_ts=NOW + seconds).order_id for seconds in (0, 9)]
    foreign = placed(stores, event_id, user_id=f"{user_id}-2", created_ts=NOW + 5)
    found, _ = stores.orders.of_customer(user_id, Page(after=Cursor(foreign.created_ts, foreign.order_id)))
    assert ids(found) == own[:1]


@pytest.mark.parametrize("cursor", [Cursor(0, "x"), Cursor(10**13 - 1, "x" * 64)])
def test_a_cursor_beyond_either_end_is_no_fault(stores: Bar, event_id: str, cursor: Cursor) -> None:
    order = placed(stores, event_id)
    found, following = stores.orders.in_state(event_id, CREATED, Page(after=cursor))
    assert (ids(found), following) == ([order.order_id] if cursor.created_ts == 0 else [], None)
