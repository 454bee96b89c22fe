"""Who must sign: handshakes whose $connect is for AWS_IAM, and requests to the @connections API."""

import json
from typing import Any

import httpx
import pytest
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from websockets.exceptions import InvalidStatus

from .conftest import Maker, WebSocketApi

REGION = "eu-west-1"
TEST = Credentials("test", "test")
ROOT = "arn:aws:iam::000000000000:root"


@pytest.fixture(scope="module")
def signed_api(make_api: Maker) -> WebSocketApi:
    """Give an API that lets in who signed, and echoes."""
    api = make_api("$disconnect", two_way=["$default"], deployed=False)
    api.add_route("$connect", AuthorizationType="AWS_IAM")
    api.deploy()
    return api


def signed_headers(url: str, credentials: Credentials = TEST, method: str = "GET", body: bytes = b"") -> dict[str, str]:
    request = AWSRequest(method, url.replace("ws://", "http://"), data=body)
    SigV4Auth(credentials, "execute-api", REGION).add_auth(request)
    return dict(request.headers.items())


def signed_url(url: str, credentials: Credentials = TEST) -> str:
    request = AWSRequest("GET", url.replace("ws://", "http://"))
    SigV4QueryAuth(credentials, "execute-api", REGION, expires=60).add_auth(request)
    return str(request.url).replace("http://", "ws://")


def refusal(api: WebSocketApi, url: str | None = None, **options: Any) -> tuple[int, str]:
    with pytest.raises(InvalidStatus) as refused:
        api.connect_to(url or api.url, **options)
    response = refused.value.response
    return response.status_code, json.loads(response.body)["message"]


def test_a_handshake_that_is_not_signed_is_refused_before_any_function_hears_of_it(signed_api: WebSocketApi) -> None:
    assert refusal(signed_api) == (403, "Missing Authentication Token")
    assert refusal(signed_api, f"{signed_api.url}?token=x") == (403, "Missing Authentication Token")
    status, message = refusal(signed_api, additional_headers={"Authorization": "Bearer abc"})
    assert (status, message.split(" (")[0]) == (403, "Invalid key=value pair")
    assert signed_api.function.events("CONNECT") == []


@pytest.mark.parametrize("query", ["", "?table=7&name=caf%C3%A9"])
def test_who_signs_in_the_headers_is_let_in(signed_api: WebSocketApi, query: str) -> None:
    url = signed_api.url + query
    with signed_api.connect_to(url, additional_headers=without_host(signed_headers(url))):
        identity = signed_api.function.events("CONNECT")[-1]["requestContext"]["identity"]
    assert (identity["accessKey"], identity["userArn"], identity["sourceIp"]) == ("test", ROOT, "127.0.0.1")


def test_who_signs_in_the_query_is_let_in_and_known_for_as_long_as_it_is_connected(signed_api: WebSocketApi) -> None:
    with signed_api.connect_to(signed_url(f"{signed_api.url}?table=7")) as client:
        client.send("hello")
        context = json.loads(client.recv(timeout=60))["requestContext"]
    assert context["identity"]["userArn"] == ROOT
    end = signed_api.disconnect_context(context["connectionId"])
    assert end["identity"]["caller"] == "000000000000"


def test_what_was_signed_otherwise_is_refused(signed_api: WebSocketApi) -> None:
    mismatch = "The request signature we calculated does not match the signature you provided."
    for url in (signed_url(signed_api.url) + "&table=7", signed_url(signed_api.url, Credentials("test", "guessed"))):
        status, message = refusal(signed_api, url)
        assert (status, message.startswith(mismatch)) == (403, True)
    unknown = signed_url(signed_api.url, Credentials("AKIA" + 16 * "X", "test"))
    assert refusal(signed_api, unknown) == (403, "The security token included in the request is invalid.")


def without_host(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name != "Host"}


def connections_url(api: WebSocketApi, connection_id: str = "L0SM9cOFvHcCIhw=") -> str:
    return f"{api.url.replace('ws://', 'http://')}/@connections/{connection_id}"


def outcome(response: httpx.Response) -> tuple[int, str, str]:
    return response.status_code, response.headers["x-amzn-ErrorType"], response.json()["message"]


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "PUT", "PATCH"])
@pytest.mark.parametrize("with_stage", [True, False])
def test_a_connection_is_no_business_of_who_did_not_sign(api: WebSocketApi, method: str, with_stage: bool) -> None:
    client, connection_id = api.connect_known()
    url = (
        connections_url(api, connection_id)
        if with_stage
        else f"{api.clients.endpoint_url}/@connections/{connection_id}"
    )
    with client:
        response = httpx.request(method, url, timeout=60)
        assert outcome(response) == (403, "MissingAuthenticationTokenException", "Missing Authentication Token")
        client.send(json.dumps({"action": "echo", "answer": {"statusCode": 200, "body": "still here"}}))
        assert client.recv(timeout=60) == "still here"


def test_what_was_not_signed_is_not_sent(api: WebSocketApi) -> None:
    url = connections_url(api)
    headers = signed_headers(url, method="POST", body=b"hello")
    response = httpx.post(url, content=b"goodbye", headers=headers, timeout=60)
    assert outcome(response)[:2] == (403, "InvalidSignatureException")
    assert httpx.post(url, content=b"hello", headers=headers, timeout=60).status_code == 410


def test_a_method_that_the_api_lacks_is_refused_signed_or_not(api: WebSocketApi) -> None:
    url = connections_url(api)
    response = httpx.put(url, headers=signed_headers(url, method="PUT"), timeout=60)
    assert outcome(response)[:2] == (403, "MissingAuthenticationTokenException")
