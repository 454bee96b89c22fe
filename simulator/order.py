"""One real order told from scan to cup, by a barista and a customer who sign in with codes that really arrive."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.bar_client import BarClient, Order
from simulator.entrance import BARISTA, Entrance, new_address
from simulator.story import Story
from simulator.waiting import TooSlow, submit_when_ready, wait_until_numbered


@dataclass(frozen=True)
class Wish:
    """Where and what is ordered."""

    shop: str
    drink: str
    modifiers: Sequence[str]

    def __str__(self) -> str:
        """The drink in words."""
        return " with ".join([self.drink, *filter(None, [", ".join(self.modifiers)])])


def tell_an_order(story: Story, way_in: Entrance, wish: Wish) -> Order:
    """Play one order to its end and tell it; gives the order as the customer sees it last.

    Raises:
        StepFailed: names the step.
    """
    barista, code = _open_the_bar(story, way_in, wish.shop)
    customer = _let_a_customer_in(story, way_in)
    order_id = _order(story, customer, wish, code)
    _serve(story, barista, wish.shop, order_id)
    return _collect(story, customer, order_id)


def _open_the_bar(story: Story, way_in: Entrance, shop: str) -> tuple[BarClient, str]:
    with story.step("The barista signs in") as say:
        barista = way_in.enter(BARISTA)
        say(f"{BARISTA}, by a code that came by mail")
    with story.step("The display shows a code") as say:
        bucket = barista.qr_code(shop)
        say(f"{bucket['availableTokens']} drinks left on it at {shop}")
    return barista, bucket["code"]


def _let_a_customer_in(story: Story, way_in: Entrance) -> BarClient:
    address = new_address()
    with story.step("A new customer signs up"):
        way_in.pool.sign_up(address)
    with story.step("The customer signs in") as say:
        customer = way_in.enter(address)
        say(f"{address}, by a code that came by mail")
    return customer


def _order(story: Story, customer: BarClient, wish: Wish, code: str) -> str:
    with story.step("The customer scans the code") as say:
        order_id = customer.redeem(wish.shop, code)
        say(f"order {order_id}")
    with story.step("The customer chooses as soon as the bar is ready") as say:
        order = submit_when_ready(customer, order_id, wish.drink, *wish.modifiers)
        say(f"{wish}; the order is {order['orderState']}")
    return order_id


def _serve(story: Story, barista: BarClient, shop: str, order_id: str) -> None:
    with story.step("The barista sees the order") as say:
        order = wait_until_numbered(barista, shop, order_id)
        chosen = order["drinkOrder"]
        say(f"number {order['orderNumber']}{', ' + chosen['drink'] if chosen else ''}")
    with story.step("The barista makes it") as say:
        say(f"the order is {barista.make(order_id)['orderState']}")
    with story.step("The barista calls it out") as say:
        say(f"the order is {barista.complete(order_id)['orderState']}")


def _collect(story: Story, customer: BarClient, order_id: str) -> Order:
    with story.step("The customer looks at the phone") as say:
        order = customer.order(order_id)
        if order["orderState"] != "COMPLETED":
            raise TooSlow(f"the order should be COMPLETED and is {order['orderState']} ({order['reason']})")
        say(f"the order is {order['orderState']}, number {order['orderNumber']}")
    return order
