"""Structured logs and metrics, once for every function. Nothing personal and no secret is logged here or elsewhere.

Each log line carries the order and the shop it is about (`about`), so that one filter tells an order's whole story; a
consumer's lines carry the id of the bus's event, too, and each call ends with a line that says how.
"""

from collections.abc import Callable
from functools import wraps

from aws_lambda_powertools import Logger

from chalicelib.errors import Refusal

logger = Logger(service="serverlesspresso")
METRICS_NAMESPACE = "Serverlesspresso"


def about(*, event_id: str | None = None, order_id: str | None = None, bus_event_id: str | None = None) -> None:
    """Put the shop, the order and the bus's event into every following line of this invocation."""
    keys = {"eventId": event_id, "orderId": order_id, "busEventId": bus_event_id}
    logger.append_keys(**{name: value for name, value in keys.items() if value})


def about_no_order() -> None:
    """What follows is about no order and no shop, or about the next one."""
    logger.remove_keys(["eventId", "orderId"])


def logged[**P, T](handler: Callable[P, T]) -> Callable[P, T]:
    """A Lambda function whose lines carry its request, and whose end, good or bad, is a line of its own.

    Lambda prints an exception that leaves a function too, but as text over several lines that name no order.
    """

    @wraps(handler)
    def telling(*args: P.args, **named: P.kwargs) -> T:
        try:
            result = handler(*args, **named)
        except Refusal as refusal:
            logger.info("refused", code=refusal.code, reason=str(refusal))
            raise
        except Exception:
            logger.exception("failed")
            raise
        logger.info("done")
        return result

    injected: Callable[P, T] = logger.inject_lambda_context(clear_state=True)(telling)
    return injected
