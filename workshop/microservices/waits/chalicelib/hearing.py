"""What is kept of an event. Pure: no clock, no table. What it does not know, it leaves alone."""

from typing import Any

from chalicelib.order import Order

BEGINS, ENDS = "OrderManager.WaitingCompletion", "OrderManager.OrderCompleted"


def kept(event: dict[str, Any]) -> Order | None:
    """What an event tells of a wait; None where it tells nothing of it.

    Args:
        event: in its envelope: `{"detail-type", "time", "detail", ...}`.
    """
    # learner 5b-1: BEGINS tells the drink and begun_at, ENDS tells ready_at; when it happened says the detail's "at"
    detail = event["detail"]
    shop, order_id, at = detail["eventId"], detail["orderId"], detail.get("at")
    if event["detail-type"] == BEGINS:
        return Order(shop, order_id, drink=detail["drinkOrder"]["drink"], begun_at=at)
    if event["detail-type"] == ENDS:
        return Order(shop, order_id, ready_at=at)
    return None
    # until then: raise NotImplementedError("what an event tells")
