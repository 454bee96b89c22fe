"""The workflow's two waits have a token each, and nobody wakes the wrong one."""

import pytest

from chalicelib.errors import Conflict
from chalicelib.orders import service
from chalicelib.orders.model import OrderState
from tests.support.memory_bar import MemoryBar
from tests.support.orders import BARISTA_TOKEN, CUSTOMER_TOKEN, LATTE, NOW, ORDER
from tests.support.people import BARISTA, OWNER

WAITS_FOR_THE_BARISTA = [OrderState.SUBMITTED, OrderState.IN_PRODUCTION]


@pytest.mark.parametrize("state", WAITS_FOR_THE_BARISTA)
def test_q4_the_same_choice_again_wakes_the_customers_wait_only(bar: MemoryBar, state: OrderState) -> None:
    order = bar.with_order(state)
    assert order.barista_token == BARISTA_TOKEN
    service.submit(bar, OWNER, ORDER, LATTE.drink, LATTE.modifiers, NOW)
    assert bar.workflow.resumed == [CUSTOMER_TOKEN]


@pytest.mark.parametrize("state", WAITS_FOR_THE_BARISTA)
def test_q4_another_choice_wakes_nobody(bar: MemoryBar, state: OrderState) -> None:
    bar.with_order(state)
    with pytest.raises(Conflict):
        service.submit(bar, OWNER, ORDER, "Espresso", [], NOW)
    assert bar.workflow.resumed == []


@pytest.mark.parametrize("state", WAITS_FOR_THE_BARISTA)
def test_completing_wakes_the_baristas_wait_only(bar: MemoryBar, state: OrderState) -> None:
    bar.with_order(state)
    service.complete(bar, BARISTA, ORDER, NOW)
    assert bar.workflow.resumed == [BARISTA_TOKEN]
