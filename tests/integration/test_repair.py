"""What the sweep of the deployed bar mends, and that it leaves a healthy bar alone."""

from dataclasses import replace

import pytest

from chalicelib.bar import Bar
from chalicelib.orders.model import Order, OrderState
from simulator.bar_client import Refused
from simulator.probe.eventually import eventually
from simulator.probe.lost_orders import LONG_AGO_MS, LostOrders
from simulator.probe.own_shops import SOON_S, OpenShop, OwnShop
from simulator.probe.people import Person
from simulator.probe.recorder import Recorder
from simulator.probe.workflows import Workflows
from simulator.waiting import submit_when_ready

pytestmark = pytest.mark.sweeps


def test_an_order_whose_announcement_was_lost_goes_on_after_a_sweep(
    shop: OwnShop, customer: Person, lost_orders: LostOrders, workflows: Workflows
) -> None:
    order_id = lost_orders.redeem_long_ago(shop.event_id, customer.user_id, LONG_AGO_MS)
    workflows.sweep()  # unless that of another test, or the bar's own, comes first
    submitted = submit_when_ready(customer, order_id, "Espresso", every_s=SOON_S)
    assert submitted["orderState"] == "SUBMITTED"


def test_an_order_in_good_health_is_left_alone_however_long_it_waits(
    shop: OwnShop, customer: Person, lost_orders: LostOrders, workflows: Workflows
) -> None:
    order = shop.ordered(customer)
    order_id, its_own = order["orderId"], workflows.of(order["orderId"], running=True)
    lost_orders.make_older(order_id, LONG_AGO_MS)
    mended = workflows.sweep()
    assert [ids for ids in mended.values() if {order_id, *its_own} & set(ids)] == []
    assert customer.order(order_id) == {**order, "updatedTs": order["updatedTs"] - LONG_AGO_MS}
    assert len(its_own) == 1
    assert workflows.of(order_id, running=True) == its_own


def test_places_that_nobody_holds_are_free_after_a_sweep(
    open_shop: OpenShop, customer: Person, lost_orders: LostOrders, workflows: Workflows
) -> None:
    shop, bar = open_shop(max_orders_in_queue=1, max_orders_per_user=1), lost_orders.bar
    bar.commit(
        bar.shops.take_place(shop.event_id, "an order that never was"),
        bar.customers.hold(customer.user_id, shop.event_id, "another one", 1),
    )
    with pytest.raises(Refused):
        shop.scan(customer)
    workflows.sweep()
    assert customer.order(shop.scan(customer))["orderState"] == "CREATED"


def write_long_ago(bar: Bar, order: Order) -> None:
    """Let the row say this, whatever it says now, as if it had said so for long."""
    now = bar.orders.get(order.order_id)
    bar.orders.save(replace(order, version=now.version, updated_ts=now.updated_ts - LONG_AGO_MS))


def test_an_order_whose_workflow_died_unheard_is_given_up_by_a_sweep(
    open_shop: OpenShop, customer: Person, lost_orders: LostOrders, workflows: Workflows
) -> None:
    shop, bar = open_shop(max_orders_in_queue=1, max_orders_per_user=1), lost_orders.bar
    order_id = shop.ordered(customer)["orderId"]
    alive = bar.orders.get(order_id)
    workflows.abort(order_id)
    eventually(lambda: assert_state(bar, order_id, OrderState.FAILED))  # `execution_died` heard of it: make it unheard
    write_long_ago(bar, alive)
    bar.commit(
        bar.shops.take_place(shop.event_id, order_id),
        bar.customers.hold(customer.user_id, shop.event_id, order_id, 1),
    )
    workflows.sweep()
    ended = customer.order(order_id)
    assert (ended["orderState"], ended["reason"]) == ("FAILED", "Something broke")
    assert customer.order(shop.scan(customer))["orderState"] == "CREATED"


def assert_state(bar: Bar, order_id: str, state: OrderState) -> None:
    assert bar.orders.get(order_id).state is state


def test_a_workflow_that_did_not_hear_that_its_order_is_completed_ends_well_after_a_sweep(
    open_shop: OpenShop, customer: Person, lost_orders: LostOrders, workflows: Workflows, recorder: Recorder
) -> None:
    shop, bar = open_shop(max_orders_in_queue=1, max_orders_per_user=1), lost_orders.bar
    order_id = shop.ordered(customer)["orderId"]
    recorder.wait_for(order_id, "OrderManager.WaitingCompletion")
    write_long_ago(bar, replace(bar.orders.get(order_id), state=OrderState.COMPLETED))
    assert len(workflows.of(order_id, running=True)) == 1
    workflows.sweep()
    workflows.wait_for_end(order_id)
    assert workflows.statuses(order_id) == ["SUCCEEDED"]
    recorder.wait_for(order_id, "OrderProcessor.orderFinished")
    assert customer.order(shop.scan(customer))["orderState"] == "CREATED"


def test_a_workflow_whose_order_was_cancelled_unheard_is_stopped_by_a_sweep(
    shop: OwnShop, customer: Person, lost_orders: LostOrders, workflows: Workflows, recorder: Recorder
) -> None:
    order_id = shop.ordered(customer)["orderId"]
    recorder.wait_for(order_id, "OrderManager.WaitingCompletion")
    bar = lost_orders.bar
    assert len(workflows.of(order_id, running=True)) == 1
    write_long_ago(bar, replace(bar.orders.get(order_id), state=OrderState.CANCELLED))
    workflows.sweep()  # unless that of another test, or the bar's own, comes first
    workflows.wait_for_end(order_id)
    assert workflows.statuses(order_id) == ["ABORTED"]
    assert customer.order(order_id)["orderState"] == "CANCELLED"
