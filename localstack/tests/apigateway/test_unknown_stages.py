"""What an API does not have is refused as AWS refuses it: with 403, in JSON, whatever the method."""

from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest
from local_cloud.testing import Cloud

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
MISSING = {"message": "Missing Authentication Token"}


@pytest.fixture(scope="module")
def url(cloud: Cloud) -> Iterator[str]:
    """Give the address of an API that has `GET /orders` on its stage `live`."""
    gateway = cloud.client("apigateway")
    api = gateway.create_rest_api(name=f"orders-{uuid4()}")["id"]
    root = gateway.get_resources(restApiId=api)["items"][0]["id"]
    orders = gateway.create_resource(restApiId=api, parentId=root, pathPart="orders")["id"]
    method = {"restApiId": api, "resourceId": orders, "httpMethod": "GET"}
    gateway.put_method(**method, authorizationType="NONE")
    gateway.put_integration(**method, type="MOCK", requestTemplates={"application/json": '{"statusCode": 200}'})
    gateway.put_method_response(**method, statusCode="200")
    gateway.put_integration_response(**method, statusCode="200")
    gateway.put_gateway_response(
        restApiId=api,
        responseType="MISSING_AUTHENTICATION_TOKEN",
        responseParameters={"gatewayresponse.header.Access-Control-Allow-Origin": "'https://page.example'"},
    )
    gateway.create_deployment(restApiId=api, stageName="live")
    yield f"{cloud.endpoint_url}/_aws/execute-api/{api}"
    gateway.delete_rest_api(restApiId=api)


def refusal(method: str, url: str) -> tuple[int, str, object]:
    response = httpx.request(method, url, timeout=60)
    body = None if method == "HEAD" else response.json()
    return response.status_code, response.headers.get("Access-Control-Allow-Origin", ""), body


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", ["/live/orders", "/live/orders/7", "/live/letters", "/live"])
def test_a_path_or_method_that_the_api_lacks_misses_its_token(url: str, method: str, path: str) -> None:
    if (method, path) == ("GET", "/live/orders"):
        assert httpx.get(url + path, timeout=60).status_code == 200
        return
    expected = None if method == "HEAD" else MISSING
    assert refusal(method, url + path) == (403, "https://page.example", expected)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", ["/", "/test", "/test/orders"])
def test_a_stage_that_the_api_lacks_is_forbidden(url: str, method: str, path: str) -> None:
    expected = None if method == "HEAD" else {"message": "Forbidden"}
    assert refusal(method, url + path) == (403, "", expected)


def test_an_api_that_is_not_there_is_forbidden(cloud: Cloud) -> None:
    response = httpx.get(f"{cloud.endpoint_url}/_aws/execute-api/nowhere/live/orders", timeout=60)
    assert (response.status_code, response.headers["x-amzn-ErrorType"]) == (403, "ForbiddenException")
