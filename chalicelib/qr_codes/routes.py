"""GET and POST /qr-code."""

import secrets
from typing import Any

from chalice.app import Blueprint, Response

from chalicelib.bar import bar
from chalicelib.clock import now_ms
from chalicelib.errors import Invalid
from chalicelib.http import ApiRequest, endpoint
from chalicelib.identity.authorizer import signed_in
from chalicelib.qr_codes import service
from chalicelib.qr_codes.model import view

qr_codes = Blueprint(__name__)

CODE = "token"  # as the original's links spell the parameter


def _new_code() -> str:
    return secrets.token_urlsafe(8)[:10]  # ten characters of the URL-safe alphabet, as in the original


def _new_order_id() -> str:
    return secrets.token_urlsafe(16)


@endpoint(qr_codes, "GET", "/qr-code", signed_in)
def get_code(request: ApiRequest) -> dict[str, Any]:
    """The code to show now."""
    event_id = request.event_id
    return {"bucket": view(service.current_code(bar(), request.caller, event_id, now_ms(), _new_code))}


@endpoint(qr_codes, "POST", "/qr-code", signed_in)
def redeem_code(request: ApiRequest) -> Response:
    """Turn a scanned code into an order."""
    code = request.query(CODE)
    if not code:
        raise Invalid(f"the query parameter {CODE} is missing: it is the scanned code", "MissingToken")
    event_id = request.event_id
    order = service.redeem(bar(), request.caller, event_id, code, now_ms(), _new_order_id)
    return Response(body={"orderId": order.order_id}, status_code=201)
