"""A TOKEN or REQUEST authorizer on a running LocalStack: its function is asked, and its policy is obeyed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from tests.apigateway.authorizers.conftest import RestApi

# Obeys the token, and shows the integration what it was asked.
_AUTHORIZER = """
def handler(event, context):
    word = event.get("authorizationToken") or event["queryStringParameters"]["word"]
    if word == "stranger":
        raise Exception("Unauthorized")
    if word == "broken":
        raise Exception("out of order")
    if word == "nonsense":
        return {"principalId": "me"}
    other_api = event["methodArn"].replace("/local/", "/elsewhere/")
    statement = {
        "Action": "execute-api:Invoke",
        "Effect": "Deny" if word == "deny" else "Allow",
        "Resource": other_api if word == "elsewhere" else event["methodArn"],
    }
    return {
        "principalId": "me",
        "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
        "context": {"type": event["type"], "arn": event["methodArn"], "number": 7, "yes": True},
    }
"""
_ECHO = """
import json

def handler(event, context):
    return {"statusCode": 200, "body": json.dumps(event["requestContext"]["authorizer"])}
"""


def integration_uri(function_arn: str) -> str:
    return f"arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/{function_arn}/invocations"


@pytest.fixture(scope="module")
def api(make_api: Callable[[], RestApi], make_function: Callable[[str], str]) -> RestApi:
    api = make_api()
    uri = integration_uri(make_function(_AUTHORIZER))
    echo = {
        "type": "AWS_PROXY",
        "integrationHttpMethod": "POST",
        "uri": integration_uri(make_function(_ECHO)),
    }
    by_header, by_query = "method.request.header.Authorization", "method.request.querystring.word"
    lost = integration_uri("arn:aws:lambda:eu-west-1:000000000000:function:lost")
    authorizers = {
        "token": api.add_authorizer(type="TOKEN", authorizerUri=uri, identitySource=by_header),
        "words": api.add_authorizer(
            type="TOKEN",
            authorizerUri=uri,
            identitySource=by_header,
            identityValidationExpression="al[a-z]+",
        ),
        "request": api.add_authorizer(type="REQUEST", authorizerUri=uri, identitySource=by_query),
        "lost": api.add_authorizer(type="TOKEN", authorizerUri=lost, identitySource=by_header),
    }
    for path, authorizer in authorizers.items():
        api.add_route(path, echo, authorizationType="CUSTOM", authorizerId=authorizer)
    api.respond_with("DEFAULT_4XX", responseParameters={"gatewayresponse.header.X-Shaped": "'by the API'"})
    api.deploy()
    return api


def outcome(response: httpx.Response) -> tuple[int, Any]:
    return response.status_code, response.json()


def test_an_allowed_caller_gets_in_and_the_integration_learns_the_context(api: RestApi) -> None:
    response = api.get("/token", "allow")
    assert response.status_code == 200
    assert response.json() == {
        "principalId": "me",
        "type": "TOKEN",
        "arn": f"arn:aws:execute-api:eu-west-1:000000000000:{api.id}/local/GET/token",
        "number": "7",
        "yes": "true",
    }


def test_a_request_authorizer_sees_the_request(api: RestApi) -> None:
    assert api.get("/request?word=allow").json()["type"] == "REQUEST"


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("deny", "User is not authorized to access this resource with an explicit deny"),
        ("elsewhere", "User is not authorized to access this resource"),
    ],
)
def test_a_policy_that_does_not_allow_the_call_is_access_denied(api: RestApi, word: str, message: str) -> None:
    response = api.get("/token", word)
    assert outcome(response) == (403, {"Message": message})
    assert response.headers["X-Shaped"] == "by the API"


@pytest.mark.parametrize("token", [None, "", "stranger"])
def test_a_caller_whom_the_function_does_not_know_is_unauthorized(api: RestApi, token: str | None) -> None:
    assert outcome(api.get("/token", token)) == (401, {"message": "Unauthorized"})


def test_a_request_without_the_identity_is_unauthorized(api: RestApi) -> None:
    assert outcome(api.get("/request")) == (401, {"message": "Unauthorized"})


def test_a_token_that_does_not_match_the_authorizers_expression_is_unauthorized(api: RestApi) -> None:
    assert api.get("/words", "allow").status_code == 200
    assert outcome(api.get("/words", "deny")) == (401, {"message": "Unauthorized"})


@pytest.mark.parametrize(("path", "word"), [("/token", "nonsense"), ("/token", "broken"), ("/lost", "allow")])
def test_an_authorizer_that_gives_no_usable_answer_is_a_configuration_error(api: RestApi, path: str, word: str) -> None:
    response = api.get(path, word)
    assert outcome(response) == (500, {"message": None})
    assert response.headers["x-amzn-errortype"] == "AuthorizerConfigurationException"
