"""What EventBridge's API reference says of buses, rules and their targets.

A rule's pattern and its targets are given back as they were put; a rule on an unknown bus is as unknown as its bus.
PutRule gives tags to a new rule only: those of a rule that is there it leaves as they are.
"""

from collections.abc import Mapping
from typing import Any

from deployer.rehearsal.account import Account, Answer
from deployer.rehearsal.place import PLACE

DEFAULT = "default"


def describe_event_bus(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    account.last("events:CreateEventBus", Name=asked["Name"])
    return {"Name": asked["Name"], "Arn": PLACE.bus_arn(asked["Name"])}


def put_rule(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"RuleArn": _arn(asked)}


def describe_rule(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"Arn": _arn(asked), "CreatedBy": PLACE.account, **_told(_rule(account, asked))}


def list_rules(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    if _bus(asked) != DEFAULT:
        account.last("events:CreateEventBus", Name=_bus(asked))
    there = account.left("events:PutRule", "events:DeleteRule", "Name")
    rules = [{"Arn": _arn(rule), **_told(rule)} for rule in there if _bus(rule) == _bus(asked)]
    return {"Rules": [rule for rule in rules if rule["Name"].startswith(asked.get("NamePrefix", ""))]}


def list_targets_by_rule(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    _rule(account, {"Name": asked["Rule"], "EventBusName": _bus(asked)})
    puts = [put for put in account.all("events:PutTargets", Rule=asked["Rule"]) if _bus(put) == _bus(asked)]
    targets = {target["Id"]: target for put in puts for target in put["Targets"]}
    return {"Targets": list(targets.values())} if targets else {}


def list_tags_for_resource(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """Of a bus or a rule that is there."""
    arn = asked["ResourceARN"]
    put = [rule for rule in account.all("events:PutRule") if _arn(rule) == arn]
    if not put:
        account.last("events:CreateEventBus", Name=arn.rpartition("/")[2])
    tagged = [*put[:1], *account.all("events:TagResource", ResourceARN=arn)]
    tags = {tag["Key"]: tag for one in tagged for tag in one.get("Tags", [])}
    return {"Tags": list(tags.values())}


def _told(rule: Mapping[str, Any]) -> dict[str, Any]:
    """A rule is described without its tags."""
    return {name: value for name, value in rule.items() if name != "Tags"}


def _arn(rule: Mapping[str, Any]) -> str:
    return PLACE.rule_arn(_bus(rule), rule["Name"])


def _rule(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    rules = [rule for rule in account.all("events:PutRule", Name=asked["Name"]) if _bus(rule) == _bus(asked)]
    return rules[-1] if rules else account.last("events:PutRule", Name=None)


def _bus(given: Mapping[str, Any]) -> str:
    return str(given.get("EventBusName", DEFAULT))


ANSWERS: Mapping[str, Answer] = {
    "events:DescribeEventBus": describe_event_bus,
    "events:DescribeRule": describe_rule,
    "events:ListRules": list_rules,
    "events:ListTagsForResource": list_tags_for_resource,
    "events:ListTargetsByRule": list_targets_by_rule,
    "events:PutRule": put_rule,
}
