"""Who may connect, and what $connect's function is told."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlparse

import boto3
import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from .conftest import Cloud, Maker, WebSocketApi, eventually


def refusal(api: WebSocketApi, orders: Any = None, **options: Any) -> tuple[int, str]:
    """The status of a refused handshake, and its message."""
    with pytest.raises(InvalidStatus) as refused:
        api.connect(orders, **options)
    answer = refused.value.response
    return answer.status_code, httpx.Response(200, content=bytes(answer.body or b"")).json()["message"]


def test_the_function_is_told_who_connects_and_how(api: WebSocketApi) -> None:
    with connect(f"{api.url}?token=a%20b&tag=1&tag=2&empty=", additional_headers={"X-Custom": "yes"}):
        event = api.function.events("CONNECT")[-1]
    assert event["queryStringParameters"] == {"token": "a b", "tag": "2", "empty": ""}
    assert event["multiValueQueryStringParameters"] == {"token": ["a b"], "tag": ["1", "2"], "empty": [""]}
    assert event["headers"]["X-Custom"] == "yes"
    assert event["multiValueHeaders"]["X-Custom"] == ["yes"]
    assert {"Host", "Sec-WebSocket-Key", "X-Forwarded-For", "X-Forwarded-Port", "X-Forwarded-Proto"} <= set(
        event["headers"]
    )
    assert not {"Connection", "Upgrade"} & set(event["headers"])
    context = event["requestContext"]
    assert (context["apiId"], context["stage"], context["routeKey"]) == (api.id, "live", "$connect")
    assert context["identity"]["sourceIp"] == "127.0.0.1"
    assert context["identity"]["userAgent"].startswith("Python/")


@pytest.mark.parametrize(
    ("status", "message"), [(401, "Unauthorized"), (403, "Forbidden"), (500, "Internal server error")]
)
def test_the_function_refuses_with_its_status(api: WebSocketApi, status: int, message: str) -> None:
    assert refusal(api, {"answer": {"statusCode": status}}) == (status, message)


@pytest.mark.parametrize("orders", [{"failure": "oops"}, {"answer": "nonsense"}, {"answer": {"statusCode": 101}}])
def test_a_function_that_fails_refuses_with_bad_gateway(api: WebSocketApi, orders: Any) -> None:
    assert refusal(api, orders) == (502, "Internal server error")


def test_a_function_that_is_not_there_refuses_with_an_error(make_api: Maker) -> None:
    api = make_api(deployed=False)
    gone = api.gateway.create_integration(
        ApiId=api.id, IntegrationType="AWS_PROXY", IntegrationUri=api.function.uri.replace("websockets-", "gone-")
    )
    api.add_route("$connect", Target=f"integrations/{gone['IntegrationId']}")
    api.deploy()
    assert refusal(api) == (500, "Internal server error")


def test_a_function_that_takes_too_long_refuses_with_gateway_timeout(make_api: Maker) -> None:
    api = make_api("$connect", deployed=False)
    api.limit_integration(milliseconds=500)
    api.deploy()
    assert refusal(api, {"seconds": 5})[0] == 504


def test_a_client_that_gives_up_while_its_function_thinks_is_told_as_gone(api: WebSocketApi) -> None:
    with pytest.raises(TimeoutError):
        api.connect({"seconds": 2, "for": "nobody"}, open_timeout=1)

    def thought_of() -> list[str]:  # the function may begin when the client is gone already
        events = api.function.events("CONNECT")
        return [event["requestContext"]["connectionId"] for event in events if "nobody" in json.dumps(event)]

    (connection_id,) = eventually(thought_of)
    assert api.disconnect_context(connection_id)["disconnectStatusCode"] == 1006


def test_an_unknown_stage_or_api_is_forbidden(api: WebSocketApi) -> None:
    for url in (f"{api.endpoint}/other", api.url.replace(api.id, "none")):
        with pytest.raises(InvalidStatus) as refused:
            connect(url)
        assert refused.value.response.status_code == 403


def test_without_a_connect_route_everybody_may_connect(make_api: Maker) -> None:
    api = make_api("$default")
    with api.connect():
        assert api.function.events("CONNECT") == []


def test_the_function_chooses_the_subprotocol(api: WebSocketApi) -> None:
    offered = [Subprotocol("chat.v1"), Subprotocol("chat.v2")]
    answer = {"statusCode": 200, "headers": {"Sec-WebSocket-Protocol": "chat.v2"}}
    with api.connect({"answer": answer}, subprotocols=offered) as client:
        assert client.subprotocol == "chat.v2"
    with api.connect(subprotocols=offered) as client:
        assert client.subprotocol is None


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "menu.s3.localhost", "example.com"])
def test_pages_of_any_origin_may_connect_as_on_aws(api: WebSocketApi, host: str) -> None:
    port = urlparse(api.url).port
    with api.connect(origin=Origin(f"http://{host}:{port}")) as client:
        client.send("hello")
        assert "hello" in client.recv(timeout=60)


def test_a_slash_at_the_end_of_the_address_does_no_harm(api: WebSocketApi) -> None:
    with connect(f"{api.url}/") as client:
        client.send("hello")
        assert "hello" in client.recv(timeout=60)


def test_the_api_has_a_host_name_of_its_own(api: WebSocketApi) -> None:
    port = urlparse(api.url).port
    url = f"ws://{api.id}.execute-api.eu-west-1.localhost:{port}/live"
    with connect(url, address=("127.0.0.1", port)) as client:
        client.send("hello")
        assert f'"domainName": "{urlparse(url).netloc}"' in client.recv(timeout=60)


@pytest.fixture
def rest_url(cloud: Cloud) -> Iterator[str]:
    """Give the address of a REST API whose every path answers 200."""
    gateway: Any = boto3.Session("test", "test", region_name="eu-west-1").client(
        "apigateway", endpoint_url=cloud.endpoint_url
    )
    rest = gateway.create_rest_api(name="beside WebSockets")["id"]
    root = gateway.get_resources(restApiId=rest)["items"][0]["id"]
    proxy = gateway.create_resource(restApiId=rest, parentId=root, pathPart="{proxy+}")["id"]
    for resource in (root, proxy):
        place = {"restApiId": rest, "resourceId": resource, "httpMethod": "GET"}
        gateway.put_method(**place, authorizationType="NONE")
        gateway.put_integration(**place, type="MOCK", requestTemplates={"application/json": '{"statusCode": 200}'})
        gateway.put_method_response(**place, statusCode="200")
        gateway.put_integration_response(**place, statusCode="200")
    gateway.create_deployment(restApiId=rest, stageName="live")
    yield f"{cloud.endpoint_url}/_aws/execute-api/{rest}/live"
    gateway.delete_rest_api(restApiId=rest)


@pytest.mark.parametrize("path", ["", "/", "/orders", "/orders/1"])
def test_rest_apis_go_on_working_beside_websocket_apis(rest_url: str, path: str, api: WebSocketApi) -> None:
    assert httpx.get(rest_url + path, timeout=60).status_code == 200
    with api.connect():
        assert httpx.get(rest_url + path, timeout=60).status_code == 200
