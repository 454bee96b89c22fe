"""Who a token of our user pool is about, verified here: for doors that API Gateway's authorizers do not guard.

See "Verifying JSON web tokens" in the Cognito developer guide for what has to be looked at.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from jwt.exceptions import InvalidTokenError

from chalicelib.identity.model import Caller, caller_of
from chalicelib.identity.rs256 import Rs256, RsaPublicKey

ALGORITHM = "RS256"  # Cognito's only one; the token has no say in it
# Which claim names the client that the token was issued to, by `token_use`.
CLIENT_CLAIM: Mapping[str, str] = {"access": "client_id", "id": "aud"}

type FindKey = Callable[[str], RsaPublicKey | None]

_jws = jwt.PyJWS(algorithms=[])
_jws.register_algorithm(ALGORITHM, Rs256())


class BadToken(Exception):
    """The token is none of ours, or not any more; its message says why, never what is in it."""


@dataclass(frozen=True)
class Pool:
    """Whose tokens are good.

    Attributes:
        issuer: the user pool's URL, `iss` in its tokens.
        client_id: the one client to which they must have been issued.
    """

    issuer: str
    client_id: str


@dataclass(frozen=True)
class SignedIn:
    """Somebody whose token was verified.

    Attributes:
        expires_at: when the token does, in seconds since 1970.
    """

    caller: Caller
    expires_at: int


def verified(token: str, pool: Pool, find_key: FindKey, now: int) -> SignedIn:
    """Whom an access or id token is about.

    Args:
        token: a JSON Web Token in its compact form.
        pool: whose tokens are good.
        find_key: gives a public key of the pool by its id.
        now: ms since 1970.

    Raises:
        BadToken: it is not signed by the pool, was issued to another client or for another use, or has expired.
    """
    try:
        key = find_key(_key_id(token))
        if key is None:
            raise BadToken("the token is signed with a key that the user pool does not have")
        claims = json.loads(_jws.decode(token, key, algorithms=[ALGORITHM]))  # type: ignore[arg-type]
    except (InvalidTokenError, ValueError, RecursionError) as error:
        raise BadToken("the token is malformed, or its signature is not the user pool's") from error
    return signed_in(claims, pool, now)


def _key_id(token: str) -> str:
    key_id = _jws.get_unverified_header(token).get("kid")
    if not isinstance(key_id, str):
        raise BadToken("the token does not say which key it is signed with")
    return key_id


def signed_in(claims: Any, pool: Pool, now: int) -> SignedIn:
    """Whom claims are about that bear the pool's signature.

    Raises:
        BadToken: they are not meant for us, or not any more.
    """
    if not isinstance(claims, dict) or not isinstance(claims.get("sub"), str) or not claims["sub"]:
        raise BadToken("the token is about nobody")
    if claims.get("iss") != pool.issuer:
        raise BadToken("the token is of another user pool")
    client_claim = CLIENT_CLAIM.get(str(claims.get("token_use")))
    if client_claim is None:
        raise BadToken("the token is neither an access nor an id token")
    if claims.get(client_claim) != pool.client_id:
        raise BadToken("the token was issued to another client")
    expires_at = claims.get("exp")
    if not isinstance(expires_at, int) or expires_at * 1000 <= now:
        raise BadToken("the token has expired")
    return SignedIn(caller_of(claims), expires_at)
