"""Customers and baristas as a probe wants them: fresh ones, so that nobody meets another one's."""

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.bar_client import BarClient
from simulator.entrance import Entrance, new_address
from simulator.sign_in import Tokens, sign_in

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

ADMIN_GROUP = "admin"


@dataclass(frozen=True, kw_only=True)
class Person(BarClient):
    """Somebody who is signed in; `user_id` is the token's `sub`."""

    address: str
    user_id: str
    tokens: Tokens


@dataclass(frozen=True)
class People:
    """Where new people come from."""

    way_in: Entrance
    cognito: "CognitoIdentityProviderClient"

    def customer(self, address: str | None = None) -> Person:
        """Somebody new, or somebody with that address."""
        address = address or new_address()
        self.way_in.pool.sign_up(address)
        return self._signed_in(address)

    def barista(self) -> Person:
        """Somebody new in the group `admin`."""
        address = new_address()
        self.way_in.pool.sign_up(address)
        pool = self.way_in.outputs.user_pool_id
        self.cognito.admin_add_user_to_group(UserPoolId=pool, Username=address, GroupName=ADMIN_GROUP)
        return self._signed_in(address)

    def passer_by(self) -> BarClient:
        """Somebody without a token."""
        return BarClient(self.way_in.http, self.way_in.outputs.api_url)

    def _signed_in(self, address: str) -> Person:
        tokens = sign_in(self.way_in.pool, self.way_in.mailbox, address)
        return Person(
            http=self.way_in.http,
            api_url=self.way_in.outputs.api_url,
            token=tokens.access,
            address=address,
            user_id=subject(tokens.access),
            tokens=tokens,
        )


def subject(token: str) -> str:
    """Whom a token is about; a probe may believe it unseen."""
    claims = token.split(".")[1]
    return str(json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["sub"])
