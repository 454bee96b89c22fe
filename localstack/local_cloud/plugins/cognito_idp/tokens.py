"""What Cognito's tokens say and how long they last. Pure: signing, clocks and moto are elsewhere.

Issuer, times and the token's own id are added by whoever signs.

https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from local_cloud.plugins.cognito_idp.user_attributes import is_attribute

TokenUse = Literal["access", "id"]
TokenKind = Literal["AccessToken", "IdToken", "RefreshToken"]

_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
_DEFAULT_UNIT = {"AccessToken": "hours", "IdToken": "hours", "RefreshToken": "days"}
_DEFAULT_LIFETIME = {"AccessToken": 3600, "IdToken": 3600, "RefreshToken": 30 * 86400}
_BOOLEANS = ("email_verified", "phone_number_verified")


@dataclass(frozen=True)
class Authentication:
    """One successful sign-in, which every token refreshed from it still tells of."""

    origin_jti: str
    event_id: str
    auth_time: int
    """Seconds since 1970."""


@dataclass(frozen=True)
class Person:
    """The user whom a token is about, as they are now."""

    sub: str
    username: str
    groups: tuple[str, ...]
    attributes: Mapping[str, str]


def lifetime(client_settings: Mapping[str, Any], kind: TokenKind) -> int:
    """How many seconds such a token of the client is good for."""
    number = client_settings.get(f"{kind}Validity")
    if not number:
        return _DEFAULT_LIFETIME[kind]
    units = client_settings.get("TokenValidityUnits") or {}
    return int(number) * _SECONDS[units.get(kind, _DEFAULT_UNIT[kind])]


def access_claims(person: Person, client_id: str, authentication: Authentication) -> dict[str, Any]:
    """The claims of an access token: what its bearer may do here."""
    return {
        **_common_claims(person, authentication),
        "token_use": "access",
        "client_id": client_id,
        "scope": "aws.cognito.signin.user.admin",
        "username": person.username,
    }


def id_claims(
    person: Person,
    client_id: str,
    authentication: Authentication,
    readable: Collection[str] | None,
) -> dict[str, Any]:
    """The claims of an ID token: who the user is, by the attributes in `readable` (`None`: by all)."""
    attributes: dict[str, Any] = {
        name: value
        for name, value in person.attributes.items()
        if is_attribute(name) and (readable is None or name in readable)
    }
    attributes.update({name: attributes[name] == "true" for name in _BOOLEANS if name in attributes})
    return {
        **attributes,
        **_common_claims(person, authentication),
        "token_use": "id",
        "aud": client_id,
        "cognito:username": person.username,
    }


def _common_claims(person: Person, authentication: Authentication) -> dict[str, Any]:
    groups = {"cognito:groups": list(person.groups)} if person.groups else {}
    return {"sub": person.sub, **asdict(authentication), **groups}
