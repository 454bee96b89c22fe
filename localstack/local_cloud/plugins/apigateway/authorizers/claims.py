"""How API Gateway hands a token's claims, or a Lambda authorizer's context, to an integration: all as text.

Only the rendering; must not judge whether a claim is true.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

_TIMES = frozenset({"exp", "iat"})


def claims_as_text(claims: Mapping[str, Any]) -> dict[str, str]:
    """The claims as an integration finds them under `requestContext.authorizer.claims`.

    AWS does not document the format; an event recorded from AWS is in awslabs/aws-serverless-java-container,
    CognitoAuthorizerClaimsTest.java: `exp` and `iat` are dates such as "Mon Apr 17 23:12:49 UTC 2017", while
    `auth_time` is "1492467169" and `email_verified` "true". awsdocs/amazon-api-gateway-developer-guide#158 says that
    all values become text; that a list becomes "a,b" is only reported by users.
    """
    return {name: _as_date(value) if name in _TIMES else as_text(value) for name, value in claims.items()}


def as_text(value: Any) -> str:
    """A JSON value as text: text as it is, a list's elements joined with commas, all else as JSON."""
    match value:
        case str():
            return value
        case list():
            return ",".join(map(as_text, value))
        case _:
            return json.dumps(value, separators=(",", ":"))


def _as_date(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%a %b %d %H:%M:%S UTC %Y")
