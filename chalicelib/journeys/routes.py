"""GET /journeys/{order_id}."""

from chalice.app import Blueprint

from chalicelib.bar import bar
from chalicelib.http import ApiRequest, endpoint
from chalicelib.identity.authorizer import signed_in
from chalicelib.journeys import service
from chalicelib.journeys.store import journey_store

journeys = Blueprint(__name__)


@endpoint(journeys, "GET", "/journeys/{order_id}", signed_in)
def get_journey(request: ApiRequest, order_id: str) -> dict[str, str]:
    """Where the order's page can be read, for an hour."""
    return {"url": service.url(bar(), journey_store(), request.caller, order_id)}
