"""A Lambda authorizer's policy decides as IAM does; what is no policy opens nothing."""

from typing import Any

import pytest
from local_cloud.plugins.apigateway.authorizers.policies import (
    Decision,
    MalformedAnswerError,
    authorizer_context,
    decision,
)

API = "arn:aws:execute-api:eu-west-1:000000000000:api1"
CALLED = f"{API}/local/GET/orders/7"


def statement(effect: str, resource: Any = "*", action: Any = "execute-api:Invoke") -> dict[str, Any]:
    return {"Effect": effect, "Action": action, "Resource": resource}


def answer(*statements: Any) -> dict[str, Any]:
    return {"principalId": "me", "policyDocument": {"Version": "2012-10-17", "Statement": list(statements)}}


@pytest.mark.parametrize(
    "resource",
    ["*", CALLED, f"{API}/*", f"{API}/*/GET/*", f"{API}/local/GET/orders/?", ["arn:aws:s3:::b", CALLED]],
)
def test_a_statement_that_covers_the_method_allows_it(resource: Any) -> None:
    assert decision(answer(statement("Allow", resource)), CALLED) is Decision.ALLOWED


@pytest.mark.parametrize(
    "resource",
    [
        f"{API}/local/POST/orders/7",
        f"{API}/local/GET/orders",
        f"{API}/local/GET/orders/[0-9]",
        f"{API}/local/GET/order./7",
        "arn:aws:execute-api:eu-west-1:000000000000:api2/*",
        "",
        [],
    ],
)
def test_what_no_statement_covers_is_not_allowed(resource: Any) -> None:
    assert decision(answer(statement("Allow", resource)), CALLED) is Decision.NOT_ALLOWED


@pytest.mark.parametrize("action", ["execute-api:Invoke", "execute-api:*", "*", "EXECUTE-API:invoke"])
def test_actions_match_with_wildcards_and_whatever_their_case(action: str) -> None:
    assert decision(answer(statement("Allow", action=action)), CALLED) is Decision.ALLOWED


def test_another_action_allows_nothing() -> None:
    allow = statement("Allow", action=["execute-api:ManageConnections", "s3:*"])
    assert decision(answer(allow), CALLED) is Decision.NOT_ALLOWED


def test_an_explicit_deny_beats_an_allow_in_either_order() -> None:
    allow, deny = statement("Allow"), statement("Deny", f"{API}/*/GET/*")
    assert decision(answer(allow, deny), CALLED) is Decision.EXPLICITLY_DENIED
    assert decision(answer(deny, allow), CALLED) is Decision.EXPLICITLY_DENIED


def test_a_wildcard_leaves_nothing_out() -> None:
    assert decision(answer(statement("Deny")), f"{CALLED}\nmore") is Decision.EXPLICITLY_DENIED


def test_a_single_statement_needs_no_list() -> None:
    assert decision({"policyDocument": {"Statement": statement("Allow")}}, CALLED) is Decision.ALLOWED


@pytest.mark.parametrize(
    "malformed",
    [
        None,
        "Allow",
        {},
        {"policyDocument": None},
        {"policyDocument": {}},
        answer("Allow"),
        answer(statement("allow")),
        answer(statement("Allow", resource=None)),
        answer(statement("Allow", action=[7])),
        answer({"Effect": "Allow", "Action": "*"}),
        answer(statement("Allow") | {"Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}),
    ],
)
def test_what_is_no_policy_is_an_error_and_not_a_permission(malformed: Any) -> None:
    with pytest.raises(MalformedAnswerError):
        decision(malformed, CALLED)


def test_the_context_reaches_the_integration_as_text_with_the_principal() -> None:
    passed_on = authorizer_context({"principalId": "me", "context": {"a": "x", "n": 1, "yes": True}})
    assert passed_on == {"principalId": "me", "a": "x", "n": "1", "yes": "true"}


@pytest.mark.parametrize(
    "malformed",
    [
        {},
        {"principalId": 7},
        {"principalId": "me", "context": {"list": []}},
        {"principalId": "me", "context": {"map": {}}},
        {"principalId": "me", "context": "text"},
    ],
)
def test_a_context_that_api_gateway_does_not_take_is_an_error(malformed: dict[str, Any]) -> None:
    with pytest.raises(MalformedAnswerError):
        authorizer_context(malformed)
