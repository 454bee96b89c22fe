"""An API imported from the Swagger that Chalice writes keeps its authorizers, scopes and preflights.

chalice_swagger.json is what the SwaggerGenerator of Chalice 1.34.0 made of an app with these routes: `/open`;
`/me` with a CognitoUserPoolAuthorizer and CORS; `/orders/{order_id}` with the same authorizer, CORS and the scope
that a sign-in gives; `/stock` with the authorizer and other scopes. All call one Lambda function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from tests.apigateway.authorizers.conftest import Cloud, UserPool

_SWAGGER = Path(__file__).with_name("chalice_swagger.json")
_POOL = "arn:aws:cognito-idp:eu-west-1:000000000000:userpool/eu-west-1_people"
_FUNCTION = "arn:aws:lambda:eu-west-1:000000000000:function:site-local"
_ECHO = """
import json

def handler(event, context):
    return {"statusCode": 200, "body": json.dumps(event["requestContext"].get("authorizer"))}
"""


@pytest.fixture(scope="module")
def pool(make_pool: Callable[..., UserPool]) -> UserPool:
    pool = make_pool()
    pool.add("alice", groups=("admin", "staff"))
    return pool


@pytest.fixture(scope="module")
def tokens(pool: UserPool) -> Mapping[str, str]:
    return pool.sign_in("alice")


@pytest.fixture(scope="module")
def url(
    cloud: Cloud,
    client: Callable[[str], Any],
    pool: UserPool,
    make_function: Callable[[str], str],
) -> Iterator[str]:
    """Deploy the API with the calls of `chalice deploy`; gives the address of its stage."""
    gateway, swagger = client("apigateway"), _SWAGGER.read_text()
    of_this_test = swagger.replace(_POOL, pool.arn).replace(_FUNCTION, make_function(_ECHO))
    api = gateway.import_rest_api(body=of_this_test, parameters={"endpointConfigurationTypes": "EDGE"})
    gateway.create_deployment(restApiId=api["id"], stageName="api")
    yield f"{cloud.endpoint_url}/_aws/execute-api/{api['id']}/api"
    gateway.delete_rest_api(restApiId=api["id"])


def call(url: str, token: str | None = None) -> httpx.Response:
    return httpx.get(url, headers={"Authorization": f"Bearer {token}"} if token else {}, timeout=60)


def test_an_open_route_is_open_and_its_function_learns_of_no_caller(url: str) -> None:
    response = call(f"{url}/open")
    assert (response.status_code, response.json()) == (200, None)


@pytest.mark.parametrize("path", ["/me", "/orders/7", "/stock"])
def test_a_route_with_the_authorizer_is_closed_to_a_caller_without_a_token(url: str, path: str) -> None:
    response = call(f"{url}{path}")
    assert (response.status_code, response.json()) == (401, {"message": "Unauthorized"})


def test_a_route_without_scopes_takes_the_id_token_and_its_function_learns_the_claims(
    url: str, pool: UserPool, tokens: Mapping[str, str]
) -> None:
    response = call(f"{url}/me", tokens["IdToken"])
    assert response.status_code == 200
    claims = response.json()["claims"]
    assert claims["cognito:username"] == "alice"
    assert claims["cognito:groups"] == "admin,staff"
    assert claims["aud"] == pool.client_id
    assert claims["auth_time"].isdigit()
    assert all(isinstance(value, str) for value in claims.values())
    assert call(f"{url}/me", tokens["AccessToken"]).status_code == 401


def test_a_routes_scopes_survive_the_import(url: str, tokens: Mapping[str, str]) -> None:
    assert call(f"{url}/orders/7", tokens["AccessToken"]).json()["claims"]["token_use"] == "access"
    assert call(f"{url}/orders/7", tokens["IdToken"]).status_code == 401
    assert call(f"{url}/stock", tokens["AccessToken"]).status_code == 401


def test_a_preflight_needs_no_token(url: str) -> None:
    response = httpx.options(
        f"{url}/me",
        headers={"Origin": "https://site.example", "Access-Control-Request-Method": "GET"},
    )
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "https://site.example"
    assert "Authorization" in response.headers["Access-Control-Allow-Headers"]
