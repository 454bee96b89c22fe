"""Finding and mending what got stuck: news that nobody told, orders without a workflow, workflows and places without
an order that still needs them.

On a healthy bar it does nothing, however often it runs, and whatever else happens at the same time: each remedy is the
same conditional change that anybody else makes. What cannot be mended keeps nothing else from being mended.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from enum import Enum, auto

from chalicelib.bar import Bar
from chalicelib.errors import NotFound
from chalicelib.observability import about, about_no_order, logger
from chalicelib.orders.announcing import announce
from chalicelib.orders.model import TERMINAL, Order, OrderState, Reason
from chalicelib.orders.pages import Page
from chalicelib.orders.processing import give_up
from chalicelib.orders.telling import tell
from chalicelib.orders.workflow import Execution

SETTLED_MS = 60_000  # what changed within the last minute is still on its way
IN_VAIN_MS = 30 * 60_000  # what half an hour of gentle remedies did not mend is ended
LIVE = [state for state in OrderState if state not in TERMINAL]


class Remedy(Enum):
    """What an order needs."""

    NOTHING = auto()
    ANNOUNCE = auto()
    RESUME = auto()
    GIVE_UP = auto()


@dataclass
class Mended:
    """What a sweep did: ids of orders, and ARNs of executions that were stopped.

    Attributes:
        failures: why the others could not be mended; in the log, not in the report.
    """

    told: list[str] = field(default_factory=list)
    announced: list[str] = field(default_factory=list)
    resumed: list[str] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    freed: list[str] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    @property
    def report(self) -> dict[str, list[str]]:
        """As JSON-ready values."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "failures"}

    @property
    def in_words(self) -> str:
        """As text, for somebody who is told of a failure."""
        done = (f"{what} {', '.join(ids)}" for what, ids in self.report.items() if ids)
        return "; ".join(done) or "nothing"

    @contextmanager
    def apart(self, event_id: str | None = None, order_id: str | None = None) -> Iterator[None]:
        """Mend within it what may fail without any harm to the rest."""
        about(event_id=event_id, order_id=order_id)
        try:
            yield
        except Exception as failure:
            about(event_id=event_id, order_id=order_id)  # again, after a part of it that was about one of its orders
            logger.exception("could not be mended")
            self.failures.append(failure)
        finally:
            about_no_order()


def remedy(order: Order, execution: Execution | None, now: int) -> Remedy:
    """What a live order needs.

    Args:
        order: as it is now.
        execution: the one that claimed it; None if none did, or if Step Functions has forgotten it.
        now: ms since 1970.
    """
    if now - order.updated_ts < SETTLED_MS:
        return Remedy.NOTHING
    if execution and execution.is_running:
        answered_unheard = order.drink_order is not None and order.order_number is None
        return Remedy.RESUME if answered_unheard else Remedy.NOTHING
    never_claimed, began_ts = order.execution_arn is None, order.recalled_ts or order.created_ts
    return Remedy.ANNOUNCE if never_claimed and now - began_ts < IN_VAIN_MS else Remedy.GIVE_UP


def is_over(order: Order | None, now: int) -> bool:
    """Whether it ended long enough ago that its workflow and its place should be gone, or never was."""
    return order is None or (order.is_terminal and now - order.updated_ts >= SETTLED_MS)


def may_finish(order: Order, execution: Execution, now: int) -> bool:
    """Whether the execution of an order that is over only has to hear of it to come to its own good end."""
    its_own = order.execution_arn == execution.arn
    return its_own and order.state is OrderState.COMPLETED and now - order.updated_ts < IN_VAIN_MS


def sweep(bar: Bar, state_machine_arn: str, now: int) -> Mended:
    """Mend what is stuck, in every shop.

    Raises:
        ExceptionGroup: what could not be mended, once all the rest is and the log says so; its message says what was.
    """
    mended = Mended()
    for event_id in bar.shops.ids():
        for state in LIVE:
            with mended.apart(event_id):
                _mend_orders(bar, event_id, state, now, mended)
        with mended.apart(event_id):
            _free_places(bar, event_id, now, mended)
    with mended.apart():
        _release_customers(bar, now, mended)
    with mended.apart():
        _end_workflows(bar, state_machine_arn, now, mended)
    with mended.apart():
        _empty_outbox(bar, now, mended)
    logger.info("swept", mended=mended.report)
    if mended.failures:
        raise ExceptionGroup(f"not all could be mended; mended: {mended.in_words}", mended.failures)
    return mended


def _mend_orders(bar: Bar, event_id: str, state: OrderState, now: int, mended: Mended) -> None:
    for order in _in_state(bar, event_id, state):
        with mended.apart(event_id, order.order_id):
            _mend_order(bar, order, now, mended)


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
        case Remedy.RESUME:
            _resume(bar, order, mended)
        case Remedy.GIVE_UP:
            if give_up(bar, order.order_id, Reason.BROKEN, now) is OrderState.FAILED:
                mended.given_up.append(order.order_id)


def _resume(bar: Bar, order: Order, mended: Mended) -> None:
    """Wake the workflow again by whichever token it has; it does not matter by which it was woken before."""
    for token in filter(None, (order.customer_token, order.barista_token)):
        bar.workflow.resume(token)
    mended.resumed.append(order.order_id)


def _free_places(bar: Bar, event_id: str, now: int, mended: Mended) -> None:
    for order_id in bar.shops.places(event_id):
        with mended.apart(event_id, order_id):
            if is_over(_order(bar, order_id), now):
                bar.commit(bar.shops.free_place(event_id, order_id))
                mended.freed.append(order_id)


def _release_customers(bar: Bar, now: int, mended: Mended) -> None:
    """A customer who still holds an order that is over could never order there again."""
    for held in bar.customers.all_held():
        with mended.apart(held.event_id, held.order_id):
            if is_over(_order(bar, held.order_id), now):
                bar.commit(bar.customers.release(*held))
                if held.order_id not in mended.freed:
                    mended.freed.append(held.order_id)


def _end_workflows(bar: Bar, state_machine_arn: str, now: int, mended: Mended) -> None:
    for execution in bar.workflow.running(state_machine_arn):
        if execution.order_id:
            with mended.apart(order_id=execution.order_id):
                _end_workflow(bar, execution, _order(bar, execution.order_id), now, mended)


def _end_workflow(bar: Bar, execution: Execution, order: Order | None, now: int, mended: Mended) -> None:
    if not is_over(order, now):
        return
    if order and may_finish(order, execution, now):
        _resume(bar, order, mended)
    else:
        bar.workflow.abort(execution.arn, cause="its order has ended")
        mended.stopped.append(execution.arn)


def _empty_outbox(bar: Bar, now: int, mended: Mended) -> None:
    for news in bar.outbox.until(now - SETTLED_MS):
        with mended.apart(news[0].eventId, news[0].orderId):
            tell(bar, news)
            if news[0].orderId not in mended.told:
                mended.told.append(news[0].orderId)


def _order(bar: Bar, order_id: str) -> Order | None:
    try:
        return bar.orders.get(order_id)
    except NotFound:
        return None
