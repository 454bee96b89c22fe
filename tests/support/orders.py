"""Orders and a shop as tests want them: one of each state, with everything on it that an order in that state has."""

from dataclasses import replace
from typing import Any

from chalicelib.orders.model import Order, OrderState, Reason, new_order
from chalicelib.qr_codes.model import BUCKET_MS
from chalicelib.shop.model import DrinkOrder, MenuItem, ModifierGroup, Shop
from tests.support.people import BARISTA, OWNER

NOW = 1_700_000_000_000 // BUCKET_MS * BUCKET_MS + 60_000  # one minute into a QR code's five
BUCKET = NOW // BUCKET_MS
EVENT = "ABC"
ORDER = "order-1"
CUSTOMER_TOKEN = "customer-task-token"
BARISTA_TOKEN = "barista-task-token"

MILK = ModifierGroup("Milk", ("Regular", "Oat"))
SIZE = ModifierGroup("Size", ("Small", "Large"))
MENU = (
    MenuItem("Latte", "latte", available=True, modifiers=(MILK, SIZE)),
    MenuItem("Espresso", "espresso", available=True),
    MenuItem("Mocha", "mocha", available=False),
)
SHOP = Shop(EVENT, store_open=True, menu=MENU)
LATTE = DrinkOrder("Latte", ("Oat",), "latte")
ESPRESSO = DrinkOrder("Espresso", (), "espresso")


def order_in(state: OrderState, **changes: Any) -> Order:
    """The owner's order in that state: with a drink and number from SUBMITTED on, and BARISTA's claim where made."""
    order = new_order(ORDER, EVENT, OWNER.user_id, BUCKET, NOW)
    return replace(order, **{"state": state, "customer_token": CUSTOMER_TOKEN, **_of_state(state), **changes})


def _of_state(state: OrderState) -> dict[str, Any]:
    submitted = {"drink_order": LATTE, "order_number": 7, "submitted_ts": NOW, "barista_token": BARISTA_TOKEN}
    claimed = {"barista_user_id": BARISTA.user_id, "made_ts": NOW}
    by_state: dict[OrderState, dict[str, Any]] = {
        OrderState.CREATED: {},
        OrderState.SUBMITTED: submitted,
        OrderState.IN_PRODUCTION: {**submitted, **claimed},
        OrderState.COMPLETED: {**submitted, **claimed, "ended_by": BARISTA.user_id, "finished_ts": NOW},
        OrderState.CANCELLED: {"reason": Reason.CANCELLED_BY_CUSTOMER, "ended_by": OWNER.user_id},
        OrderState.FAILED: {"reason": Reason.BROKEN},
    }
    return by_state[state]
