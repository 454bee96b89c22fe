"""Whose tokens are believed: the pool's own, for our client, in time, and no others, whatever they look like."""

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OctKey

from chalicelib.identity.tokens import BadToken, SignedIn, signed_in, verified
from tests.support.orders import NOW
from tests.support.token_maker import HOUR_S, POOL, claims, find_key, public_jwk, token


def believed(text: str, now: int = NOW) -> SignedIn:
    return verified(text, POOL, find_key, now)


def encoded(content: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize("token_use", ["access", "id"])
def test_a_token_of_either_use_says_who_and_how_long(token_use: str) -> None:
    who = believed(token(claims(token_use)))
    assert (who.caller.user_id, who.caller.is_admin, who.expires_at) == ("u1", False, NOW // 1000 + HOUR_S)


def test_a_token_says_the_groups() -> None:
    assert believed(token(claims(**{"cognito:groups": ["admin", "other"]}))).caller.is_admin


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_other"},
        {"iss": None},
        {"client_id": "another-client"},
        {"client_id": None, "aud": POOL.client_id},
        {"token_use": "refresh"},
        {"token_use": "id"},
        {"token_use": None},
        {"token_use": ["access"]},
        {"sub": None},
        {"sub": ""},
        {"sub": 5},
        {"exp": None},
        {"exp": "never"},
        {"exp": NOW // 1000},
    ],
    ids=str,
)
def test_a_signed_token_that_is_not_meant_for_us_is_bad(changes: dict[str, Any]) -> None:
    said = claims() | changes
    with pytest.raises(BadToken):
        signed_in({name: value for name, value in said.items() if value is not None}, POOL, NOW)


@pytest.mark.parametrize("said", [None, [], "text", 5])
def test_claims_that_are_no_object_are_bad(said: Any) -> None:
    with pytest.raises(BadToken):
        signed_in(said, POOL, NOW)


def test_a_token_is_good_until_its_last_second() -> None:
    text, end = token(claims()), (NOW // 1000 + HOUR_S) * 1000
    assert believed(text, end - 1)
    with pytest.raises(BadToken, match="expired"):
        believed(text, end)


def test_a_token_of_another_pools_key_is_bad() -> None:
    with pytest.raises(BadToken, match="does not have"):
        believed(token(claims(), key="other-key"))


def test_a_token_that_claims_our_key_but_is_signed_with_another_is_bad() -> None:
    with pytest.raises(BadToken):
        believed(token(claims(), key="other-key", kid="the-key"))


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "", "HS256", "RS512", None])
def test_a_token_has_no_say_in_the_algorithm(algorithm: str | None) -> None:
    header, body, signature = token(claims()).split(".")
    named = encoded({"kid": "the-key", "alg": algorithm})
    for forged in (f"{named}.{body}.", f"{named}.{body}.{signature}", f"{named}.{body}"):
        with pytest.raises(BadToken):
            believed(forged)
    assert header != named


def test_the_public_key_is_no_shared_secret() -> None:
    """The oldest trick: HMAC with what everybody can read."""
    secret = OctKey.import_key(json.dumps(public_jwk()))
    with pytest.raises(BadToken):
        believed(jwt.encode({"alg": "HS256", "kid": "the-key"}, claims(), secret, algorithms=["HS256"]))


@pytest.mark.parametrize("header", [{"alg": "RS256"}, {"alg": "RS256", "kid": 5}, {"alg": "RS256", "kid": None}])
def test_a_token_must_name_its_key(header: dict[str, Any]) -> None:
    _, body, signature = token(claims()).split(".")
    with pytest.raises(BadToken):
        believed(f"{encoded(header)}.{body}.{signature}")


def test_a_token_with_an_extension_that_must_be_understood_is_bad() -> None:
    _, body, signature = token(claims()).split(".")
    with pytest.raises(BadToken):
        believed(f"{encoded({'alg': 'RS256', 'kid': 'the-key', 'crit': ['exp']})}.{body}.{signature}")


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_token_that_was_changed_anywhere_is_bad(place: int) -> None:
    parts = token(claims()).split(".")
    parts[place] = parts[place][:10] + ("A" if parts[place][10] != "A" else "B") + parts[place][11:]
    with pytest.raises(BadToken):
        believed(".".join(parts))


def test_somebody_elses_claims_under_a_good_signature_are_bad() -> None:
    header, _, signature = token(claims()).split(".")
    with pytest.raises(BadToken):
        believed(f"{header}.{encoded(claims(**{'cognito:groups': ['admin']}))}.{signature}")


@given(st.text(max_size=200) | st.from_regex(r"[\w-]{0,40}\.[\w-]{0,40}\.[\w-]{0,40}", fullmatch=True))
def test_what_is_no_token_is_bad_and_nothing_worse(text: str) -> None:
    with pytest.raises(BadToken):
        believed(text)


def test_a_refusal_does_not_repeat_the_token() -> None:
    text = token(claims(), key="other-key", kid="the-key")
    with pytest.raises(BadToken) as refused:
        believed(text)
    assert not any(part in str(refused.value) for part in text.split("."))
