"""The outbox: news appear with the change that they are about, or not at all, and stay until they are told."""

from dataclasses import replace

import pytest

from chalicelib.bar import Bar
from chalicelib.events import MakeOrder, OrderEvent, OrderFinished
from chalicelib.orders.changing import change
from chalicelib.orders.model import OrderState
from chalicelib.orders.outbox import News
from chalicelib.orders.store import Stale
from tests.support.orders import NOW, order_in


def news(order_id: str, *moments: int) -> News:
    return [OrderFinished("ABC", order_id, "user-1", at=at) for at in moments]


def kept(stores: Bar, *all_news: News) -> None:
    stores.commit(*[stores.outbox.add(news) for news in all_news])


def moments(found: list[News]) -> list[list[int | None]]:
    return [[event.at for event in news] for news in found]


def test_news_come_back_as_they_were(stores: Bar, event_id: str) -> None:
    told: list[OrderEvent] = [
        MakeOrder("ABC", event_id, "user-1", "barista-1", None, at=NOW),
        OrderFinished("ABC", event_id, "user-1", at=NOW + 1),
    ]
    kept(stores, told)
    (found,) = stores.outbox.of_order(event_id)
    assert found == told
    assert [event.detail for event in found] == [event.detail for event in told]


def test_an_orders_news_come_first_things_first(stores: Bar, event_id: str) -> None:
    kept(stores, news(event_id, NOW + 9), news(event_id, NOW, NOW + 1), news(f"{event_id}-2", NOW + 5))
    assert moments(stores.outbox.of_order(event_id)) == [[NOW, NOW + 1], [NOW + 9]]


def test_what_is_told_is_forgotten_alone_and_once(stores: Bar, event_id: str) -> None:
    told, kept_back = news(event_id, NOW, NOW + 1), news(event_id, NOW + 9)
    kept(stores, told, kept_back)
    for _ in range(2):
        stores.outbox.forget(told)
    assert stores.outbox.of_order(event_id) == [kept_back]


def test_news_of_every_order_are_found_by_their_time(stores: Bar, event_id: str) -> None:
    orders = [f"{event_id}-{number}" for number in range(3)]
    kept(stores, *[news(order, NOW, NOW + 1) for order in orders], *[news(order, NOW + 2) for order in orders])
    for moment, count in ((NOW - 1, 0), (NOW, 1), (NOW + 1, 1), (NOW + 2, 2)):
        found = [news for news in stores.outbox.until(moment) if news[0].orderId in orders]
        assert sorted(news[0].orderId for news in found) == sorted(orders * count)


def test_news_of_a_change_that_came_too_late_do_not_appear(stores: Bar, event_id: str) -> None:
    order = order_in(OrderState.CREATED, event_id=event_id, order_id=event_id)
    stores.commit(stores.orders.create(order))
    stores.orders.save(order)
    with pytest.raises(Stale):
        stores.commit(stores.orders.saving(order)[1], stores.outbox.add(news(event_id, NOW)))
    assert stores.outbox.of_order(event_id) == []


def test_a_change_and_its_news_are_one(stores: Bar, event_id: str) -> None:
    stores.commit(stores.orders.create(order_in(OrderState.CREATED, event_id=event_id, order_id=event_id)))
    done = change(
        stores,
        event_id,
        lambda order: replace(order, order_number=3),
        NOW + 5,
        lambda before, after: [OrderFinished(*after.whom)],
    )
    assert stores.orders.get(event_id) == done.order
    assert moments(stores.outbox.of_order(event_id)) == moments([done.news]) == [[NOW + 5]]
