"""What an authorizer's function answered is kept on a running LocalStack, for its TTL, per identity and stage."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from tenacity import retry, retry_if_result, stop_after_delay, wait_fixed

if TYPE_CHECKING:
    from tests.apigateway.authorizers.conftest import RestApi

# Says with each answer which it is; opens `/first` only to "narrow", and nothing to "nobody".
_AUTHORIZER = """
import uuid

def handler(event, context):
    word = event.get("authorizationToken") or event["queryStringParameters"]["word"]
    allowed = event["methodArn"].split("/")[0] + ("/*/GET/first" if word == "narrow" else "/*")
    statement = {"Action": "execute-api:Invoke", "Effect": "Deny" if word == "nobody" else "Allow", "Resource": allowed}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    return {"principalId": "me", "policyDocument": policy, "context": {"answer": uuid.uuid4().hex}}
"""
# Refuses everybody until it is allowed to let them in.
_HESITANT = """
import os, pathlib

def handler(event, context):
    mark = pathlib.Path(event["authorizationToken"])
    if not mark.exists():
        mark.touch()
        raise Exception("Unauthorized" if "unauthorized" in mark.name else "out of order")
    statement = {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": event["methodArn"]}
    return {"principalId": "me", "policyDocument": {"Version": "2012-10-17", "Statement": [statement]}}
"""
_ECHO = """
def handler(event, context):
    return {"statusCode": 200, "body": event["requestContext"]["authorizer"].get("answer", "")}
"""
_HEADER = "method.request.header.Authorization"


def uri(function_arn: str) -> str:
    return f"arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/{function_arn}/invocations"


@pytest.fixture(scope="module")
def api(make_api: Callable[[], RestApi], make_function: Callable[[str], str]) -> RestApi:
    api = make_api()
    echo = {"type": "AWS_PROXY", "integrationHttpMethod": "POST", "uri": uri(make_function(_ECHO))}
    asked, hesitant = uri(make_function(_AUTHORIZER)), uri(make_function(_HESITANT))
    usual = api.add_authorizer(type="TOKEN", authorizerUri=asked, identitySource=_HEADER)
    sources = "method.request.querystring.word, method.request.header.X-Till"
    authorizers = {
        "first": usual,
        "second": usual,
        "other": api.add_authorizer(type="TOKEN", authorizerUri=asked, identitySource=_HEADER),
        "never": api.add_authorizer(
            type="TOKEN", authorizerUri=asked, identitySource=_HEADER, authorizerResultTtlInSeconds=0
        ),
        "brief": api.add_authorizer(
            type="TOKEN", authorizerUri=asked, identitySource=_HEADER, authorizerResultTtlInSeconds=1
        ),
        "request": api.add_authorizer(type="REQUEST", authorizerUri=asked, identitySource=sources),
        "hesitant": api.add_authorizer(type="TOKEN", authorizerUri=hesitant, identitySource=_HEADER),
    }
    for path, authorizer in authorizers.items():
        api.add_route(path, echo, authorizationType="CUSTOM", authorizerId=authorizer)
    api.deploy()
    return api


def answer(api: RestApi, path: str, token: str) -> str:
    response = api.get(path, token)
    assert response.status_code == 200, response.text
    return response.text


def test_one_token_is_asked_about_once_for_all_methods_of_an_authorizer(api: RestApi) -> None:
    assert len({answer(api, path, "ann") for path in ("/first", "/second", "/first", "/second")}) == 1


def test_another_token_and_another_authorizer_are_asked_about_anew(api: RestApi) -> None:
    answers = [answer(api, path, token) for path, token in (("/first", "one"), ("/first", "two"), ("/other", "one"))]
    assert len(set(answers)) == 3


def test_a_kept_policy_is_decided_anew_for_each_method(api: RestApi) -> None:
    assert [api.get(path, "narrow").status_code for path in ("/first", "/second", "/first")] == [200, 403, 200]


def test_a_refusal_by_policy_is_kept_too(api: RestApi) -> None:
    assert [api.get("/first", "nobody").status_code for _ in range(2)] == [403, 403]


def test_a_ttl_of_zero_keeps_nothing(api: RestApi) -> None:
    assert answer(api, "/never", "ann") != answer(api, "/never", "ann")


def test_a_kept_answer_ends(api: RestApi) -> None:
    first = answer(api, "/brief", "ann")
    unchanged = retry_if_result(lambda seen: seen == first)
    retry(retry=unchanged, wait=wait_fixed(0.2), stop=stop_after_delay(60))(answer)(api, "/brief", "ann")


def ask_as_request(api: RestApi, word: str, till: str) -> str:
    response = api.get(f"/request?word={word}", till, header="X-Till")
    assert response.status_code == 200, response.text
    return response.text


def test_a_request_is_known_by_all_its_identity_sources(api: RestApi) -> None:
    asked = [("ann", "1"), ("ann", "2"), ("bob", "1"), ("ann", "1")]
    first, *others, again = [ask_as_request(api, *each) for each in asked]
    assert first == again
    assert len({first, *others}) == 3


@pytest.mark.parametrize(("name", "status"), [("unauthorized", 401), ("broken", 500)])
def test_that_a_function_knows_nobody_or_fails_is_not_kept(api: RestApi, tmp_path: Any, name: str, status: int) -> None:
    token = str(tmp_path / name)
    assert [api.get("/hesitant", token).status_code for _ in range(2)] == [status, 200]


def test_a_new_deployment_asks_anew(api: RestApi) -> None:
    before = answer(api, "/first", "deployed")
    api.deploy()
    assert answer(api, "/first", "deployed") != before


def test_a_stages_answers_can_be_flushed(api: RestApi) -> None:
    before = answer(api, "/first", "flushed")
    api.gateway.flush_stage_authorizers_cache(restApiId=api.id, stageName="local")
    assert answer(api, "/first", "flushed") != before
    with pytest.raises(api.gateway.exceptions.NotFoundException):
        api.gateway.flush_stage_authorizers_cache(restApiId=api.id, stageName="nowhere")
