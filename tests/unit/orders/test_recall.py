"""A drink that was called ready by mistake: called back once, in time, whoever does what at the same moment."""

from dataclasses import replace

import pytest

from chalicelib.errors import Conflict, NotReady
from chalicelib.events import OrderRecalled
from chalicelib.orders import processing, service
from chalicelib.orders.model import RECALL_MS, Order, OrderState, Reason
from chalicelib.orders.repair import IN_VAIN_MS, SETTLED_MS, Mended, sweep
from chalicelib.orders.workflow import Execution
from tests.support.memory_bar import MemoryBar
from tests.support.orders import BARISTA_TOKEN, EVENT, NOW, ORDER
from tests.support.people import BARISTA, OTHER_BARISTA, OWNER

COMPLETED, IN_PRODUCTION = OrderState.COMPLETED, OrderState.IN_PRODUCTION
MACHINE = "arn:machine"


def recalled(bar: MemoryBar) -> Order:
    bar.with_order(COMPLETED, execution_arn="arn:first")
    return service.recall(bar, BARISTA, ORDER, NOW)


def test_whoever_calls_it_back_makes_it(bar: MemoryBar) -> None:
    bar.with_order(COMPLETED)
    order = service.recall(bar, OTHER_BARISTA, ORDER, NOW)
    assert (order.state, order.barista_user_id) == (IN_PRODUCTION, OTHER_BARISTA.user_id)


def test_called_back_twice_it_is_news_once(bar: MemoryBar) -> None:
    order = recalled(bar)
    assert service.recall(bar, BARISTA, ORDER, NOW + RECALL_MS * 2) == order
    assert bar.bus.types == ["OrderManager.OrderRecalled"]


def test_of_two_baristas_at_once_one_has_it(bar: MemoryBar) -> None:
    bar.with_order(COMPLETED)
    bar.orders.meanwhile.append(lambda: service.recall(bar, OTHER_BARISTA, ORDER, NOW))
    with pytest.raises(Conflict):
        service.recall(bar, BARISTA, ORDER, NOW)
    assert bar.orders.get(ORDER).barista_user_id == OTHER_BARISTA.user_id


@pytest.mark.parametrize(("after_ms", "late"), [(RECALL_MS, False), (RECALL_MS + 1, True)])
def test_two_minutes_later_it_is_drunk(bar: MemoryBar, after_ms: int, *, late: bool) -> None:
    bar.with_order(COMPLETED)
    if not late:
        assert service.recall(bar, BARISTA, ORDER, NOW + after_ms).state is IN_PRODUCTION
        return
    with pytest.raises(Conflict) as refused:
        service.recall(bar, BARISTA, ORDER, NOW + after_ms)
    assert refused.value.code == "TooLate"


def test_the_first_workflow_has_to_be_over(bar: MemoryBar) -> None:
    """Else one of its last steps would meet the order that is made again."""
    bar.with_order(COMPLETED, finished_ts=None)
    with pytest.raises(NotReady):
        service.recall(bar, BARISTA, ORDER, NOW)
    processing.finish(bar, ORDER, NOW)
    assert service.recall(bar, BARISTA, ORDER, NOW).state is IN_PRODUCTION


def test_the_first_workflows_last_step_done_again_finishes_nothing(bar: MemoryBar) -> None:
    order = recalled(bar)
    assert processing.finish(bar, ORDER, NOW) is IN_PRODUCTION
    assert bar.orders.get(ORDER) == order


def test_the_first_workflows_death_told_late_ends_nothing_once_the_second_has_it(bar: MemoryBar) -> None:
    recalled(bar)
    bar.orders.put(replace(bar.orders.get(ORDER), execution_arn="arn:second"))
    processing.execution_died(bar, ORDER, "arn:first", NOW)
    assert bar.orders.get(ORDER).state is IN_PRODUCTION


def test_the_second_workflow_asks_and_is_woken_by_the_second_completion(bar: MemoryBar) -> None:
    recalled(bar)
    processing.take_number(bar, ORDER, NOW)
    processing.ask_barista(bar, ORDER, "second-token", NOW)
    service.complete(bar, BARISTA, ORDER, NOW)
    processing.finish(bar, ORDER, NOW)
    assert bar.workflow.resumed == ["second-token"]
    assert BARISTA_TOKEN not in bar.workflow.resumed
    assert bar.bus.types[-2:] == ["OrderManager.OrderCompleted", "OrderProcessor.orderFinished"]


def test_completed_before_its_second_workflow_asks_it_is_finished_by_it(bar: MemoryBar) -> None:
    recalled(bar)
    service.complete(bar, BARISTA, ORDER, NOW)
    processing.ask_barista(bar, ORDER, "second-token", NOW)
    assert bar.workflow.resumed == ["second-token"]


def test_it_holds_its_places_again_though_the_bar_is_full_and_closed_and_its_customer_ordered_anew(
    bar: MemoryBar,
) -> None:
    """It was sold: what it held was given to others because of a slip of the bar's own finger."""
    bar.configure(max_orders_in_queue=1, max_orders_per_user=1, store_open=False)
    bar.shops.held[EVENT].add("another")
    bar.customers.live[OWNER.user_id, EVENT] = {"another"}
    recalled(bar)
    assert bar.shops.places(EVENT) == {"another", ORDER}
    assert bar.customers.live[OWNER.user_id, EVENT] == {"another", ORDER}
    service.complete(bar, BARISTA, ORDER, NOW)
    assert bar.shops.places(EVENT) == bar.customers.live[OWNER.user_id, EVENT] == {"another"}


@pytest.mark.parametrize("reason", [Reason.SHOP_CLOSED, Reason.BAR_FULL, Reason.CUSTOMER_TIMED_OUT])
def test_it_is_not_turned_away(bar: MemoryBar, reason: Reason) -> None:
    recalled(bar)
    assert processing.give_up(bar, ORDER, reason, NOW) is IN_PRODUCTION


def test_what_the_bus_did_not_take_is_told_by_the_sweep(bar: MemoryBar) -> None:
    bar.bus.refusals = 1
    order = recalled(bar)
    bar.orders.put(replace(order, execution_arn="arn:second"))
    bar.workflow.executions["arn:second"] = Execution("arn:second", is_running=True, order_id=ORDER)
    assert sweep(bar, MACHINE, NOW + SETTLED_MS + 1) == Mended(told=[ORDER])
    assert bar.bus.types == ["OrderManager.OrderRecalled"]


def test_one_that_no_workflow_heard_of_is_announced_as_recalled_however_old_it_is(bar: MemoryBar) -> None:
    bar.with_order(COMPLETED, created_ts=NOW - 2 * IN_VAIN_MS, execution_arn="arn:first")
    service.recall(bar, BARISTA, ORDER, NOW)
    assert sweep(bar, MACHINE, NOW + SETTLED_MS) == Mended(announced=[ORDER])
    first, again = bar.bus.told
    assert isinstance(again, OrderRecalled)
    assert (again, again.at) == (first, first.at)
