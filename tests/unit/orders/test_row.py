"""An order as a row: nothing is lost on the way to the table and back."""

from dataclasses import fields
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.orders.model import Order, OrderState
from chalicelib.orders.store import to_item, to_order
from chalicelib.shop.model import DrinkOrder
from tests.support.orders import order_in

texts = st.text(min_size=1, max_size=20)
moments = st.integers(0, 10**13 - 1)
drinks = st.builds(DrinkOrder, texts, st.lists(texts).map(tuple), texts)
orders = st.builds(
    Order,
    order_id=texts,
    event_id=texts,
    user_id=texts,
    state=st.sampled_from(OrderState),
    created_ts=moments,
    updated_ts=moments,
    code_bucket=st.integers(0, 10**7),
    drink_order=st.none() | drinks,
    order_number=st.none() | st.integers(1, 10**6),
    barista_user_id=st.none() | texts,
    reason=st.none() | texts,
    released_by=st.none() | texts,
    ended_by=st.none() | texts,
    customer_token=st.none() | texts,
    barista_token=st.none() | texts,
    execution_arn=st.none() | texts,
    submitted_ts=st.none() | moments,
    made_ts=st.none() | moments,
    finished_ts=st.none() | moments,
    recalled_ts=st.none() | moments,
    news_ts=st.none() | moments,
    version=st.integers(1, 10**6),
)


def as_dynamodb_gives_it(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: as_dynamodb_gives_it(part) for name, part in value.items()}
    if isinstance(value, list):
        return [as_dynamodb_gives_it(part) for part in value]
    return Decimal(value) if isinstance(value, int) else str(value)


@given(orders)
def test_every_field_survives_the_table(order: Order) -> None:
    read = to_order(as_dynamodb_gives_it(to_item(order)))
    assert read == order
    numbers = (read.created_ts, read.updated_ts, read.version, read.code_bucket)
    assert all(type(number) is int for number in numbers)


@given(orders)
def test_what_is_none_is_absent(order: Order) -> None:
    """An index key must not be null, and `attribute_not_exists(executionArn)` must see a row without one."""
    assert None not in to_item(order).values()


@given(orders)
def test_a_row_knows_as_much_as_its_order(order: Order) -> None:
    """Fails when a field is added to Order and forgotten in the row."""
    known = [field.name for field in fields(Order) if getattr(order, field.name) is not None]
    keys_of_indexes = {"shopState", "placed"}
    assert len(to_item(order).keys() - keys_of_indexes) == len(known)


def test_q39_rows_sort_by_time_then_id() -> None:
    early = to_item(order_in(OrderState.CREATED, created_ts=999, order_id="z"))
    late = to_item(order_in(OrderState.CREATED, created_ts=1_000, order_id="b"))
    later = to_item(order_in(OrderState.CREATED, created_ts=1_000, order_id="c"))
    placed = [row["placed"] for row in (early, late, later)]
    assert placed == sorted(placed)
    assert len(set(placed)) == 3


@pytest.mark.parametrize("state", OrderState)
def test_q39_each_shop_and_state_is_a_partition_of_its_own(state: OrderState) -> None:
    ours, theirs = (to_item(order_in(state, event_id=event)) for event in ("ABC", "ABC#CREATED"))
    assert ours["shopState"] == f"ABC#{state}"
    assert ours["shopState"] != theirs["shopState"]
