"""Scans in a rush, on the real transactions: nothing is oversold, and a refused customer has lost nothing."""

import secrets
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.bar import Bar
from chalicelib.identity.model import Caller
from chalicelib.orders.model import OrderState, Reason
from chalicelib.orders.pages import Page
from chalicelib.orders.processing import give_up
from chalicelib.qr_codes.model import Bucket
from chalicelib.qr_codes.service import redeem
from tests.support.orders import BUCKET, NOW, SHOP
from tests.support.together import Outcomes, together

CODE = "the-code-0"


def rush(stores: Bar, event_id: str, scans: int, *, customers: int, **settings: Any) -> Outcomes[str]:
    stores.shops.create(replace(SHOP, event_id=event_id, **{"max_orders_in_queue": 100, **settings}))
    stores.qr_codes.get_or_create(Bucket(event_id, BUCKET, CODE, 10))

    def scan(number: int) -> str:
        customer = Caller(f"{event_id}-customer-{number % customers}")
        return redeem(stores, customer, event_id, CODE, NOW, lambda: f"order-{secrets.token_hex(8)}").order_id

    return together(scans, scan)


def live(stores: Bar, event_id: str) -> set[str]:
    return {order.order_id for order in stores.orders.in_state(event_id, OrderState.CREATED, Page())[0]}


def drinks_left(stores: Bar, event_id: str) -> int:
    return stores.qr_codes.find(event_id, [BUCKET], 10)[0].drinks_left


def test_q20_fifty_scans_of_a_code_for_ten_make_ten_orders(stores: Bar, event_id: str) -> None:
    outcomes = rush(stores, event_id, 50, customers=50)
    assert (len(outcomes.results), outcomes.codes) == (10, {"NoTokensRemaining"})
    assert live(stores, event_id) == set(outcomes.results) == stores.shops.places(event_id)
    assert drinks_left(stores, event_id) == 0


@pytest.mark.parametrize(("limit", "orders"), [(4, 2), (2, 0), (14, 12)])
def test_q20_a_limit_that_changed_holds_for_the_fifty_scans_that_follow(
    stores: Bar, event_id: str, limit: int, orders: int
) -> None:
    rush(stores, event_id, 2, customers=2, max_orders_per_user=2)
    stores.shops.configure(event_id, {"drinksPerBarcode": limit})
    outcomes = rush(stores, event_id, 50, customers=50)
    assert (len(outcomes.results), outcomes.codes) == (orders, {"NoTokensRemaining"})


def test_q2_a_bar_with_four_places_takes_four(stores: Bar, event_id: str) -> None:
    outcomes = rush(stores, event_id, 20, customers=20, max_orders_in_queue=4)
    assert (len(outcomes.results), outcomes.codes) == (4, {"BarFull"})
    assert live(stores, event_id) == set(outcomes.results) == stores.shops.places(event_id)
    assert drinks_left(stores, event_id) == 6


def test_q23_one_customer_who_scans_twenty_times_at_once_gets_one_order(stores: Bar, event_id: str) -> None:
    outcomes = rush(stores, event_id, 20, customers=1)
    assert (len(outcomes.results), outcomes.codes) == (1, {"OrderLimitReached"})
    assert drinks_left(stores, event_id) == 9


@pytest.mark.parametrize("reason", [Reason.BAR_FULL, Reason.CUSTOMER_TIMED_OUT])
def test_orders_that_end_at_once_give_everything_back_once(stores: Bar, event_id: str, reason: Reason) -> None:
    orders = rush(stores, event_id, 5, customers=5).results
    twice = [*orders, *orders]
    outcomes = together(10, lambda number: give_up(stores, twice[number], reason, NOW + 1))
    assert outcomes.errors == []
    assert stores.shops.places(event_id) == frozenset()
    assert drinks_left(stores, event_id) == (10 if reason is Reason.BAR_FULL else 5)
    assert len(rush(stores, event_id, 5, customers=5).results) == 5
