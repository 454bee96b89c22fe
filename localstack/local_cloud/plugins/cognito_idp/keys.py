"""The key that signs this cloud's tokens, and the address at which its public half is served.

A cloud that begins empty makes a new key, so a token dies with the cloud that issued it and nobody can forge one:
moto's own key is published inside its package. Must not know users, clients or claims.
"""

from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from localstack.config import GATEWAY_LISTEN

from local_cloud.plugins.state.containers import remember

# Made at import and not on first use: Python's import lock keeps two threads from making two.
_KEYS = {"signing": RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)}
remember("cognito-idp", "keys", _KEYS)


def _signing_key() -> RSAKey:
    return _KEYS["signing"]


def public_keys() -> KeySet:
    """The keys that verify this cloud's tokens, without their private halves: what JWKS serves."""
    return KeySet([RSAKey.import_key(_signing_key().as_dict(private=False))])


def issuer(pool_id: str) -> str:
    """The `iss` claim of the pool's tokens: an address of LocalStack, so that OIDC discovery works offline."""
    return f"http://127.0.0.1:{GATEWAY_LISTEN[0].port}/{pool_id}"


def sign(claims: Mapping[str, Any]) -> str:
    """A compact RS256 token of these claims, its header naming the key as JWKS does."""
    key = _signing_key()
    return str(jwt.encode({"alg": "RS256", "kid": key.kid}, dict(claims), key))


def verified_claims(token: str) -> dict[str, Any]:
    """The claims of a token that this cloud signed.

    Raises:
        joserfc.errors.JoseError or ValueError: it is no token, or somebody else's. Expiry is not looked at.
    """
    return dict(jwt.decode(token, _signing_key(), algorithms=["RS256"]).claims)
