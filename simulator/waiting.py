"""How long people wait for the bar, and how often they look."""

from collections.abc import Callable

from tenacity import (
    RetryCallState,
    RetryError,
    Retrying,
    retry_if_exception,
    retry_if_result,
    stop_after_delay,
    wait_fixed,
)

from simulator.bar_client import BarClient, Order, Refused

PATIENCE_S = 60
LOOK_EVERY_S = 0.1


class TooSlow(Exception):
    """Something did not happen while somebody waited for it."""


def submit_when_ready(
    customer: BarClient, order_id: str, drink: str, *modifiers: str, every_s: float | None = None
) -> Order:
    """Choose a drink as soon as the bar asks for it: until then it answers 409 `NotReady`.

    Args:
        customer: the order's owner.
        order_id: which order.
        drink: a drink's exact name.
        modifiers: options of the drink.
        every_s: seconds between tries; as the answer's Retry-After says, if None.

    Raises:
        Refused: any other refusal, or still `NotReady` when the patience is over.
    """

    def pause(state: RetryCallState) -> float:
        refused = state.outcome.exception() if state.outcome else None
        advised = refused.retry_after if isinstance(refused, Refused) else None
        return every_s if every_s is not None else advised or LOOK_EVERY_S

    trying = Retrying(
        retry=retry_if_exception(lambda error: isinstance(error, Refused) and error.code == "NotReady"),
        wait=pause,
        stop=stop_after_delay(PATIENCE_S),
        reraise=True,
    )
    return trying(customer.submit, order_id, drink, *modifiers)


def wait_for[T](what: str, look: Callable[[], T | None]) -> T:
    """Look again and again until there is something to see.

    Args:
        what: what is waited for, in words.
        look: gives it, or None while it is not there.

    Raises:
        TooSlow: it did not come.
    """
    looking = Retrying(
        retry=retry_if_result(lambda seen: seen is None),
        wait=wait_fixed(LOOK_EVERY_S),
        stop=stop_after_delay(PATIENCE_S),
    )
    try:
        seen = looking(look)
    except RetryError as error:
        raise TooSlow(f"waited {PATIENCE_S} s for {what}") from error
    if seen is None:
        raise AssertionError("the loop ends with something or raises")
    return seen


def wait_until_numbered(barista: BarClient, shop: str, order_id: str) -> Order:
    """The order as a barista sees it in the queue once it has its number.

    Raises:
        TooSlow: it did not appear there.
    """

    def look() -> Order | None:
        queue = barista.orders(shop, "SUBMITTED")["orders"]
        return next((order for order in queue if order["orderId"] == order_id and order["orderNumber"]), None)

    return wait_for("the order to come to the barista with its number", look)
