from typing import Any

import pytest
from local_cloud.plugins.apigatewayv2.answers import HandshakeRefusedError
from local_cloud.plugins.apigatewayv2.authorization import granted_context, require_identity

ARN = "arn:aws:execute-api:eu-west-1:000000000000:api/live/$connect"
EVENT = {
    "headers": {"Auth": "secret"},
    "queryStringParameters": {"token": "t", "empty": ""},
    "requestContext": {"stage": "live"},
    "stageVariables": {"color": "blue"},
}


def policy(effect: str, resource: str = ARN) -> dict[str, Any]:
    statement = {"Effect": effect, "Action": "execute-api:Invoke", "Resource": resource}
    return {"principalId": "ann", "policyDocument": {"Version": "2012-10-17", "Statement": [statement]}}


def refused_status(answer: Any) -> int:
    with pytest.raises(HandshakeRefusedError) as refusal:
        granted_context(answer, ARN)
    return refusal.value.status


@pytest.mark.parametrize(
    "source",
    ["route.request.header.auth", "route.request.querystring.token", "context.stage", "stageVariables.color"],
)
def test_an_identity_is_found_where_the_authorizer_looks(source: str) -> None:
    require_identity([source], EVENT)


@pytest.mark.parametrize(
    "source", ["route.request.header.Other", "route.request.querystring.empty", "route.request.querystring.other"]
)
def test_a_handshake_without_the_identity_is_unauthorized(source: str) -> None:
    with pytest.raises(HandshakeRefusedError) as refusal:
        require_identity(["route.request.querystring.token", source], EVENT)
    assert refusal.value.status == 401


def test_what_the_policy_allows_is_let_in_with_its_context() -> None:
    answer = policy("Allow") | {"context": {"admin": True, "level": 3}}
    assert granted_context(answer, ARN) == {"principalId": "ann", "admin": "true", "level": "3"}


@pytest.mark.parametrize("answer", [policy("Deny"), policy("Allow", ARN.replace("live", "other"))])
def test_what_the_policy_does_not_allow_is_forbidden(answer: Any) -> None:
    assert refused_status(answer) == 403


@pytest.mark.parametrize("answer", [None, {}, {"isAuthorized": True}, {"policyDocument": {}}])
def test_an_answer_without_a_policy_is_an_error(answer: Any) -> None:
    assert refused_status(answer) == 500
