"""What EventBridge's API reference says of buses, rules and their targets.

A rule's pattern and its targets are given back as they were put; a rule on an unknown bus is as unknown as its bus.
"""

from collections.abc import Mapping
from typing import Any

from tests.aws_account.account import Account, Answer
from tests.unit.deployer.samples import PLACE

DEFAULT = "default"


def describe_event_bus(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    account.last("events:CreateEventBus", Name=asked["Name"])
    return {"Name": asked["Name"], "Arn": PLACE.arn("events", f"event-bus/{asked['Name']}")}


def describe_rule(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"Arn": PLACE.rule_arn(_bus(asked), asked["Name"]), "CreatedBy": PLACE.account, **_rule(account, asked)}


def list_rules(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    if _bus(asked) != DEFAULT:
        account.last("events:CreateEventBus", Name=_bus(asked))
    rules = [rule for rule in account.all("events:PutRule") if _bus(rule) == _bus(asked)]
    return {"Rules": [rule for rule in rules if rule["Name"].startswith(asked.get("NamePrefix", ""))]}


def list_targets_by_rule(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    _rule(account, {"Name": asked["Rule"], "EventBusName": _bus(asked)})
    puts = [put for put in account.all("events:PutTargets", Rule=asked["Rule"]) if _bus(put) == _bus(asked)]
    targets = {target["Id"]: target for put in puts for target in put["Targets"]}
    return {"Targets": list(targets.values())} if targets else {}


def _rule(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    rules = [rule for rule in account.all("events:PutRule", Name=asked["Name"]) if _bus(rule) == _bus(asked)]
    return rules[-1] if rules else account.last("events:PutRule", Name=None)


def _bus(given: Mapping[str, Any]) -> str:
    return str(given.get("EventBusName", DEFAULT))


ANSWERS: Mapping[str, Answer] = {
    "events:DescribeEventBus": describe_event_bus,
    "events:DescribeRule": describe_rule,
    "events:ListRules": list_rules,
    "events:ListTargetsByRule": list_targets_by_rule,
}
