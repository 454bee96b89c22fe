"""Groups of a user pool's people, which their tokens name."""

from dataclasses import dataclass

from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State
from deployer.resources.user_pool import find_user_pool, need_user_pool


@dataclass(frozen=True)
class UserPoolGroup(Resource):
    """A group of people.

    Attributes:
        pool: the user pool's name.
    """

    kind = "user pool group"
    part = True

    pool: str

    def state(self) -> State:
        """That it exists is all."""
        return {}


class UserPoolGroupAdapter(Adapter[UserPoolGroup]):
    """User pool groups in Cognito."""

    def read(self, wanted: UserPoolGroup) -> State | None:
        """Whether there is one of that name."""
        pool_id = find_user_pool(self.aws, wanted.pool)
        if pool_id is None:
            return None
        with passing("ResourceNotFoundException"):
            self.aws.cognito.get_group(GroupName=wanted.name, UserPoolId=pool_id)
            return {}
        return None

    def create(self, wanted: UserPoolGroup) -> None:
        """Make it."""
        with passing("GroupExistsException"):
            self.aws.cognito.create_group(GroupName=wanted.name, UserPoolId=need_user_pool(self.aws, wanted.pool))
