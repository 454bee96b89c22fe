"""GET /config, GET /admin-config, PUT /store, PUT /menu, PUT /limits."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.errors import Invalid
from chalicelib.http import ApiRequest, endpoint
from chalicelib.identity.authorizer import signed_in
from chalicelib.shop import service
from chalicelib.shop.model import admin_config, config
from chalicelib.shop.schemas import check_limits, check_menu
from chalicelib.shop.store import shop_store

shop = Blueprint(__name__)

OPEN, CLOSED = "open", "closed"


@endpoint(shop, "GET", "/config")
def get_config(request: ApiRequest) -> dict[str, Any]:
    """What anybody may know of a shop."""
    return config(service.read(shop_store(), request.event_id))


@endpoint(shop, "GET", "/admin-config", signed_in)
def get_admin_config(request: ApiRequest) -> dict[str, Any]:
    """The same and the limits."""
    return admin_config(service.read_as_admin(shop_store(), request.caller, request.event_id))


@endpoint(shop, "PUT", "/store", signed_in)
def put_store(request: ApiRequest) -> dict[str, Any]:
    """Open or close the shop."""
    event_id, state = request.event_id, request.required("state")
    if state not in {OPEN, CLOSED}:
        raise Invalid(f"state must be {OPEN} or {CLOSED}, not {state!r}")
    changed = service.set_open(shop_store(), request.caller, event_id, is_open=state == OPEN)
    return {"eventId": changed.event_id, "storeOpen": changed.store_open}


@endpoint(shop, "PUT", "/menu", signed_in)
def put_menu(request: ApiRequest) -> dict[str, Any]:
    """Replace the menu; answers with the new configuration."""
    event_id, caller = request.event_id, request.barista
    return admin_config(service.set_menu(shop_store(), caller, event_id, request.body(check_menu)["menu"]))


@endpoint(shop, "PUT", "/limits", signed_in)
def put_limits(request: ApiRequest) -> dict[str, Any]:
    """Change limits, waits or the time zone; answers with the new configuration."""
    event_id, caller = request.event_id, request.barista
    return admin_config(service.set_limits(shop_store(), caller, event_id, request.body(check_limits)))
