"""What a role of Chalice's may not do whatever its own policy allows: that policy is a file, and knows no setting."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deployer.resources.policy import canonical
from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State

POLICY = "limit"


@dataclass(frozen=True)
class RoleLimit(Resource):
    """A policy of refusals, beside the one that Chalice gave the role of this name.

    Attributes:
        document: the policy document.
    """

    kind = "limit of role"
    part = True

    document: Mapping[str, Any]

    def state(self) -> State:
        """What it refuses."""
        return {"document": canonical(self.document)}


class RoleLimitAdapter(Adapter[RoleLimit]):
    """Inline policies in IAM."""

    def read(self, wanted: RoleLimit) -> State | None:
        """The policy; botocore decodes it."""
        with passing("NoSuchEntity"):
            found = self.aws.iam.get_role_policy(RoleName=wanted.name, PolicyName=POLICY)
            return {"document": canonical(found["PolicyDocument"])}
        return None

    def create(self, wanted: RoleLimit) -> None:
        """Put it, whether it is there or not."""
        document = json.dumps(wanted.document)
        self.aws.iam.put_role_policy(RoleName=wanted.name, PolicyName=POLICY, PolicyDocument=document)

    def update(self, wanted: RoleLimit, differing: frozenset[str]) -> None:
        """Put it again."""
        self.create(wanted)
