"""Whether somebody had a first coffee at the bar that runs on this machine (module 0)."""

from collections.abc import Sequence

import httpx

from chalicelib.orders.model import Order, OrderState
from workshop.attempt import Attempt
from workshop.checks.first_half import is_deployed
from workshop.finding import Check, DoesNotHold

ROBOTS = "customer-"  # how the addresses of those begin that `make order` and `make robots` send
_NEWEST = 50
_ANSWERS_WITHIN_S = 35  # longer than a function may take
_CHOOSE = "choose a drink on the order page, or cancel the order there"
_COMPLETE = "open the barista page, sign in as barista@example.com, and complete it"


def pages_open(attempt: Attempt) -> None:
    """Each page of the bar's can be opened."""
    if not attempt.bar.outputs.frontends:
        raise DoesNotHold("the pages were not built", "four pages", attempt="make local builds them")
    for name, address in attempt.bar.outputs.frontends.items():
        if not httpx.get(address, trust_env=False, timeout=_ANSWERS_WITHIN_S).is_success:
            raise DoesNotHold(f"the {name} page is not there", "each page opens", [address], "make local puts it back")


def somebody_ordered(attempt: Attempt) -> None:
    """A person ordered, not only robots."""
    if not _orders_of_people(attempt):
        raise DoesNotHold(
            "nobody has ordered yet, but for robots",
            f"an order of yours, in shop {attempt.shop}",
            _pages(attempt, "display", "order"),
            "touch the code on the display, sign in on the order page with any e-mail address, and choose a drink",
        )


def the_coffee_was_made(attempt: Attempt) -> None:
    """One of the orders came to its end."""
    orders = _orders_of_people(attempt)
    if any(order.state is OrderState.COMPLETED for order in orders):
        return
    newest = max(orders, key=lambda order: order.created_ts)
    match newest.state:
        case OrderState.CREATED:
            seen, advice, page = "you hold an order and have not chosen a drink yet", _CHOOSE, "order"
        case OrderState.SUBMITTED | OrderState.IN_PRODUCTION:
            number = f"number {newest.order_number}" if newest.order_number else "no number yet"
            seen, advice, page = f"your order has {number} and waits for a barista", _COMPLETE, "barista"
        case _:
            seen, advice, page = f"your order ended as {newest.state}: {newest.reason}", "order once more", "order"
    raise DoesNotHold(seen, "an order that is COMPLETED", _pages(attempt, page), advice)


def _orders_of_people(attempt: Attempt) -> Sequence[Order]:
    """The newest orders in each state that no robot made."""
    store = attempt.bar.stage.bar.orders
    newest = [order for state in OrderState for order in store.latest_in_state(attempt.shop, state, _NEWEST)]
    return [order for order in newest if not _address(attempt, order.user_id).startswith(ROBOTS)]


def _address(attempt: Attempt, user_id: str) -> str:
    pool = attempt.bar.outputs.user_pool_id
    users = attempt.bar.client("cognito-idp").list_users(UserPoolId=pool, Filter=f'sub = "{user_id}"')["Users"]
    attributes = {one["Name"]: str(one["Value"]) for user in users for one in user["Attributes"]}
    return attributes.get("email") or attributes.get("phone_number", "")


def _pages(attempt: Attempt, *names: str) -> list[str]:
    addresses = attempt.bar.outputs.frontends
    return [addresses[name] for name in names if name in addresses]


STEPS = {
    "0-1": (Check("the bar runs", is_deployed), Check("its pages can be opened", pages_open)),
    "0-2": (Check("you ordered", somebody_ordered), Check("your coffee was made", the_coffee_was_made)),
}
