"""The bus's consumer that keeps every event of an order."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from chalice.app import Blueprint

from chalicelib.envelope import delivered
from chalicelib.journeys import service
from chalicelib.journeys.store import journey_store
from chalicelib.observability import about, logged

journey_events = Blueprint(__name__)


@journey_events.lambda_function()
@logged
def record_journey(event: dict[str, Any], context: LambdaContext) -> None:
    """Target of the rule for every event of the bar."""
    happened = delivered(event)
    about(event_id=happened.shop, order_id=happened.order_id, bus_event_id=happened.event_id)
    service.record(journey_store(), happened)
