"""Announcing an order: the same event however often, and whatever is gone meanwhile."""

from chalicelib.orders.announcing import announce, beginning
from chalicelib.orders.model import OrderState
from tests.support.memory_bar import MemoryBar
from tests.support.orders import EVENT


def test_an_order_is_announced_the_same_again(bar: MemoryBar) -> None:
    order = bar.with_order(OrderState.CREATED)
    for _ in range(2):
        announce(bar, order)
    assert bar.bus.told[0] == bar.bus.told[1]
    assert bar.bus.told[0].detail["bucket"]["availableTokens"] == 9


def test_it_has_the_moment_and_the_whom_of_what_was_written_down_with_the_order(bar: MemoryBar) -> None:
    order = bar.with_order(OrderState.CREATED)
    announce(bar, order)
    (told,) = bar.bus.told
    written = beginning(order)
    assert {**told.detail, "bucket": None} == {**written.detail, "bucket": None}
    assert written.detail["bucket"] == {"eventId": EVENT}


def test_an_order_is_announced_even_when_its_code_is_gone(bar: MemoryBar) -> None:
    announce(bar, bar.with_order(OrderState.CREATED, code_bucket=1))
    assert bar.bus.types == ["Validator.NewOrder"]


def test_an_order_is_announced_even_when_its_shop_is_gone(bar: MemoryBar) -> None:
    order = bar.with_order(OrderState.CREATED)
    bar.shops.rows.clear()
    announce(bar, order)
    assert [told.detail["bucket"] for told in bar.bus.told] == [{"eventId": EVENT}]
