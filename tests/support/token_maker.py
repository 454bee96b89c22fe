"""Tokens as Cognito makes them, and all that resembles them; signed by a library that the application does not use."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey

from chalicelib.identity.rs256 import Rs256, RsaPublicKey
from chalicelib.identity.tokens import Pool
from tests.support.orders import NOW

POOL = Pool("https://cognito-idp.us-east-1.amazonaws.com/us-east-1_pool", "the-client")
HOUR_S = 60 * 60


@cache
def private_key(name: str = "the-key") -> RSAKey:
    """A key of that name, the same one for the whole run."""
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig", "alg": "RS256"})


def public_jwk(name: str = "the-key") -> dict[str, Any]:
    """Its public half, as JWKS has it."""
    return dict(private_key(name).as_dict(private=False))


def find_key(key_id: str) -> RsaPublicKey | None:
    """The pool's one key."""
    return Rs256.from_jwk(public_jwk()) if key_id == "the-key" else None


def claims(use: str = "access", /, **changes: Any) -> dict[str, Any]:
    """What Cognito says in an access or id token; a change to None leaves a claim out."""
    client = {"client_id": POOL.client_id} if use == "access" else {"aud": POOL.client_id}
    now = NOW // 1000
    usual = {"sub": "u1", "iss": POOL.issuer, "token_use": use, "iat": now, "exp": now + HOUR_S, **client}
    return {name: value for name, value in (usual | changes).items() if value is not None}


def token(said: Mapping[str, Any], key: str = "the-key", **header: Any) -> str:
    """A signed token."""
    return str(jwt.encode({"alg": "RS256", "kid": key, **header}, dict(said), private_key(key)))
