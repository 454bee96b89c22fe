"""Somebody at a pool's door: who they say they are, what is known of them, and whether they could come in at all.

Must not check passwords or answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4, uuid5

from moto.cognitoidp.models import CognitoIdpUser, CognitoIdpUserPoolClient

from local_cloud.plugins.cognito_idp.auth_parameters import require_secret_hash, required
from local_cloud.plugins.cognito_idp.errors import (
    NotAuthorizedError,
    PasswordResetRequiredError,
    UserNotConfirmedError,
    UserNotFoundError,
    incorrect_credentials,
)
from local_cloud.plugins.cognito_idp.registry import STATE
from local_cloud.plugins.cognito_idp.trigger_events import Occasion
from local_cloud.plugins.cognito_idp.user_pool import UserPool

_NAMESPACE_OF_STRANGERS: UUID = uuid4()


@dataclass(frozen=True)
class Visitor:
    """A name at a client of a pool; there need be no such user."""

    pool: UserPool
    client: CognitoIdpUserPoolClient
    typed_name: str
    username: str
    """The pool's own name for the user, which `typed_name` may be an alias of."""

    sub: str | None
    """Whom that was when the visitor came; `None` for a stranger."""

    @classmethod
    def who_sent(cls, parameters: Mapping[str, str], pool: UserPool, client: CognitoIdpUserPoolClient) -> "Visitor":
        """The visitor whom a request's `USERNAME` names, having proved the client's secret if it has one.

        Raises:
            InvalidParameterError: there is no name.
            NotAuthorizedError: the secret is not proved.
        """
        name = required(parameters, "USERNAME")
        require_client_secret(client, name, parameters.get("SECRET_HASH"))
        with STATE:
            user = pool.find(name)
        if user is None:
            return cls(pool, client, name, _name_for_stranger(pool, name), sub=None)
        return cls(pool, client, name, user.username, sub=user.id)

    @property
    def user(self) -> CognitoIdpUser | None:
        """The user as they are now; `None` for a stranger and for somebody deleted, whoever has the name by now."""
        user = self.pool.users.get(self.username)
        return user if user and user.id == self.sub else None

    @property
    def strangers_are_hidden(self) -> bool:
        """Whether the client must not learn which users exist."""
        return bool(self.client.extended_config.get("PreventUserExistenceErrors") == "ENABLED")

    def is_same_as(self, other: "Visitor") -> bool:
        """Whether the other is at the same client and uses one of this visitor's names."""
        same_client = (self.pool.id, self.client.id) == (other.pool.id, other.client.id)
        return same_client and other.typed_name in (self.typed_name, self.username)

    def require_known(self) -> CognitoIdpUser:
        """The user.

        Raises:
            UserNotFoundError, NotAuthorizedError: there is none, told as openly as the client may hear it.
        """
        if self.user is None:
            raise incorrect_credentials() if self.strangers_are_hidden else UserNotFoundError("User does not exist.")
        return self.user

    def occasion(self) -> Occasion:
        """What a trigger's event says about this visit."""
        return Occasion(self.pool.region, self.pool.id, self.username, self.client.id)

    def description(self) -> dict[str, Any]:
        """What a trigger's request says about the user."""
        attributes = trigger_attributes(self.user) if self.user else {}
        found = {"userNotFound": self.user is None} if self.strangers_are_hidden else {}
        return {"userAttributes": attributes, **found}


def require_client_secret(client: CognitoIdpUserPoolClient, username: str, given_hash: str | None) -> None:
    """Let a caller pass who proves the client's secret, or whose client has none.

    Raises:
        NotAuthorizedError: the proof is missing or wrong.
    """
    require_secret_hash(client.id, client.secret if client.generate_secret else None, username, given_hash)


def require_able(user: CognitoIdpUser) -> None:
    """Let a user pass whose account is in order.

    Raises:
        NotAuthorizedError, UserNotConfirmedError, PasswordResetRequiredError: it is not.
    """
    if not user.enabled:
        raise NotAuthorizedError("User is disabled.")
    if user.status == "UNCONFIRMED":
        raise UserNotConfirmedError("User is not confirmed.")
    if user.status == "RESET_REQUIRED":
        raise PasswordResetRequiredError("Password reset required for the user")


def trigger_attributes(user: CognitoIdpUser) -> dict[str, str]:
    """The user's attributes as trigger events list them."""
    return {**user.attribute_lookup, "cognito:user_status": str(user.status.value)}


def _name_for_stranger(pool: UserPool, typed_name: str) -> str:
    # AWS gives a stranger a name that looks like a user's and is the same each time they try.
    return str(uuid5(_NAMESPACE_OF_STRANGERS, pool.id + typed_name)) if pool.username_attributes else typed_name
