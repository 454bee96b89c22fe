from typing import Any

import pytest
from local_cloud.plugins.cognito_idp.tokens import (
    Authentication,
    Person,
    TokenKind,
    access_claims,
    id_claims,
    lifetime,
)

SIGN_IN = Authentication(origin_jti="origin", event_id="event", auth_time=1700000000)
ANA = Person(
    sub="uuid",
    username="uuid",
    groups=("admin", "editor"),
    attributes={"sub": "uuid", "email": "ana@example.com", "email_verified": "true", "custom:shop": "ABC"},
)


def test_an_access_token_says_what_its_bearer_may_do() -> None:
    assert access_claims(ANA, "client", SIGN_IN) == {
        "sub": "uuid",
        "origin_jti": "origin",
        "event_id": "event",
        "auth_time": 1700000000,
        "cognito:groups": ["admin", "editor"],
        "token_use": "access",
        "client_id": "client",
        "scope": "aws.cognito.signin.user.admin",
        "username": "uuid",
    }


def test_an_id_token_says_who_the_user_is() -> None:
    assert id_claims(ANA, "client", SIGN_IN, readable=None) == {
        "sub": "uuid",
        "origin_jti": "origin",
        "event_id": "event",
        "auth_time": 1700000000,
        "cognito:groups": ["admin", "editor"],
        "cognito:username": "uuid",
        "token_use": "id",
        "aud": "client",
        "email": "ana@example.com",
        "email_verified": True,
        "custom:shop": "ABC",
    }


def test_an_id_token_keeps_from_its_client_what_the_client_may_not_read() -> None:
    claims = id_claims(ANA, "client", SIGN_IN, readable=["custom:shop"])
    assert claims["custom:shop"] == "ABC"
    assert not {"email", "email_verified"} & set(claims)
    assert claims["sub"] == "uuid"


def test_an_attribute_cannot_pass_itself_off_as_a_claim() -> None:
    pretended = {"sub": "uuid", "aud": "another", "token_use": "access", "cognito:groups": "admin", "scope": "all"}
    claims = id_claims(Person("uuid", "uuid", (), pretended), "client", SIGN_IN, readable=None)
    assert (claims["aud"], claims["token_use"]) == ("client", "id")
    assert not {"cognito:groups", "scope"} & set(claims)


def test_who_is_in_no_group_has_no_claim_about_groups() -> None:
    loner = Person("uuid", "uuid", (), {"sub": "uuid"})
    assert "cognito:groups" not in access_claims(loner, "client", SIGN_IN)


@pytest.mark.parametrize(
    ("kind", "settings", "seconds"),
    [
        ("AccessToken", {}, 3600),
        ("IdToken", {}, 3600),
        ("RefreshToken", {}, 30 * 86400),
        ("AccessToken", {"AccessTokenValidity": 2}, 2 * 3600),
        ("RefreshToken", {"RefreshTokenValidity": 2}, 2 * 86400),
        ("AccessToken", {"AccessTokenValidity": 5, "TokenValidityUnits": {"AccessToken": "minutes"}}, 300),
        ("IdToken", {"IdTokenValidity": 1, "TokenValidityUnits": {"AccessToken": "minutes"}}, 3600),
        ("IdToken", {"IdTokenValidity": 0}, 3600),
    ],
)
def test_how_long_a_token_lasts_is_the_client_s_setting(
    kind: TokenKind, settings: dict[str, Any], seconds: int
) -> None:
    assert lifetime(settings, kind) == seconds
