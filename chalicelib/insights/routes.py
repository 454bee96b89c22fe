"""GET /insights."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.clock import now_ms
from chalicelib.http import ApiRequest, endpoint
from chalicelib.identity.authorizer import signed_in
from chalicelib.insights import service
from chalicelib.insights.store import insight_store
from chalicelib.shop.store import shop_store

insights = Blueprint(__name__)


@endpoint(insights, "GET", "/insights", signed_in)
def get_insights(request: ApiRequest) -> dict[str, Any]:
    """The shop's day so far in numbers."""
    return service.today(insight_store(), shop_store(), request.caller, request.event_id, now_ms())
