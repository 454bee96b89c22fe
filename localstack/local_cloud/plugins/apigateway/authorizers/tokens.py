"""When a token of a Cognito user pool opens a method: signature, lifetime, pool, kind, scopes, audience.

Rules alone: no HTTP, no LocalStack, and no knowledge of where the token came from.
"""

import re
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import KeySet

Claims = dict[str, Any]

# The only algorithm that user pools sign with. Naming it is what refuses `none` and HS256.
_ALGORITHMS = ["RS256"]
_LIFETIME = jwt.JWTClaimsRegistry(exp={"essential": True})


class TokenRefusedError(Exception):
    """The token does not open the method; the text is what API Gateway tells the client."""

    def __init__(self, message: str = "Unauthorized") -> None:
        super().__init__(message)


@dataclass(frozen=True)
class Requirements:
    """What a method and its authorizer ask of a token.

    `issuers` are those of the authorizer's user pools. `scopes` are the method's authorizationScopes.
    `audience` is the authorizer's identityValidationExpression, a regular expression for the claim `aud`.
    """

    issuers: frozenset[str]
    scopes: frozenset[str] = frozenset()
    audience: str | None = None


def bare_token(header: str) -> str:
    """The token in a header's value, which may or may not begin with `Bearer` in any case."""
    scheme, _, credentials = header.strip().partition(" ")
    return credentials.strip() if scheme.lower() == "bearer" else header.strip()


def verified_claims(token: str, keys: KeySet, required: Requirements) -> Claims:
    """The claims of a token that meets all requirements.

    Raises:
        TokenRefusedError: it does not meet one, even if that is only for its scopes: "Otherwise, the call fails with
            a 401 Unauthorized response" (API Gateway Developer Guide, "Integrate a REST API with an Amazon Cognito
            user pool", apigateway-enable-cognito-user-pool.html).
    """
    try:
        claims: Claims = jwt.decode(token, keys, algorithms=_ALGORITHMS).claims
        _require(claims.get("iss") in required.issuers)
        _LIFETIME.validate(claims)
    except ExpiredTokenError as error:
        raise TokenRefusedError("The incoming token has expired") from error
    except JoseError as error:
        raise TokenRefusedError from error
    _require(_has_the_right_use(claims, required.scopes))
    _require(_has_the_right_audience(claims, required.audience))
    return claims


def _require(condition: bool) -> None:
    if not condition:
        raise TokenRefusedError


def _has_the_right_use(claims: Claims, scopes: frozenset[str]) -> bool:
    """A method without scopes takes ID tokens only, one with scopes access tokens with any of them.

    "If the OAuth Scopes option isn't specified, API Gateway treats the supplied token as an identity token
    [...]. Otherwise, API Gateway treats the supplied token as an access token" (same page).
    """
    if not scopes:
        return claims.get("token_use") == "id"
    granted = str(claims.get("scope", "")).split()
    return claims.get("token_use") == "access" and not scopes.isdisjoint(granted)


def _has_the_right_audience(claims: Claims, expression: str | None) -> bool:
    """An access token has no `aud` and therefore never matches, as the same page says."""
    return expression is None or re.fullmatch(expression, str(claims.get("aud", ""))) is not None
