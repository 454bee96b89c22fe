"""The bus's consumer that counts."""

from typing import Any

from aws_lambda_powertools.metrics import MetricUnit, single_metric
from aws_lambda_powertools.utilities.typing import LambdaContext
from chalice.app import Blueprint

from chalicelib.bus import event_bus
from chalicelib.envelope import delivered
from chalicelib.insights import service
from chalicelib.insights.store import insight_store
from chalicelib.observability import METRICS_NAMESPACE, about, logged
from chalicelib.shop.store import shop_store

insight_events = Blueprint(__name__)


@insight_events.lambda_function()
@logged
def learn_insights(event: dict[str, Any], context: LambdaContext) -> None:
    """Target of the rule for every event of the bar."""
    happened = delivered(event)
    about(event_id=happened.shop, order_id=happened.order_id, bus_event_id=happened.event_id)
    service.learn(insight_store(), shop_store(), event_bus(), happened, _count)


def _count(shop: str, dimension: str, value: str) -> None:
    # A set of its own for each: the dimensions of one set describe its values together.
    with single_metric(name="Order", unit=MetricUnit.Count, value=1, namespace=METRICS_NAMESPACE) as metric:
        metric.add_dimension(name="Shop", value=shop)
        metric.add_dimension(name=dimension, value=value)
