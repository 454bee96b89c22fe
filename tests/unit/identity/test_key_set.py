"""The pool's keys are fetched once, and again for a key that is new, but not for every bad token."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from chalicelib.identity.key_set import LOOK_AGAIN_MS, KeySet
from tests.support.token_maker import POOL, public_jwk


@dataclass
class Published:
    """What the issuer publishes, how often that was fetched, and what time it is."""

    keys: list[dict[str, Any]] = field(default_factory=lambda: [public_jwk()])
    fetched: list[str] = field(default_factory=list)
    now: int = 0
    broken: bool = False

    def fetch(self, url: str) -> Mapping[str, Any]:
        self.fetched.append(url)
        if self.broken:
            raise OSError("nobody answers")
        return {"keys": self.keys}


@pytest.fixture
def published() -> Published:
    return Published()


@pytest.fixture
def keys(published: Published) -> KeySet:
    return KeySet(POOL.issuer, published.fetch, lambda: published.now)


def test_keys_are_fetched_once_from_where_the_issuer_publishes_them(keys: KeySet, published: Published) -> None:
    assert keys.find("the-key") is not None
    assert keys.find("the-key") == keys.find("the-key")
    assert published.fetched == [f"{POOL.issuer}/.well-known/jwks.json"]


def test_any_number_of_unknown_keys_is_looked_for_once_a_minute(keys: KeySet, published: Published) -> None:
    assert [keys.find(f"forged-{number}") for number in range(50)] == [None] * 50
    assert len(published.fetched) == 1
    published.now += LOOK_AGAIN_MS
    assert keys.find("forged") is None
    assert len(published.fetched) == 2


def test_a_new_key_is_found_and_one_that_is_gone_is_forgotten(keys: KeySet, published: Published) -> None:
    assert keys.find("the-key")
    published.keys = [public_jwk("new-key")]
    published.now += LOOK_AGAIN_MS
    assert keys.find("new-key")
    assert keys.find("the-key") is None


def test_keys_for_something_else_are_left_alone(keys: KeySet, published: Published) -> None:
    published.keys = [{"kty": "EC", "kid": "curve"}, {"kty": "RSA"}, public_jwk()]
    assert keys.find("curve") is None
    assert keys.find("the-key")


def test_an_issuer_that_did_not_answer_is_asked_again_at_once(keys: KeySet, published: Published) -> None:
    published.broken = True
    with pytest.raises(OSError, match="nobody answers"):
        keys.find("the-key")
    published.broken = False
    assert keys.find("the-key")
