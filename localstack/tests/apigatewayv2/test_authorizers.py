"""REQUEST authorizers on $connect."""

from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from .conftest import Maker, WebSocketApi


@pytest.fixture(scope="module")
def guarded(make_api: Maker) -> WebSocketApi:
    """Give an API whose function is the authorizer too: it answers both with the `answer` in the query."""
    api = make_api(two_way=["$default"], deployed=False)
    authorizer = api.gateway.create_authorizer(
        ApiId=api.id,
        Name="guard",
        AuthorizerType="REQUEST",
        AuthorizerUri=api.function.uri,
        IdentitySource=["route.request.querystring.orders"],
    )
    api.add_route("$connect", AuthorizationType="CUSTOM", AuthorizerId=authorizer["AuthorizerId"])
    api.deploy()
    return api


def orders(api: WebSocketApi, effect: str) -> dict[str, Any]:
    """An answer that an authorizer may give, and a route as well."""
    statement = {
        "Effect": effect,
        "Action": "execute-api:Invoke",
        "Resource": f"arn:aws:execute-api:eu-west-1:000000000000:{api.id}/live/$connect",
    }
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    return {"answer": {"statusCode": 200, "principalId": "ann", "policyDocument": policy, "context": {"admin": True}}}


def refused_status(api: WebSocketApi, told: Any) -> int:
    with pytest.raises(InvalidStatus) as refused:
        api.connect(told)
    return refused.value.response.status_code


def test_whom_the_policy_allows_is_known_to_all_later_events(guarded: WebSocketApi) -> None:
    with guarded.connect(orders(guarded, "Allow")) as client:
        client.send("hello")
        assert '"authorizer": {"admin": "true", "principalId": "ann"}' in client.recv(timeout=60)
    asked, connected = guarded.function.events("CONNECT")[-2:]
    assert (asked["type"], asked["methodArn"].rpartition("/")[2]) == ("REQUEST", "$connect")
    assert connected["requestContext"]["authorizer"] == {"admin": "true", "principalId": "ann"}
    assert "type" not in connected


def test_whom_the_policy_denies_is_forbidden(guarded: WebSocketApi) -> None:
    assert refused_status(guarded, orders(guarded, "Deny")) == 403


def test_whom_the_function_calls_unauthorized_is(guarded: WebSocketApi) -> None:
    assert refused_status(guarded, {"failure": "Unauthorized"}) == 401


def test_an_authorizer_that_fails_lets_nobody_in(guarded: WebSocketApi) -> None:
    assert refused_status(guarded, {"failure": "oops"}) == 500


def test_without_the_identity_no_function_is_asked(guarded: WebSocketApi) -> None:
    before = len(guarded.function.events("CONNECT"))
    with pytest.raises(InvalidStatus) as refused:
        connect(guarded.url)
    assert refused.value.response.status_code == 401
    assert len(guarded.function.events("CONNECT")) == before


def test_each_handshake_is_asked_about(guarded: WebSocketApi) -> None:
    before = len(guarded.function.events("CONNECT"))
    for _ in range(2):
        with guarded.connect(orders(guarded, "Allow")):
            pass
    asked = [event["type"] for event in guarded.function.events("CONNECT")[before:] if "type" in event]
    assert asked == ["REQUEST", "REQUEST"]
