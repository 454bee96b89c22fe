"""EventBridge's rules on a custom bus, each with its one target, which gets the whole event."""

import json
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from deployer.aws import Aws
from deployer.resources.our_own import OWNER, PREFIX, US
from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State, from_file

if TYPE_CHECKING:
    from mypy_boto3_events.type_defs import TagTypeDef, TargetOutputTypeDef

TARGET_ID = "target"


@dataclass(frozen=True)
class Rule(Resource):
    """A rule.

    Attributes:
        bus: the custom bus that it is on.
        target: the ARN of what gets the events.
        role: the ARN of the role that EventBridge takes on for it; None where the target's own policy lets it in.
        delivery: members of the target that say how often EventBridge tries and where events go that it gives up.
        described_in: the file and line that asked for it, where that is worth telling.
    """

    kind = "rule"

    bus: str
    description: str
    pattern: Mapping[str, Any]
    target: str
    role: str | None
    delivery: Mapping[str, Any] = field(default_factory=dict)
    described_in: str = ""

    def state(self) -> State:
        """What it matches, where that goes, and that it is ours."""
        return {
            "state": "ENABLED",
            "description": self.description,
            "owner": US,
            "pattern": self.pattern,
            "targets": [self.target_entry()],
        }

    @property
    def title(self) -> str:
        """Kind and name, and who asked for it."""
        return from_file(super().title, self.described_in)

    def target_entry(self) -> dict[str, Any]:
        """The target as PutTargets wants it. No input transformation: targets get the whole event."""
        role = {"RoleArn": self.role} if self.role else {}
        return {"Id": TARGET_ID, "Arn": self.target, **role, **self.delivery}


class RuleAdapter(Adapter[Rule]):
    """Rules in EventBridge."""

    def read(self, wanted: Rule) -> State | None:
        """The rule and its targets."""
        with passing("ResourceNotFoundException"):
            rule = self.aws.events.describe_rule(Name=wanted.name, EventBusName=wanted.bus)
            targets, owner = self._targets(wanted), owner_of(self.aws, rule["Arn"])
            return {
                "state": rule.get("State"),
                "description": rule.get("Description", ""),
                "owner": owner,
                "pattern": json.loads(rule.get("EventPattern", "null")),
                "targets": targets,
            }
        return None

    def create(self, wanted: Rule) -> None:
        """Put the rule and its target, whether they are there or not."""
        ours: list[TagTypeDef] = [{"Key": OWNER, "Value": US}]
        put = self.aws.events.put_rule(
            Name=wanted.name,
            EventBusName=wanted.bus,
            EventPattern=json.dumps(wanted.pattern),
            State="ENABLED",
            Description=wanted.description,
            Tags=ours,
        )
        self.aws.events.tag_resource(ResourceARN=put["RuleArn"], Tags=ours)  # AWS tags only a new rule as it is put
        self._remove_targets(wanted, keep={TARGET_ID})
        self.aws.events.put_targets(Rule=wanted.name, EventBusName=wanted.bus, Targets=[wanted.target_entry()])  # type: ignore[list-item]

    def update(self, wanted: Rule, differing: frozenset[str]) -> None:
        """Put it again."""
        self.create(wanted)

    def delete(self, wanted: Rule) -> None:
        """Remove the rule, its targets first, as EventBridge demands."""
        with passing("ResourceNotFoundException"):
            self._remove_targets(wanted, keep=set())
            self.aws.events.delete_rule(Name=wanted.name, EventBusName=wanted.bus)

    def _targets(self, of: Rule) -> "list[TargetOutputTypeDef]":
        answer = self.aws.events.list_targets_by_rule(Rule=of.name, EventBusName=of.bus)
        return answer.get("Targets", [])

    def _remove_targets(self, of: Rule, keep: set[str]) -> None:
        if ids := [target["Id"] for target in self._targets(of) if target["Id"] not in keep]:
            self.aws.events.remove_targets(Rule=of.name, EventBusName=of.bus, Ids=ids)


def owner_of(aws: Aws, rule_arn: str) -> str | None:
    """Whose a rule is, by our tag; None where it has none.

    Raises:
        ClientError: there is no such rule.
    """
    tags = aws.events.list_tags_for_resource(ResourceARN=rule_arn)["Tags"]
    return next((tag["Value"] for tag in tags if tag["Key"] == OWNER), None)


def other_rules_of_ours(aws: Aws, bus: str, known: Set[str]) -> list[Rule]:
    """The rules on a bus that are ours and not among the known ones; none where there is no such bus."""
    with passing("ResourceNotFoundException"):
        pages = aws.events.get_paginator("list_rules").paginate(EventBusName=bus, NamePrefix=PREFIX)
        others = [rule for page in pages for rule in page["Rules"] if rule["Name"] not in known]
        return [Rule(rule["Name"], bus, "", {}, "", None) for rule in others if owner_of(aws, rule["Arn"]) == US]
    return []
