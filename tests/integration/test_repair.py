"""What the sweep of the deployed bar mends, and that it leaves a healthy bar alone."""

from simulator.waiting import submit_when_ready
from tests.integration.lost_orders import LostOrders
from tests.integration.own_shops import SOON_S, OwnShop
from tests.integration.people import Person
from tests.integration.workflows import Workflows

LONG_AGO_MS = 90_000  # longer than the sweep lets things settle, and less than a code's life


def test_an_order_whose_announcement_was_lost_goes_on_after_a_sweep(
    shop: OwnShop, customer: Person, lost_orders: LostOrders, workflows: Workflows
) -> None:
    order_id = lost_orders.redeem_long_ago(shop.event_id, customer.user_id, LONG_AGO_MS)
    assert workflows.of(order_id) == []
    assert order_id in workflows.sweep()["announced"]
    submitted = submit_when_ready(customer, order_id, "Espresso", every_s=SOON_S)
    assert submitted["orderState"] == "SUBMITTED"


def make_older(lost_orders: LostOrders, order_id: str, ms: int) -> None:
    """As if the order had last changed so much earlier; a write like any other, which counts as a version."""
    lost_orders.bar.orders.table.update_item(
        Key={"orderId": order_id},
        UpdateExpression="ADD updatedTs :ago, version :one",
        ConditionExpression="attribute_exists(orderId)",
        ExpressionAttributeValues={":ago": -ms, ":one": 1},
    )


def test_an_order_in_good_health_is_left_alone_however_long_it_waits(
    shop: OwnShop, customer: Person, lost_orders: LostOrders, workflows: Workflows
) -> None:
    order = shop.ordered(customer)
    order_id, its_own = order["orderId"], workflows.of(order["orderId"], running=True)
    make_older(lost_orders, order_id, LONG_AGO_MS)
    mended = workflows.sweep()
    assert [ids for ids in mended.values() if {order_id, *its_own} & set(ids)] == []
    assert customer.order(order_id) == {**order, "updatedTs": order["updatedTs"] - LONG_AGO_MS}
    assert len(its_own) == 1
    assert workflows.of(order_id, running=True) == its_own
