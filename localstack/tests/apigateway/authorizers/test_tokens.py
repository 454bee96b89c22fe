"""Which tokens open a method. The keys, the clock's distance and the claims are the tests' own."""

import base64
import hmac
import json
import time
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from local_cloud.plugins.apigateway.authorizers.tokens import (
    Requirements,
    TokenRefusedError,
    bare_token,
    verified_claims,
)

ISSUER = "http://127.0.0.1:4566/eu-west-1_people"
KEY = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)
PUBLIC = KeySet([RSAKey.import_key(KEY.as_dict(private=False))])
ID_TOKEN = Requirements(frozenset({ISSUER}))
SCOPED = Requirements(frozenset({ISSUER}), scopes=frozenset({"orders/read", "orders/write"}))


def claims(**changes: Any) -> dict[str, Any]:
    """The claims of a good ID token, changed; None takes a claim away."""
    now = int(time.time())
    good = {"iss": ISSUER, "sub": "someone", "token_use": "id", "aud": "app", "iat": now, "exp": now + 60}
    return {name: value for name, value in (good | changes).items() if value is not None}


def signed(payload: dict[str, Any], key: RSAKey = KEY, **header: Any) -> str:
    token: str = jwt.encode({"alg": "RS256", "kid": KEY.kid} | header, payload, key)
    return token


def encoded(part: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def refusal(token: str, required: Requirements = ID_TOKEN) -> str:
    with pytest.raises(TokenRefusedError) as refused:
        verified_claims(token, PUBLIC, required)
    return str(refused.value)


def test_a_good_id_token_gives_its_claims() -> None:
    assert verified_claims(signed(claims()), PUBLIC, ID_TOKEN)["sub"] == "someone"


@pytest.mark.parametrize("token", ["", "x", "..", "a.b.c", "a.b.c.d.e", "é.é.é", "Basic dTpw", "[].[].[]"])
def test_what_is_no_token_is_refused(token: str) -> None:
    assert refusal(token) == "Unauthorized"


@pytest.mark.parametrize("header", [None, [], {}, {"alg": "RS256", "kid": 1}, {"alg": 1, "kid": KEY.kid}])
def test_a_token_with_a_nonsense_header_is_refused(header: object) -> None:
    _, payload, signature = signed(claims()).split(".")
    assert refusal(f"{encoded(header)}.{payload}.{signature}") == "Unauthorized"


def test_a_payload_that_was_changed_after_signing_is_refused() -> None:
    header, _, signature = signed(claims()).split(".")
    assert refusal(f"{header}.{encoded(claims(sub='somebody else'))}.{signature}") == "Unauthorized"


def test_a_token_signed_by_another_key_under_the_known_key_id_is_refused() -> None:
    stranger = RSAKey.generate_key(2048)
    assert refusal(signed(claims(), stranger)) == "Unauthorized"


def test_a_token_of_an_unknown_key_id_is_refused() -> None:
    assert refusal(signed(claims(), kid="unknown")) == "Unauthorized"


@pytest.mark.parametrize("alg", ["none", "None", "NONE"])
def test_an_unsigned_token_is_refused(alg: str) -> None:
    assert refusal(f"{encoded({'alg': alg, 'kid': KEY.kid})}.{encoded(claims())}.") == "Unauthorized"


def test_a_token_signed_with_the_public_key_as_a_shared_secret_is_refused() -> None:
    signed_part = f"{encoded({'alg': 'HS256', 'kid': KEY.kid})}.{encoded(claims())}"
    mac = hmac.digest(KEY.as_pem(private=False), signed_part.encode(), "sha256")
    forged = f"{signed_part}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"
    assert refusal(forged) == "Unauthorized"


def test_an_expired_token_is_refused_with_the_message_of_api_gateway() -> None:
    assert refusal(signed(claims(exp=int(time.time()) - 1))) == "The incoming token has expired"


def test_an_expired_token_of_another_pool_does_not_pass_for_one_that_was_good() -> None:
    assert refusal(signed(claims(exp=1, iss="http://elsewhere"))) == "Unauthorized"


@pytest.mark.parametrize("exp", [None, "tomorrow", True, [], float("nan"), float("inf")])
def test_a_token_without_a_sensible_end_is_refused(exp: object) -> None:
    assert refusal(signed(claims(exp=exp))) == "Unauthorized"


@pytest.mark.parametrize("claim", ["nbf", "iat"])
def test_a_token_from_the_future_is_refused(claim: str) -> None:
    assert refusal(signed(claims(**{claim: int(time.time()) + 60}))) == "Unauthorized"


@pytest.mark.parametrize("iss", [None, "", f"{ISSUER}x", ISSUER.upper()])
def test_a_token_of_another_pool_is_refused(iss: str | None) -> None:
    assert refusal(signed(claims(iss=iss))) == "Unauthorized"


def test_an_authorizer_without_pools_opens_to_nobody() -> None:
    assert refusal(signed(claims()), Requirements(frozenset())) == "Unauthorized"
    assert refusal(signed(claims(iss=None)), Requirements(frozenset())) == "Unauthorized"


@pytest.mark.parametrize("use", ["access", "refresh", None])
def test_a_method_without_scopes_takes_nothing_but_id_tokens(use: str | None) -> None:
    assert refusal(signed(claims(token_use=use, scope="orders/read"))) == "Unauthorized"


@pytest.mark.parametrize("scope", ["orders/read", "orders/write", "openid orders/write email"])
def test_a_method_with_scopes_takes_an_access_token_with_any_of_them(scope: str) -> None:
    token = signed(claims(token_use="access", scope=scope))
    assert verified_claims(token, PUBLIC, SCOPED)["scope"] == scope


@pytest.mark.parametrize("scope", [None, "", "orders", "orders/readable", "ORDERS/READ"])
def test_a_method_with_scopes_refuses_an_access_token_with_none_of_them(scope: str | None) -> None:
    assert refusal(signed(claims(token_use="access", scope=scope)), SCOPED) == "Unauthorized"


def test_a_method_with_scopes_refuses_an_id_token_even_if_it_claims_them() -> None:
    assert refusal(signed(claims(scope="orders/read")), SCOPED) == "Unauthorized"


@pytest.mark.parametrize(("expression", "opens"), [("app", True), ("a.*", True), ("ap", False), ("pp", False)])
def test_the_audience_must_match_the_whole_expression(expression: str, opens: bool) -> None:
    required = Requirements(frozenset({ISSUER}), audience=expression)
    token = signed(claims())
    if opens:
        assert verified_claims(token, PUBLIC, required)["aud"] == "app"
    else:
        assert refusal(token, required) == "Unauthorized"


def test_an_audience_shuts_out_access_tokens_because_they_have_none() -> None:
    required = Requirements(frozenset({ISSUER}), SCOPED.scopes, audience="app")
    assert refusal(signed(claims(token_use="access", scope="orders/read", aud=None)), required) == "Unauthorized"


@pytest.mark.parametrize(
    "header", ["a.b.c", "Bearer a.b.c", "bearer a.b.c", "BEARER a.b.c", "Bearer   a.b.c", " Bearer a.b.c "]
)
def test_a_token_may_come_bare_or_as_bearer_in_any_case(header: str) -> None:
    assert bare_token(header) == "a.b.c"


@pytest.mark.parametrize("header", ["", " ", "Bearer", "Bearer "])
def test_a_header_without_a_token_gives_an_empty_one(header: str) -> None:
    assert bare_token(header) == ""
