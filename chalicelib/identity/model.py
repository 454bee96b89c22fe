"""Who is calling, decided from verified claims only, never from a body or a URL. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.errors import Forbidden, NotFound

ADMIN_GROUP = "admin"


@dataclass(frozen=True)
class Caller:
    """Somebody with a verified token.

    Attributes:
        user_id: the token's `sub`.
        groups: the Cognito groups the token names.
    """

    user_id: str
    groups: frozenset[str] = frozenset()

    @property
    def is_admin(self) -> bool:
        """Whether this is a barista."""
        return ADMIN_GROUP in self.groups


def caller_of(claims: Mapping[str, Any] | None) -> Caller:
    """The caller that API Gateway's authorizer vouches for.

    Args:
        claims: `requestContext.authorizer.claims`. Groups come as "a,b" from a REST API, as "[a b]" from an HTTP API.

    Raises:
        Forbidden: there are no claims; a route without an authorizer must not ask who is calling.
    """
    if not claims or not claims.get("sub"):
        raise Forbidden("this needs a signed-in caller; send Authorization: Bearer <access token>")
    groups = claims.get("cognito:groups") or ""
    names = groups if isinstance(groups, list) else re.split(r"[,\s]+", str(groups).strip("[]"))
    return Caller(str(claims["sub"]), frozenset(name for name in names if name))


def require_admin(caller: Caller) -> None:
    """Let only baristas pass.

    Raises:
        Forbidden: the caller is not in the group `admin`.
    """
    if not caller.is_admin:
        raise Forbidden(f"only members of the group {ADMIN_GROUP} may do this")


def require_sight(caller: Caller, owner_id: str, what: str) -> None:
    """Let only the owner and baristas see a thing; for a stranger it does not exist.

    Raises:
        NotFound: said in the same words as for a thing that does not exist.
    """
    if caller.user_id != owner_id and not caller.is_admin:
        raise NotFound(f"there is no {what}")
