import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
import tenacity
from joserfc import jws, jwt
from joserfc.jwk import KeySet

ANA = "ana@example.com"


@pytest.fixture
def claims_of(cloud: Any) -> Callable[[str], dict[str, Any]]:
    """Verify a token as any relying party does: by the key set at its issuer's address."""

    def verify(token: str) -> dict[str, Any]:
        issuer = json.loads(jws.extract_compact(token.encode()).payload)["iss"]
        assert issuer.startswith(f"{cloud.endpoint_url}/")
        keys = KeySet.import_key_set(httpx.get(f"{issuer}/.well-known/jwks.json", timeout=60).json())
        return dict(jwt.decode(token, keys, algorithms=["RS256"]).claims)

    return verify


def test_tokens_are_verified_by_the_keys_at_their_issuer_and_say_what_aws_says(
    code_pool: Any, cloud: Any, claims_of: Callable[[str], dict[str, Any]]
) -> None:
    sub = code_pool.sign_up(ANA)["UserSub"]
    answer = code_pool.sign_in(ANA)
    access, identity = claims_of(answer["AccessToken"]), claims_of(answer["IdToken"])
    common = {"sub": sub, "iss": f"{cloud.endpoint_url}/{code_pool.id}"}
    times = {"iat", "exp", "auth_time"}
    varying = times | {"jti", "event_id", "origin_jti"}
    assert {name: value for name, value in access.items() if name not in varying} == {
        **common,
        "token_use": "access",
        "client_id": code_pool.client_id,
        "scope": "aws.cognito.signin.user.admin",
        "username": sub,
    }
    assert {name: value for name, value in identity.items() if name not in varying} == {
        **common,
        "token_use": "id",
        "aud": code_pool.client_id,
        "cognito:username": sub,
        "email": ANA,
        "email_verified": True,
    }
    for claims in (access, identity):
        assert claims["exp"] - claims["iat"] == answer["ExpiresIn"] == 3600
        assert claims["auth_time"] <= claims["iat"]
    assert access["jti"] != identity["jti"]
    assert access["origin_jti"] == identity["origin_jti"]


def test_lifetimes_are_the_client_s(
    make_code_pool: Callable[..., Any], claims_of: Callable[[str], dict[str, Any]]
) -> None:
    pool = make_code_pool(
        AccessTokenValidity=5,
        IdTokenValidity=2,
        TokenValidityUnits={"AccessToken": "minutes", "IdToken": "hours", "RefreshToken": "days"},
    )
    pool.sign_up(ANA)
    tokens = pool.sign_in(ANA)
    access, identity = claims_of(tokens["AccessToken"]), claims_of(tokens["IdToken"])
    assert tokens["ExpiresIn"] == access["exp"] - access["iat"] == 300
    assert identity["exp"] - identity["iat"] == 7200


@pytest.mark.parametrize("flow", ["REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"])
def test_refreshing_gives_new_tokens_with_the_groups_of_now_and_no_refresh_token(
    code_pool: Any, cognito: Any, claims_of: Callable[[str], dict[str, Any]], flow: str
) -> None:
    code_pool.sign_up(ANA)
    first = code_pool.sign_in(ANA)
    for name, precedence in (("editor", 2), ("admin", 1)):
        cognito.create_group(UserPoolId=code_pool.id, GroupName=name, Precedence=precedence)
        cognito.admin_add_user_to_group(UserPoolId=code_pool.id, GroupName=name, Username=ANA)
    second = code_pool.initiate(flow, REFRESH_TOKEN=first["RefreshToken"])["AuthenticationResult"]
    assert "RefreshToken" not in second
    for kind in ("AccessToken", "IdToken"):
        before, after = claims_of(first[kind]), claims_of(second[kind])
        assert "cognito:groups" not in before
        assert after["cognito:groups"] == ["admin", "editor"]
        assert after["jti"] != before["jti"]
        kept = ("sub", "auth_time", "origin_jti", "event_id")
        assert [after[name] for name in kept] == [before[name] for name in kept]

    cognito.admin_remove_user_from_group(UserPoolId=code_pool.id, GroupName="admin", Username=ANA)
    third = code_pool.initiate(flow, REFRESH_TOKEN=first["RefreshToken"])["AuthenticationResult"]
    assert claims_of(third["AccessToken"])["cognito:groups"] == ["editor"]


def test_an_unknown_refresh_token_is_refused(code_pool: Any, cognito: Any) -> None:
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match=r": Invalid Refresh Token$"):
        code_pool.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN="nonsense")
    with pytest.raises(cognito.exceptions.InvalidParameterException, match="Missing required parameter REFRESH"):
        code_pool.initiate("REFRESH_TOKEN_AUTH")


def test_a_refresh_token_is_of_no_use_at_another_client(code_pool: Any, cognito: Any) -> None:
    code_pool.sign_up(ANA)
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match=r": Invalid Refresh Token$"):
        cognito.initiate_auth(
            ClientId=code_pool.add_client(),
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters={"REFRESH_TOKEN": code_pool.sign_in(ANA)["RefreshToken"]},
        )


def test_revoking_ends_that_sign_in_and_no_other(code_pool: Any, cognito: Any) -> None:
    code_pool.sign_up(ANA)
    ended, other = code_pool.sign_in(ANA), code_pool.sign_in(ANA)
    cognito.revoke_token(Token=ended["RefreshToken"], ClientId=code_pool.client_id)
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match=r": Invalid Refresh Token$"):
        code_pool.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=ended["RefreshToken"])
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match="Access Token has been revoked"):
        cognito.get_user(AccessToken=ended["AccessToken"])
    assert cognito.get_user(AccessToken=other["AccessToken"])


@pytest.mark.parametrize("by_admin", [True, False])
def test_signing_out_everywhere_ends_every_sign_in_by_whichever_name(
    code_pool: Any, cognito: Any, by_admin: bool
) -> None:
    sub = code_pool.sign_up(ANA)["UserSub"]
    sign_ins = [code_pool.sign_in(ANA), code_pool.sign_in(sub)]
    if by_admin:
        cognito.admin_user_global_sign_out(UserPoolId=code_pool.id, Username=ANA)
    else:
        cognito.global_sign_out(AccessToken=sign_ins[0]["AccessToken"])
    for tokens in sign_ins:
        with pytest.raises(cognito.exceptions.NotAuthorizedException, match="Access Token has been revoked"):
            cognito.get_user(AccessToken=tokens["AccessToken"])
        with pytest.raises(cognito.exceptions.NotAuthorizedException, match=r": Invalid Refresh Token$"):
            code_pool.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=tokens["RefreshToken"])


def test_a_disabled_user_s_token_is_not_refreshed(code_pool: Any, cognito: Any) -> None:
    code_pool.sign_up(ANA)
    tokens = code_pool.sign_in(ANA)
    cognito.admin_disable_user(UserPoolId=code_pool.id, Username=ANA)
    with pytest.raises(cognito.exceptions.NotAuthorizedException, match="User is disabled"):
        code_pool.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=tokens["RefreshToken"])


def test_a_token_that_nobody_issued_is_refused(code_pool: Any, cognito: Any) -> None:
    code_pool.sign_up(ANA)
    header, body, _ = code_pool.sign_in(ANA)["AccessToken"].split(".")
    for forged in ("nonsense", f"{header}.{body}.AAAA"):
        with pytest.raises(cognito.exceptions.NotAuthorizedException, match="Invalid Access Token"):
            cognito.get_user(AccessToken=forged)


def test_an_expired_access_token_is_refused(make_code_pool: Callable[..., Any], cognito: Any) -> None:
    pool = make_code_pool(AccessTokenValidity=1, TokenValidityUnits={"AccessToken": "seconds"})
    pool.sign_up(ANA)
    token = pool.sign_in(ANA)["AccessToken"]

    @tenacity.retry(
        retry=tenacity.retry_if_result(lambda refusal: refusal is None),
        stop=tenacity.stop_after_delay(60),
        wait=tenacity.wait_fixed(0.1),
    )
    def refusal() -> str | None:
        try:
            cognito.get_user(AccessToken=token)
        except cognito.exceptions.NotAuthorizedException as error:
            message: str = error.response["Error"]["Message"]
            return message
        return None

    assert refusal() == "Access Token has expired"
