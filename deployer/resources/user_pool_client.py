"""The applications that a user pool lets ask for tokens."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deployer.aws import Aws
from deployer.problem import Problem
from deployer.resources.resource import Adapter, Resource, State
from deployer.resources.user_pool import find_user_pool, in_order, need_user_pool


@dataclass(frozen=True)
class UserPoolClient(Resource):
    """An application without a secret, as pages in a browser are.

    Attributes:
        pool: the user pool's name.
        settings: members of CreateUserPoolClient's request, as DescribeUserPoolClient has them too.
    """

    kind = "user pool client"
    part = True

    pool: str
    settings: Mapping[str, Any]

    def state(self) -> State:
        """Its settings."""
        return {"secret": False, **in_order(self.settings)}

    def obstacle(self, attribute: str, actual: Any) -> str | None:
        """A secret is for ever."""
        return (
            "Cognito cannot take a client's secret away: delete the client by hand" if attribute == "secret" else None
        )


class UserPoolClientAdapter(Adapter[UserPoolClient]):
    """User pool clients in Cognito."""

    def read(self, wanted: UserPoolClient) -> State | None:
        """The settings that are wanted, as they are."""
        pool_id = find_user_pool(self.aws, wanted.pool)
        client_id = find_client(self.aws, pool_id, wanted.name) if pool_id else None
        if pool_id is None or client_id is None:
            return None
        described = self.aws.cognito.describe_user_pool_client(UserPoolId=pool_id, ClientId=client_id)
        client: Mapping[str, Any] = described["UserPoolClient"]
        actual = {member: client.get(member) for member in wanted.settings}
        return {"secret": bool(client.get("ClientSecret")), **in_order(actual)}

    def create(self, wanted: UserPoolClient) -> None:
        """Make it."""
        self.aws.cognito.create_user_pool_client(
            UserPoolId=need_user_pool(self.aws, wanted.pool),
            ClientName=wanted.name,
            GenerateSecret=False,
            **wanted.settings,
        )

    def update(self, wanted: UserPoolClient, differing: frozenset[str]) -> None:
        """Put all of its settings: UpdateUserPoolClient resets what it is not given."""
        pool_id = need_user_pool(self.aws, wanted.pool)
        client_id = need_client(self.aws, pool_id, wanted.name)
        self.aws.cognito.update_user_pool_client(
            UserPoolId=pool_id, ClientId=client_id, ClientName=wanted.name, **wanted.settings
        )


def find_client(aws: Aws, pool_id: str, name: str) -> str | None:
    """The id of the client of that name, or None.

    Raises:
        Problem: there are several.
    """
    pages = aws.cognito.get_paginator("list_user_pool_clients").paginate(UserPoolId=pool_id)
    ids = [client["ClientId"] for page in pages for client in page["UserPoolClients"] if client["ClientName"] == name]
    if len(ids) > 1:
        raise Problem(
            f"user pool {pool_id} has {len(ids)} clients named {name}: {', '.join(ids)}",
            "Delete those that nobody needs, by id.",
        )
    return ids[0] if ids else None


def need_client(aws: Aws, pool_id: str, name: str) -> str:
    """The id of the client of that name.

    Raises:
        Problem: there is none, or several.
    """
    client_id = find_client(aws, pool_id, name)
    if client_id is None:
        raise Problem(f"user pool {pool_id} has no client {name}", "Run `up` first.")
    return client_id
