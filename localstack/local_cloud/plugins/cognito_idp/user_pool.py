"""moto's pool of users, taught to find them by any of their names and to issue this process's tokens.

moto signs with a key that everybody has, names an issuer that cannot answer, and lets every token last an hour.
Must not know HTTP, triggers or locks: whoever calls holds `registry.STATE`.
"""

import secrets
import time
from types import ModuleType
from typing import Any
from uuid import uuid4

from moto.cognitoidp import urls
from moto.cognitoidp.models import CognitoIdpBackend, CognitoIdpUser, CognitoIdpUserPool

from local_cloud.plugins.cognito_idp.errors import NotAuthorizedError
from local_cloud.plugins.cognito_idp.keys import issuer, sign, verified_claims
from local_cloud.plugins.cognito_idp.tokens import Authentication, Person, TokenUse, access_claims, id_claims, lifetime
from local_cloud.plugins.cognito_idp.usernames import answers_to

_IMMUTABLE_SETTINGS = ("UsernameAttributes", "AliasAttributes", "UsernameConfiguration")


def person(user: CognitoIdpUser) -> Person:
    """The user as tokens tell of them, their groups in order of precedence."""
    groups = sorted(user.groups, key=lambda g: (g.precedence is None, g.precedence or 0, g.group_name))
    return Person(
        sub=user.id,
        username=user.username,
        groups=tuple(group.group_name for group in groups),
        attributes=dict(user.attribute_lookup),
    )


class UserPool(CognitoIdpUserPool):  # type: ignore[misc]  # moto has no types
    """A pool whose methods replace moto's of the same name, plus refreshing and revoking."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._authentications: dict[str, Authentication] = {}
        super().__init__(*args, **kwargs)

    @property
    def username_attributes(self) -> list[str]:
        """Which attributes take a user name's place (`email`, `phone_number`); empty where names are names."""
        return self.extended_config.get("UsernameAttributes") or []

    @property
    def lambda_config(self) -> dict[str, str]:
        """The ARNs of the pool's triggers by their names."""
        return self.extended_config.get("LambdaConfig") or {}

    def update_extended_config(self, extended_config: dict[str, Any]) -> None:
        """Take new settings, but keep the tags and what AWS lets nobody change; moto forgets them."""
        current = getattr(self, "extended_config", {})
        tags = {"UserPoolTags": current.get("UserPoolTags") or {}}
        kept = {name: current[name] for name in _IMMUTABLE_SETTINGS if name in current}
        super().update_extended_config({**tags, **extended_config, **kept})

    def _get_user(self, username: str) -> CognitoIdpUser | None:
        if username in self.users:
            return self.users[username]
        case_sensitive = (self.extended_config.get("UsernameConfiguration") or {}).get("CaseSensitive", True)
        matches = (
            user
            for user in self.users.values()
            if answers_to(
                username,
                user.username,
                user.attribute_lookup,
                self.username_attributes,
                case_sensitive=case_sensitive,
            )
        )
        return next(matches, None)

    def find(self, username: str) -> CognitoIdpUser | None:
        """The user of this name, e-mail address or phone number."""
        return self._get_user(username)

    def create_refresh_token(self, client_id: str, username: str) -> tuple[str, str]:
        """A refresh token, and the `origin_jti` by which the tokens that come of it are known."""
        authentication = Authentication(origin_jti=str(uuid4()), event_id=str(uuid4()), auth_time=int(time.time()))
        self._authentications[authentication.origin_jti] = authentication
        token = secrets.token_urlsafe(128)
        self.refresh_tokens[token] = (client_id, self._own_name(username), authentication.origin_jti)
        return token, authentication.origin_jti

    def create_access_token(self, client_id: str, username: str, origin_jti: str) -> tuple[str, int]:
        """An access token and the seconds that it lasts; remembered, so that it can be revoked."""
        token: tuple[str, int] = super().create_access_token(client_id, self._own_name(username), origin_jti)
        return token

    def create_jwt(
        self,
        client_id: str,
        username: str,
        token_use: TokenUse,
        expires_in: int = 0,  # moto's idea; the client's settings decide
        extra_data: dict[str, Any] | None = None,
    ) -> tuple[str, int]:
        """A signed token and the seconds that it lasts; of `extra_data` only the `origin_jti` counts."""
        settings = self.clients[client_id].extended_config
        whom = person(self._get_user(username))
        authentication = self._authentications[(extra_data or {})["origin_jti"]]
        if token_use == "id":  # noqa: S105  # no password
            claims = id_claims(whom, client_id, authentication, settings.get("ReadAttributes"))
            seconds = lifetime(settings, "IdToken")
        else:
            claims, seconds = access_claims(whom, client_id, authentication), lifetime(settings, "AccessToken")
        now = int(time.time())
        envelope = {"iss": issuer(self.id), "iat": now, "exp": now + seconds, "jti": str(uuid4())}
        return sign({**claims, **envelope}), seconds

    def holder_of(self, client_id: str, refresh_token: str) -> CognitoIdpUser:
        """The user to whom the refresh token was given at this client.

        Raises:
            NotAuthorizedError: it is unknown, revoked, expired or another client's.
        """
        issued_to, username, origin_jti = self.refresh_tokens.get(refresh_token) or ("", "", "")
        user = self.users.get(username)
        if issued_to != client_id or user is None:
            raise NotAuthorizedError("Invalid Refresh Token")
        age = time.time() - self._authentications[origin_jti].auth_time
        if age > lifetime(self.clients[client_id].extended_config, "RefreshToken"):
            raise NotAuthorizedError("Refresh Token has expired")
        return user

    def refresh(self, refresh_token: str) -> dict[str, Any]:
        """New access and ID tokens with the current groups and attributes of the token's holder."""
        access_token, id_token, seconds = self.create_tokens_from_refresh_token(refresh_token)
        tokens = {"AccessToken": access_token, "IdToken": id_token}
        return {**tokens, "ExpiresIn": seconds, "TokenType": "Bearer"}

    def revoke(self, client_id: str, refresh_token: str) -> None:
        """End one sign-in: its refresh token and every access token that came of it.

        Raises:
            NotAuthorizedError: the client holds no such token.
        """
        self.holder_of(client_id, refresh_token)
        _, _, origin_jti = self.refresh_tokens[refresh_token]
        self.refresh_tokens[refresh_token] = None
        for token in [t for t in self.access_tokens if verified_claims(t)["origin_jti"] == origin_jti]:
            del self.access_tokens[token]

    def sign_out(self, username: str) -> None:
        """End all of the user's sign-ins."""
        super().sign_out(self._own_name(username))

    def _own_name(self, username: str) -> str:
        user = self._get_user(username)
        return str(user.username) if user else username


class UserPools(CognitoIdpBackend):  # type: ignore[misc]  # moto has no types
    """moto's pools of one account and region, each of them one of ours."""

    def create_user_pool(self, name: str, extended_config: dict[str, Any]) -> UserPool:
        """A new pool with the settings of CreateUserPool."""
        pool = UserPool(self.account_id, self.region_name, name, extended_config)
        self.user_pools[pool.id] = pool
        return pool

    def admin_delete_user(self, user_pool_id: str, username: str) -> None:
        """Delete the user and end their sign-ins, which the next user of that name would otherwise inherit."""
        self.describe_user_pool(user_pool_id).sign_out(username)
        super().admin_delete_user(user_pool_id, username)

    @property
    def _url_module(self) -> ModuleType:
        # moto would look for its routes beside the module of this class.
        module: ModuleType = urls
        return module
