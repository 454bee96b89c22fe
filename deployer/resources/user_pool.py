"""Cognito's user pools. A pool's name is not unique to AWS; ours is the only one of its name, or there is a problem."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from deployer.aws import Aws
from deployer.problem import Problem
from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State

CAPITALS = "UsernameConfiguration"  # "immutable after you set it" (CreateUserPool)


@dataclass(frozen=True)
class UserPool(Resource):
    """A user pool.

    Attributes:
        settings: members of CreateUserPool's request, as DescribeUserPool has them too.
    """

    kind = "user pool"
    holds = "people"

    settings: Mapping[str, Any]

    def state(self) -> State:
        """Its settings, but for how it treats capitals: a pool that is there already goes on as it is."""
        return in_order({member: value for member, value in self.settings.items() if member != CAPITALS})

    def obstacle(self, attribute: str, actual: Any) -> str | None:
        """What people sign in with is for ever."""
        if attribute == "UsernameAttributes":
            return (
                "Cognito cannot change what a pool's people sign in with, and they are not for the deployer to delete"
            )
        return None

    def remark(self, actual: State) -> str:
        """What of a pool that an older version made cannot be mended.

        https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html
        """
        if actual.get(CAPITALS) == self.settings.get(CAPITALS):
            return ""
        return (
            "it takes Guest@ and guest@ for two people, which Cognito cannot change; only a new pool does not, without "
            "these people (on a laptop: make local FRESH=1)"
        )


class UserPoolAdapter(Adapter[UserPool]):
    """User pools in Cognito."""

    def read(self, wanted: UserPool) -> State | None:
        """The settings that are wanted, as they are."""
        pool_id = find_user_pool(self.aws, wanted.name)
        if pool_id is None:
            return None
        pool: Mapping[str, Any] = self.aws.cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"]
        return in_order({member: pool.get(member, _nothing_like(value)) for member, value in wanted.settings.items()})

    def create(self, wanted: UserPool) -> None:
        """Make it."""
        self.aws.cognito.create_user_pool(PoolName=wanted.name, **wanted.settings)

    def update(self, wanted: UserPool, differing: frozenset[str]) -> None:
        """Change what differs and keep all else."""
        change_user_pool(self.aws, wanted.name, {member: wanted.settings[member] for member in differing})

    def delete(self, wanted: UserPool) -> None:
        """Remove it with its people; its protection, which is against accidents, comes off first."""
        pool_id = find_user_pool(self.aws, wanted.name)
        if pool_id is not None:
            change_user_pool(self.aws, wanted.name, {"DeletionProtection": "INACTIVE"})
            with passing("ResourceNotFoundException"):
                self.aws.cognito.delete_user_pool(UserPoolId=pool_id)


def find_user_pool(aws: Aws, name: str) -> str | None:
    """The id of the pool of that name, or None.

    Raises:
        Problem: there are several.
    """
    pages = aws.cognito.get_paginator("list_user_pools").paginate(PaginationConfig={"PageSize": 60})
    ids = [pool["Id"] for page in pages for pool in page["UserPools"] if pool["Name"] == name]
    if len(ids) > 1:
        raise Problem(
            f"there are {len(ids)} user pools named {name}: {', '.join(ids)}", "Delete those that nobody needs, by id."
        )
    return ids[0] if ids else None


def need_user_pool(aws: Aws, name: str) -> str:
    """The id of the pool of that name.

    Raises:
        Problem: there is none, or several.
    """
    pool_id = find_user_pool(aws, name)
    if pool_id is None:
        raise Problem(f"there is no user pool {name}", "Run `up` first.")
    return pool_id


def change_user_pool(aws: Aws, name: str, changes: Mapping[str, Any]) -> None:
    """Change a pool's settings.

    UpdateUserPool "sets the default value" of what it is not given (its documentation): so everything that it takes and
    the pool has is given.
    """
    pool_id = need_user_pool(aws, name)
    shape = aws.cognito.meta.service_model.operation_model("UpdateUserPool").input_shape
    members = set(shape.members) if shape else set()
    aws.cognito.update_user_pool(
        **_update(aws.cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"], members, changes)
    )


def _update(pool: Mapping[str, Any], members: set[str], changes: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: deepcopy(value) for name, value in pool.items() if name in members}
    # Described in two places; UpdateUserPool takes it in one: Policies.PasswordPolicy.TemporaryPasswordValidityDays.
    kept.get("AdminCreateUserConfig", {}).pop("UnusedAccountValidityDays", None)
    return {**kept, "UserPoolId": pool["Id"], **changes}


def in_order(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings with lists of texts sorted: Cognito's order of them means nothing."""
    return {name: sorted(value) if _is_texts(value) else value for name, value in settings.items()}


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(element, str) for element in value)


def _nothing_like(value: Any) -> Any:
    return [] if isinstance(value, list) else None
