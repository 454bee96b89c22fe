"""A drink that was called ready by mistake is made again, under a workflow of its own, and everybody hears of it."""

from collections import Counter
from functools import partial
from http import HTTPStatus
from typing import cast

import pytest

from simulator.bar_client import Order, Refused
from simulator.probe.eventually import eventually
from simulator.probe.own_shops import OpenShop, OwnShop
from simulator.probe.people import People, Person
from simulator.probe.recorder import Recorder
from simulator.probe.workflows import Workflows
from tests.integration.at_once import accepted, at_once, refusals


@pytest.fixture
def ready_id(shop: OwnShop, customer: Person, barista: Person, recorder: Recorder) -> str:
    """An order whose drink is ready, and whose workflow is over."""
    return made_ready(shop, customer, barista, recorder)


def made_ready(shop: OwnShop, customer: Person, barista: Person, recorder: Recorder) -> str:
    order_id = shop.ordered(customer)["orderId"]
    recorder.wait_for(order_id, "OrderManager.WaitingCompletion")
    barista.complete(order_id)
    recorder.wait_for(order_id, "OrderProcessor.orderFinished")
    return order_id


def recalled_as_soon_as_its_workflow_is_over(barista: Person, order_id: str) -> Order:
    def look() -> Order:
        answer = barista.send("PUT", f"/orders/{order_id}", action="recall")
        assert answer.status_code == HTTPStatus.OK, answer.text
        return cast("Order", answer.json())

    return eventually(look)


def test_a_recalled_order_is_made_again_and_ends_as_any_other(
    workflows: Workflows, ready_id: str, customer: Person, barista: Person, recorder: Recorder
) -> None:
    recalled = barista.recall(ready_id)
    assert (recalled["orderState"], recalled["baristaUserId"]) == ("IN_PRODUCTION", barista.user_id)
    assert customer.order(ready_id) == recalled
    workflows.wait_for_executions(ready_id, running=1, ended=1)
    assert barista.complete(ready_id)["orderState"] == "COMPLETED"
    workflows.wait_for_end(ready_id)
    assert workflows.statuses(ready_id) == ["SUCCEEDED", "SUCCEEDED"]

    def all_heard() -> None:
        heard = Counter(event.detail_type for event in recorder.about(ready_id))
        assert (heard["OrderManager.OrderRecalled"], heard["Validator.NewOrder"]) == (1, 1)
        assert (heard["OrderManager.OrderCompleted"], heard["OrderProcessor.orderFinished"]) == (2, 2)

    eventually(all_heard)


def test_recalled_in_the_very_moment_after_it_was_ready_it_waits_for_the_first_workflow(
    shop: OwnShop, customer: Person, barista: Person, workflows: Workflows
) -> None:
    order_id = shop.ordered(customer)["orderId"]
    barista.complete(order_id)
    assert recalled_as_soon_as_its_workflow_is_over(barista, order_id)["orderState"] == "IN_PRODUCTION"
    barista.complete(order_id)  # perhaps before its second workflow has begun
    workflows.wait_for_executions(order_id, running=0, ended=2)
    assert workflows.statuses(order_id) == ["SUCCEEDED", "SUCCEEDED"]


def test_of_two_baristas_at_once_one_has_it_and_again_gives_the_same(
    ready_id: str, people: People, barista: Person
) -> None:
    colleague = people.barista()
    outcomes = at_once(partial(one.recall, ready_id) for one in (barista, colleague))
    (order,) = accepted(outcomes)
    assert refusals(outcomes) == {(409, "WrongState"): 1}
    whose = barista if order["baristaUserId"] == barista.user_id else colleague
    assert whose.recall(ready_id) == order


def test_no_customer_calls_a_drink_back(ready_id: str, customer: Person) -> None:
    with pytest.raises(Refused) as refused:
        customer.recall(ready_id)
    assert (refused.value.status, refused.value.code) == (403, "Forbidden")


def test_a_closed_and_full_bar_makes_what_it_owes(
    open_shop: OpenShop, people: People, barista: Person, recorder: Recorder, workflows: Workflows
) -> None:
    shop = open_shop(max_orders_in_queue=1)
    first, second = people.customer(), people.customer()
    order_id = made_ready(shop, first, barista, recorder)
    shop.scan(second)
    barista.set_store(shop.event_id, is_open=False)
    barista.recall(order_id)
    workflows.wait_for_executions(order_id, running=1, ended=1)
    assert barista.complete(order_id)["orderState"] == "COMPLETED"
    workflows.wait_for_end(order_id)


def test_called_off_after_it_was_called_back_its_second_workflow_ends(
    workflows: Workflows, ready_id: str, barista: Person
) -> None:
    barista.recall(ready_id)
    workflows.wait_for_executions(ready_id, running=1, ended=1)
    assert barista.cancel(ready_id)["reason"] == "Cancelled by barista"
    workflows.wait_for_end(ready_id)
    assert workflows.statuses(ready_id) == ["SUCCEEDED", "SUCCEEDED"]
