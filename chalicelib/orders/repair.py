"""Finding and mending what got stuck: orders without a workflow, workflows whose order is done, places held by nobody.

On a healthy bar it does nothing, however often it runs, and whatever else happens at the same time: each remedy is the
same conditional change that anybody else makes.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from enum import Enum, auto

from chalicelib.bar import Bar
from chalicelib.errors import NotFound
from chalicelib.orders.model import TERMINAL, Order, OrderState, Reason
from chalicelib.orders.pages import Page
from chalicelib.orders.processing import give_up
from chalicelib.orders.workflow import Execution
from chalicelib.qr_codes.service import announce

SETTLED_MS = 60_000  # what changed within the last minute is still on its way
ANNOUNCED_MS = 30 * 60_000  # after half an hour of announcing in vain the customer is told instead


class Remedy(Enum):
    """What a live order needs."""

    NOTHING = auto()
    ANNOUNCE = auto()
    GIVE_UP = auto()


@dataclass
class Mended:
    """What a sweep did: ids of orders, and ARNs of executions that were stopped."""

    announced: list[str] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    freed: list[str] = field(default_factory=list)

    @property
    def report(self) -> dict[str, list[str]]:
        """As JSON-ready values."""
        return asdict(self)


def remedy(order: Order, execution: Execution | None, now: int) -> Remedy:
    """What a live order needs.

    Args:
        order: as it is now.
        execution: the one that claimed it; None if none did, or if Step Functions has forgotten it.
        now: ms since 1970.
    """
    if now - order.updated_ts < SETTLED_MS or (execution and execution.is_running):
        return Remedy.NOTHING
    never_claimed = order.execution_arn is None
    return Remedy.ANNOUNCE if never_claimed and now - order.created_ts < ANNOUNCED_MS else Remedy.GIVE_UP


def sweep(bar: Bar, state_machine_arn: str, now: int) -> Mended:
    """Mend what is stuck, in every shop."""
    mended = Mended()
    for event_id in bar.shops.ids():
        for order in _live_orders(bar, event_id):
            _mend_order(bar, order, now, mended)
        _free_places(bar, event_id, now, mended)
    _stop_workflows(bar, state_machine_arn, now, mended)
    return mended


def _live_orders(bar: Bar, event_id: str) -> Iterator[Order]:
    for state in OrderState:
        if state not in TERMINAL:
            yield from _in_state(bar, event_id, state)


def _in_state(bar: Bar, event_id: str, state: OrderState) -> Iterator[Order]:
    page: Page | None = Page()
    while page:
        orders, following = bar.orders.in_state(event_id, state, page)
        yield from orders
        page = Page(after=following) if following else None


def _mend_order(bar: Bar, order: Order, now: int, mended: Mended) -> None:
    execution = bar.workflow.execution(order.execution_arn) if order.execution_arn else None
    match remedy(order, execution, now):
        case Remedy.ANNOUNCE:
            announce(bar, order)
            mended.announced.append(order.order_id)
        case Remedy.GIVE_UP:
            if give_up(bar, order.order_id, Reason.BROKEN, now) is OrderState.FAILED:
                mended.given_up.append(order.order_id)


def _free_places(bar: Bar, event_id: str, now: int, mended: Mended) -> None:
    for order_id in bar.shops.places(event_id):
        if _is_over(bar, order_id, now):
            bar.commit(bar.shops.free_place(event_id, order_id))
            mended.freed.append(order_id)


def _stop_workflows(bar: Bar, state_machine_arn: str, now: int, mended: Mended) -> None:
    for execution in bar.workflow.running(state_machine_arn):
        if execution.order_id and _is_over(bar, execution.order_id, now):
            bar.workflow.abort(execution.arn, cause="its order has ended")
            mended.stopped.append(execution.arn)


def _is_over(bar: Bar, order_id: str, now: int) -> bool:
    """Whether the order ended long enough ago that its workflow and its place should be gone."""
    try:
        order = bar.orders.get(order_id)
    except NotFound:
        return True
    return order.is_terminal and now - order.updated_ts >= SETTLED_MS
