"""LocalStack leaves rules alone and makes roles anew when a stack changes them; here both are updated.
Since 0.2.

Ours updates both in place, and deletes a rule from its own bus.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html
"""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.cloudformation.api_updates import succeeded
from local_cloud.plugins.patches import replace

RULES = "localstack.services.events.resource_providers.aws_events_rule:EventsRuleProvider"
ROLES = "localstack.services.iam.resource_providers.aws_iam_role:IAMRoleProvider"


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def update_rules_and_roles_in_place() -> None:
    """LocalStack's hook: give the resource providers what they lack."""
    replace(RULES, "update", _updating_rule, why="parity", upstream="59374c805db2", before="cloudformation")
    replace(RULES, "delete", _deleting_rule, why="parity", upstream="ebde2b5f859b", before="cloudformation")
    replace(ROLES, "update", _updating_role, why="parity", upstream="74b32b8fbd3e", before="cloudformation")


def _place(model: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """Return a rule's name, and its bus as arguments of EventBridge's operations."""
    bus, _, name = model["Id"].rpartition("|")
    return name, {"EventBusName": bus} if bus else {}


def _updating_rule(update: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(update)
    def update_rule(provider: Any, request: Any) -> Any:
        before, after = request.previous_state, request.desired_state
        name, bus = _place(before)
        after["Name"] = name  # which LocalStack may have chosen
        event = provider.create(request)  # its operations overwrite a rule and its targets
        dropped = {t["Id"] for t in before.get("Targets") or []} - {t["Id"] for t in after.get("Targets") or []}
        if dropped:
            request.aws_client_factory.events.remove_targets(Rule=name, Ids=sorted(dropped), **bus)
        return event

    return update_rule


def _deleting_rule(delete: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(delete)
    def delete_rule(_provider: Any, request: Any) -> Any:
        events = request.aws_client_factory.events
        name, bus = _place(request.desired_state)
        if ids := [target["Id"] for target in events.list_targets_by_rule(Rule=name, **bus)["Targets"]]:
            events.remove_targets(Rule=name, Ids=ids, Force=True, **bus)
        events.delete_rule(Name=name, **bus)
        return succeeded(request.desired_state)

    return delete_rule


def _updating_role(update: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(update)
    def update_role(_provider: Any, request: Any) -> Any:
        before, iam = request.previous_state, request.aws_client_factory.iam
        kept = {name: before[name] for name in ("RoleName", "Arn", "RoleId")}
        after = {**request.desired_state, **kept}
        role = {"RoleName": kept["RoleName"]}
        iam.update_assume_role_policy(**role, PolicyDocument=json.dumps(after["AssumeRolePolicyDocument"]))
        fields = {name: after[name] for name in ("Description", "MaxSessionDuration") if name in after}
        if fields:
            iam.update_role(**role, **fields)
        _attach(iam, role, before.get("ManagedPolicyArns") or [], after.get("ManagedPolicyArns") or [])
        _put(iam, role, before.get("Policies") or [], after.get("Policies") or [])
        return succeeded(after)

    return update_role


def _attach(iam: Any, role: Mapping[str, str], before: list[str], after: list[str]) -> None:
    """Have the role have these managed policies and none of those before."""
    for arn in set(after) - set(before):
        iam.attach_role_policy(**role, PolicyArn=arn)
    for arn in set(before) - set(after):
        iam.detach_role_policy(**role, PolicyArn=arn)


def _put(iam: Any, role: Mapping[str, str], before: list[Any], after: list[Any]) -> None:
    """Have the role have these inline policies and none of those before."""
    for policy in after:
        document = json.dumps({"Version": "2012-10-17", **policy["PolicyDocument"]})
        iam.put_role_policy(**role, PolicyName=policy["PolicyName"], PolicyDocument=document)
    for name in {policy["PolicyName"] for policy in before} - {policy["PolicyName"] for policy in after}:
        iam.delete_role_policy(**role, PolicyName=name)
