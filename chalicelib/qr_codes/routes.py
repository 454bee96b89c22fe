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
# The display shows the code in letters too: none looks like another, and no shell takes the code for an option.
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def _new_code() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(10))  # as many as in the original: 49 bits


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
