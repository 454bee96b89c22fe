"""Resource policies of CloudWatch Logs: which services of AWS may write into log groups."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deployer.resources.policy import canonical
from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State


@dataclass(frozen=True)
class LogPolicy(Resource):
    """A resource policy; an account has room for ten in each region."""

    kind = "log policy"

    document: Mapping[str, Any]

    def state(self) -> State:
        """What it allows."""
        return {"document": canonical(self.document)}


class LogPolicyAdapter(Adapter[LogPolicy]):
    """Resource policies in CloudWatch Logs."""

    def read(self, wanted: LogPolicy) -> State | None:
        """The policy of that name."""
        policies = self.aws.logs.describe_resource_policies()["resourcePolicies"]
        found = next((policy for policy in policies if policy["policyName"] == wanted.name), None)
        return {"document": canonical(json.loads(found["policyDocument"]))} if found else None

    def create(self, wanted: LogPolicy) -> None:
        """Put it, whether it is there or not."""
        self.aws.logs.put_resource_policy(policyName=wanted.name, policyDocument=json.dumps(wanted.document))

    def update(self, wanted: LogPolicy, differing: frozenset[str]) -> None:
        """Put it again."""
        self.create(wanted)

    def delete(self, wanted: LogPolicy) -> None:
        """Remove it."""
        with passing("ResourceNotFoundException"):
            self.aws.logs.delete_resource_policy(policyName=wanted.name)
