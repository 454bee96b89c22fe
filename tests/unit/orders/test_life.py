"""One order's life played at random: customers, baristas and the workflow do anything in any order, twice, too late.

Whatever happens, these hold: a terminal state is final, unless the drink is called back; the drink, the number and a
claim are never replaced; time does not go back; a live order and only a live one holds its places; an end is told once.
"""

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from chalicelib.errors import Refusal
from chalicelib.identity.model import Caller
from chalicelib.orders import processing, service
from chalicelib.orders.model import Order, OrderState, Reason
from chalicelib.orders.workflow import OrderEnded
from chalicelib.qr_codes.service import redeem
from tests.support.memory_bar import CODE, open_bar
from tests.support.orders import EVENT, NOW, ORDER
from tests.support.people import BARISTA, OTHER_BARISTA, OWNER, PEOPLE

anybody = st.sampled_from(list(PEOPLE.values()))
baristas = st.sampled_from([BARISTA, OTHER_BARISTA])
drinks = st.sampled_from([("Latte", ("Oat",)), ("Espresso", ()), ("Mocha", ()), ("Latte", ("Oat", "Regular"))])
WORKFLOWS_REASONS = [Reason.CUSTOMER_TIMED_OUT, Reason.BARISTA_TIMED_OUT, Reason.SHOP_CLOSED, Reason.BROKEN]


class OneOrdersLife(RuleBasedStateMachine):
    """The order, and everybody who may touch it."""

    @initialize()
    def scan(self) -> None:
        self.bar = open_bar()
        self.now = NOW
        self.tokens = 0
        redeem(self.bar, OWNER, EVENT, CODE, self.now, lambda: ORDER)
        self.before = self.order

    @property
    def order(self) -> Order:
        return self.bar.orders.get(ORDER)

    def attempt(self, action: Callable[[], object]) -> None:
        self.before, changes = self.order, len(self.bar.bus.told)
        self.now += 7
        try:
            action()
        except (Refusal, OrderEnded):
            assert self.order == self.before
            assert len(self.bar.bus.told) == changes

    @rule(who=anybody, choice=drinks)
    def submit(self, who: Caller, choice: tuple[str, tuple[str, ...]]) -> None:
        self.attempt(lambda: service.submit(self.bar, who, ORDER, *choice, self.now))

    @rule(who=baristas)
    def make(self, who: Caller) -> None:
        self.attempt(lambda: service.make(self.bar, who, ORDER, self.now))

    @rule(who=baristas)
    def unmake(self, who: Caller) -> None:
        self.attempt(lambda: service.unmake(self.bar, who, ORDER, self.now))

    @rule(who=anybody)
    def complete(self, who: Caller) -> None:
        self.attempt(lambda: service.complete(self.bar, who, ORDER, self.now))

    @rule(who=anybody)
    def recall(self, who: Caller) -> None:
        self.attempt(lambda: service.recall(self.bar, who, ORDER, self.now))

    @rule()
    def the_workflow_finishes(self) -> None:
        self.attempt(lambda: processing.finish(self.bar, ORDER, self.now))

    @rule(who=anybody)
    def cancel(self, who: Caller) -> None:
        self.attempt(lambda: service.cancel(self.bar, who, ORDER, self.now))

    @rule()
    def the_workflow_asks_the_customer(self) -> None:
        self.tokens += 1
        self.attempt(lambda: processing.ask_customer(self.bar, ORDER, f"customer-{self.tokens}", self.now))

    @rule()
    def the_workflow_takes_a_number_and_asks_a_barista(self) -> None:
        if self.order.state is OrderState.CREATED:
            return  # the state machine does not get here without a drink
        self.tokens += 1
        self.attempt(lambda: processing.take_number(self.bar, ORDER, self.now))
        self.attempt(lambda: processing.ask_barista(self.bar, ORDER, f"barista-{self.tokens}", self.now))

    @rule(reason=st.sampled_from(WORKFLOWS_REASONS))
    def the_workflow_gives_up(self, reason: Reason) -> None:
        self.attempt(lambda: processing.give_up(self.bar, ORDER, reason, self.now))

    @rule()
    def the_workflow_dies(self) -> None:
        self.attempt(lambda: processing.execution_died(self.bar, ORDER, "arn:its-own", self.now))

    @property
    def is_recalled_just_now(self) -> bool:
        return self.order.recalled_ts != self.before.recalled_ts

    @invariant()
    def a_terminal_state_is_final_unless_it_is_called_back(self) -> None:
        if self.is_recalled_just_now:
            assert (self.before.state, self.order.state) == (OrderState.COMPLETED, OrderState.IN_PRODUCTION)
        elif self.before.is_terminal:
            assert self.order == replace(self.before, **self._of_finishing)

    @property
    def _of_finishing(self) -> dict[str, Any]:
        return {name: getattr(self.order, name) for name in ("finished_ts", "news_ts", "version")}

    @invariant()
    def drink_and_number_are_never_lost_or_replaced(self) -> None:
        assert self.before.drink_order in {None, self.order.drink_order}
        assert self.before.order_number in {None, self.order.order_number}

    @invariant()
    def a_claim_passes_to_another_barista_only_by_being_put_back(self) -> None:
        both_claimed = {self.before.state, self.order.state} == {OrderState.IN_PRODUCTION}
        assert not both_claimed or self.before.barista_user_id == self.order.barista_user_id

    @invariant()
    def time_and_version_never_go_back(self) -> None:
        assert self.before.updated_ts <= self.order.updated_ts <= self.now
        assert self.before.version <= self.order.version

    @invariant()
    def a_live_order_and_only_a_live_one_holds_its_places(self) -> None:
        expected = frozenset() if self.order.is_terminal else frozenset({ORDER})
        assert self.bar.shops.places(EVENT) == expected
        assert self.bar.customers.live[OWNER.user_id, EVENT] == expected

    @invariant()
    def a_drink_is_on_the_order_exactly_from_submit_on(self) -> None:
        if self.order.state is OrderState.CREATED:
            assert self.order.drink_order is None
        if self.order.state in {OrderState.SUBMITTED, OrderState.IN_PRODUCTION, OrderState.COMPLETED}:
            assert self.order.drink_order is not None

    @invariant()
    def the_end_is_told_and_only_one_end(self) -> None:
        ends = {"OrderCompleted", "OrderCancelled", "OrderFailed", "OrderTimeOut", "ShopUnavailable"}
        named = [event.partition(".")[2] for event in self.bar.bus.types]
        since_recall = named[::-1][: named[::-1].index("OrderRecalled")] if "OrderRecalled" in named else named
        told = ends.intersection(since_recall)
        assert len(told) == (1 if self.order.is_terminal else 0)

    @invariant()
    def q31_no_task_token_is_on_the_bus(self) -> None:
        on_the_bus = " ".join(str(asdict(event)) for event in self.bar.bus.told)
        assert not any(
            f"{who}-{i}'" in on_the_bus for who in ("customer", "barista") for i in range(3, self.tokens + 1)
        )


TestOneOrdersLife = OneOrdersLife.TestCase
TestOneOrdersLife.settings = settings(max_examples=40, stateful_step_count=30)
