"""The functions that Cognito calls while people of a user pool sign up and sign in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deployer.resources.resource import Adapter, Resource, State
from deployer.resources.user_pool import change_user_pool, find_user_pool


@dataclass(frozen=True)
class UserPoolTriggers(Resource):
    """All triggers of the user pool of this name.

    Attributes:
        functions: a function's ARN for each trigger, such as `PreSignUp`.
    """

    kind = "triggers of user pool"
    part = True

    functions: Mapping[str, str]

    def state(self) -> State:
        """Which trigger calls what."""
        return dict(self.functions)


class UserPoolTriggersAdapter(Adapter[UserPoolTriggers]):
    """A user pool's LambdaConfig."""

    def read(self, wanted: UserPoolTriggers) -> State | None:
        """The triggers that are wanted, as they are."""
        pool_id = find_user_pool(self.aws, wanted.name)
        if pool_id is None:
            return None
        pool = self.aws.cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"]
        config: Mapping[str, Any] = pool.get("LambdaConfig", {})
        return {trigger: config[trigger] for trigger in wanted.functions if trigger in config} or None

    def create(self, wanted: UserPoolTriggers) -> None:
        """Have Cognito call these functions and no others."""
        change_user_pool(self.aws, wanted.name, {"LambdaConfig": dict(wanted.functions)})

    def update(self, wanted: UserPoolTriggers, differing: frozenset[str]) -> None:
        """Put all of them again."""
        self.create(wanted)
