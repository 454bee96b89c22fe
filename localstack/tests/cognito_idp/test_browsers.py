"""Browsers talk to Cognito without credentials: POST / with the operation's name in a header."""

from typing import Any

import httpx
import pytest

ANA = "ana@example.com"


@pytest.fixture
def call(cloud: Any) -> Any:
    def post(operation: str, **request: Any) -> httpx.Response:
        return httpx.post(
            cloud.endpoint_url,
            json=request,
            headers={
                "Origin": cloud.endpoint_url,
                "Content-Type": "application/x-amz-json-1.1",
                "X-Amz-Target": f"AWSCognitoIdentityProviderService.{operation}",
            },
            timeout=60,
        )

    return post


def test_a_browser_signs_up_and_in_without_credentials(code_pool: Any, cloud: Any, call: Any) -> None:
    signed_up = call("SignUp", ClientId=code_pool.client_id, Username=ANA)
    assert signed_up.json()["UserConfirmed"] is True
    challenge = call(
        "InitiateAuth",
        ClientId=code_pool.client_id,
        AuthFlow="CUSTOM_AUTH",
        AuthParameters={"USERNAME": ANA},
    ).json()
    answered = call(
        "RespondToAuthChallenge",
        ClientId=code_pool.client_id,
        ChallengeName="CUSTOM_CHALLENGE",
        Session=challenge["Session"],
        ChallengeResponses={"USERNAME": challenge["ChallengeParameters"]["USERNAME"], "ANSWER": "123456"},
    )
    assert answered.headers["Access-Control-Allow-Origin"] == cloud.endpoint_url
    tokens = answered.json()["AuthenticationResult"]
    assert call("GetUser", AccessToken=tokens["AccessToken"]).json()["Username"] == signed_up.json()["UserSub"]
    refreshed = call(
        "InitiateAuth",
        ClientId=code_pool.client_id,
        AuthFlow="REFRESH_TOKEN_AUTH",
        AuthParameters={"REFRESH_TOKEN": tokens["RefreshToken"]},
    )
    assert refreshed.status_code == 200
    assert call("GlobalSignOut", AccessToken=tokens["AccessToken"]).status_code == 200
    assert call("GetUser", AccessToken=tokens["AccessToken"]).status_code == 400


def test_a_browser_can_read_why_it_was_refused(code_pool: Any, cloud: Any, call: Any) -> None:
    refused = call(
        "InitiateAuth",
        ClientId=code_pool.client_id,
        AuthFlow="CUSTOM_AUTH",
        AuthParameters={"USERNAME": "nobody@example.com"},
    )
    assert refused.status_code == 400
    assert refused.headers["Access-Control-Allow-Origin"] == cloud.endpoint_url
    assert refused.json()["__type"] == "UserNotFoundException"
    assert refused.json()["message"] == "User does not exist."


def test_a_browser_s_preflight_is_answered(cloud: Any) -> None:
    answer = httpx.options(
        cloud.endpoint_url,
        headers={
            "Origin": cloud.endpoint_url,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type,x-amz-target,x-amz-user-agent,cache-control",
        },
    )
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == cloud.endpoint_url
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    allowed = set(answer.headers["Access-Control-Allow-Headers"].split(","))
    assert {"content-type", "x-amz-target", "x-amz-user-agent", "cache-control"} <= allowed
