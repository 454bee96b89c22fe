"""An API's own gateway responses shape the errors that API Gateway gives, whichever they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from tests.apigateway.authorizers.conftest import RestApi, UserPool

# A value that LocalStack itself would not think of.
ORIGIN = "https://site.example"
CORS = {"gatewayresponse.header.Access-Control-Allow-Origin": f"'{ORIGIN}'"}

ERRORS = [("/me", 401), ("/nowhere", 403), ("/broken", 500)]


@pytest.fixture
def api(make_pool: Callable[..., UserPool], make_api: Callable[[], RestApi]) -> RestApi:
    api = make_api()
    authorizer = api.add_user_pool_authorizer(make_pool().arn)
    api.add_route("me", authorizationType="COGNITO_USER_POOLS", authorizerId=authorizer)
    without_status = {"application/json": "{}"}
    api.add_route("broken", {"type": "MOCK", "requestTemplates": without_status})
    return api


def allowed_origin(response: httpx.Response) -> str | None:
    origin: str | None = response.headers.get("Access-Control-Allow-Origin")
    return origin


@pytest.mark.parametrize(("path", "status"), ERRORS)
def test_an_error_has_no_cors_headers_unless_the_api_asks_for_them(api: RestApi, path: str, status: int) -> None:
    api.deploy()
    response = api.get(path)
    assert (response.status_code, allowed_origin(response)) == (status, None)


@pytest.mark.parametrize(("path", "status"), ERRORS)
def test_the_default_responses_headers_are_on_every_error(api: RestApi, path: str, status: int) -> None:
    api.respond_with("DEFAULT_4XX", responseParameters=CORS)
    api.respond_with("DEFAULT_5XX", responseParameters=CORS)
    api.deploy()
    response = api.get(path)
    assert (response.status_code, allowed_origin(response)) == (status, ORIGIN)


@pytest.mark.parametrize(
    ("response_type", "path"), [("UNAUTHORIZED", "/me"), ("MISSING_AUTHENTICATION_TOKEN", "/nowhere")]
)
def test_a_response_of_one_type_has_precedence_over_the_default(api: RestApi, response_type: str, path: str) -> None:
    api.respond_with("DEFAULT_4XX", responseParameters={"gatewayresponse.header.Access-Control-Allow-Origin": "'null'"})
    api.respond_with(response_type, responseParameters=CORS)
    api.deploy()
    assert allowed_origin(api.get(path)) == ORIGIN


def test_a_response_may_have_its_own_status_and_body(api: RestApi) -> None:
    api.respond_with(
        "UNAUTHORIZED",
        statusCode="418",
        responseTemplates={"application/json": '{"Code": "Tea", "Message": $context.error.messageString}'},
    )
    api.deploy()
    response = api.get("/me")
    assert (response.status_code, response.json()) == (418, {"Code": "Tea", "Message": "Unauthorized"})
    assert response.headers["Content-Type"] == "application/json"


def test_a_header_may_repeat_what_was_requested_but_not_break_out_of_its_line(api: RestApi) -> None:
    api.respond_with(
        "MISSING_AUTHENTICATION_TOKEN",
        responseParameters={
            "gatewayresponse.header.X-Asked": "method.request.querystring.asked",
            "gatewayresponse.header.X-Split": "method.request.querystring.split",
        },
    )
    api.deploy()
    response = api.get("/nowhere?asked=water&split=a%0d%0aX-Injected:%20b")
    assert (response.status_code, response.headers["X-Asked"]) == (403, "water")
    assert not {"X-Split", "X-Injected"} & set(response.headers)


def test_a_gateway_response_takes_effect_with_the_next_deployment(api: RestApi) -> None:
    api.deploy()
    api.respond_with("DEFAULT_4XX", responseParameters=CORS)
    assert allowed_origin(api.get("/me")) is None
    api.deploy()
    assert allowed_origin(api.get("/me")) == ORIGIN
