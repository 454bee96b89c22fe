"""GET /orders, GET and PUT /orders/{order_id}, GET /myOrders."""

from collections.abc import Callable, Mapping
from typing import Any

import fastjsonschema
from chalice.app import Blueprint

from chalicelib.bar import bar
from chalicelib.clock import now_ms
from chalicelib.errors import Invalid
from chalicelib.http import ApiRequest, endpoint
from chalicelib.identity.authorizer import signed_in
from chalicelib.observability import logger
from chalicelib.orders import pages, queue, service
from chalicelib.orders.model import Order, OrderState, view
from chalicelib.orders.pages import Cursor, Page
from chalicelib.shop.schemas import LONGEST_LABEL

orders = Blueprint(__name__)

# Only what is read is demanded: clients of the original also send userId and icon, which decide nothing here (Q29).
drink_choice = fastjsonschema.compile(
    {
        "type": "object",
        "required": ["drink"],
        "properties": {
            "drink": {"type": "string", "maxLength": LONGEST_LABEL},
            "modifiers": {"type": "array", "maxItems": 20, "items": {"type": "string", "maxLength": LONGEST_LABEL}},
        },
    }
)


@endpoint(orders, "GET", "/orders", signed_in)
def list_orders(request: ApiRequest) -> dict[str, Any]:
    """A shop's orders in one state, oldest first."""
    event_id, state = request.event_id, _state(request.required("state"))
    return _rendered(*service.list_in_state(bar(), request.caller, event_id, state, _page(request)))


@endpoint(orders, "GET", "/myOrders", signed_in)
def list_my_orders(request: ApiRequest) -> dict[str, Any]:
    """The caller's own orders, newest first."""
    return _rendered(*service.list_own(bar(), request.caller, _page(request)))


@endpoint(orders, "GET", "/orders/{order_id}", signed_in)
def get_order(request: ApiRequest, order_id: str) -> dict[str, Any]:
    """One order."""
    return view(service.read(bar(), request.caller, order_id))


@endpoint(orders, "GET", "/queue", signed_in)
def get_queue(request: ApiRequest) -> dict[str, Any]:
    """How long a drink takes that joins the queue now, or the order that is asked about."""
    return queue.of_shop(bar(), request.caller, request.event_id, request.query("orderId")).wire


@endpoint(orders, "PUT", "/orders/{order_id}", signed_in)
def put_order(request: ApiRequest, order_id: str) -> dict[str, Any]:
    """Do something with an order; without an action, submit it."""
    action = request.query("action") or "submit"
    if action not in ACTIONS:
        raise Invalid(f"action must be one of {', '.join(ACTIONS)}, not {action!r}")
    logger.append_keys(action=action)
    return view(ACTIONS[action](request, order_id))


def _submit(request: ApiRequest, order_id: str) -> Order:
    choice = request.body(drink_choice)
    return service.submit(bar(), request.caller, order_id, choice["drink"], choice.get("modifiers", []), now_ms())


def _make(request: ApiRequest, order_id: str) -> Order:
    return service.make(bar(), request.caller, order_id, now_ms())


def _unmake(request: ApiRequest, order_id: str) -> Order:
    return service.unmake(bar(), request.caller, order_id, now_ms())


def _complete(request: ApiRequest, order_id: str) -> Order:
    return service.complete(bar(), request.caller, order_id, now_ms())


def _recall(request: ApiRequest, order_id: str) -> Order:
    return service.recall(bar(), request.caller, order_id, now_ms())


def _cancel(request: ApiRequest, order_id: str) -> Order:
    return service.cancel(bar(), request.caller, order_id, now_ms())


ACTIONS: Mapping[str, Callable[[ApiRequest, str], Order]] = {
    "submit": _submit,
    "make": _make,
    "unmake": _unmake,
    "complete": _complete,
    "recall": _recall,
    "cancel": _cancel,
}


def _state(name: str) -> OrderState:
    if name not in OrderState:
        raise Invalid(f"state must be one of {', '.join(OrderState)}, not {name!r}")
    return OrderState(name)


def _page(request: ApiRequest) -> Page:
    return pages.page(request.query("maxItems"), request.query("nextToken"))


def _rendered(found: list[Order], following: Cursor | None) -> dict[str, Any]:
    return {"orders": [view(order) for order in found], "nextToken": pages.token(following)}
