"""IAM roles that a service of AWS takes on, with what it may do in one inline policy."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deployer.resources.policy import canonical
from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State

POLICY = "access"


@dataclass(frozen=True)
class Role(Resource):
    """A role.

    Attributes:
        trust: the policy document that says who may take the role on.
        access: the policy document that says what it may do; None where it may do nothing.
    """

    kind = "role"

    trust: Mapping[str, Any]
    access: Mapping[str, Any] | None

    def state(self) -> State:
        """Who may take it on, and what it may do."""
        return {"trust": canonical(self.trust), "access": canonical(self.access)}


class RoleAdapter(Adapter[Role]):
    """Roles in IAM."""

    def read(self, wanted: Role) -> State | None:
        """The role and its policy; botocore decodes both documents."""
        client, name = self.aws.iam, wanted.name
        with passing("NoSuchEntity"):
            trust = client.get_role(RoleName=name)["Role"]["AssumeRolePolicyDocument"]
            access: object = None
            with passing("NoSuchEntity"):
                access = client.get_role_policy(RoleName=name, PolicyName=POLICY)["PolicyDocument"]
            return {"trust": canonical(trust), "access": canonical(access)}
        return None

    def create(self, wanted: Role) -> None:
        """Make it; where it is there already, make it so."""
        with passing("EntityAlreadyExists"):
            self.aws.iam.create_role(RoleName=wanted.name, AssumeRolePolicyDocument=json.dumps(wanted.trust))
        self.update(wanted, frozenset(wanted.state()))

    def update(self, wanted: Role, differing: frozenset[str]) -> None:
        """Change who may take it on, or what it may do."""
        client, name = self.aws.iam, wanted.name
        if "trust" in differing:
            client.update_assume_role_policy(RoleName=name, PolicyDocument=json.dumps(wanted.trust))
        if "access" in differing and wanted.access is not None:
            client.put_role_policy(RoleName=name, PolicyName=POLICY, PolicyDocument=json.dumps(wanted.access))
        elif "access" in differing:
            self._take_access(name)

    def delete(self, wanted: Role) -> None:
        """Remove it with its policy."""
        self._take_access(wanted.name)
        with passing("NoSuchEntity"):
            self.aws.iam.delete_role(RoleName=wanted.name)

    def _take_access(self, role: str) -> None:
        with passing("NoSuchEntity"):
            self.aws.iam.delete_role_policy(RoleName=role, PolicyName=POLICY)
