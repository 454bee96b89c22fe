"""Structured logs and metrics, once for every function. Nothing personal and no secret is logged here or elsewhere.

Each log line carries the order and the shop it is about (`about`), so that one filter tells an order's whole story.
"""

from aws_lambda_powertools import Logger

logger = Logger(service="serverlesspresso")
METRICS_NAMESPACE = "Serverlesspresso"


def about(*, event_id: str | None = None, order_id: str | None = None) -> None:
    """Put the shop and the order into every following line of this invocation."""
    keys = {"eventId": event_id, "orderId": order_id}
    logger.append_keys(**{name: value for name, value in keys.items() if value})
