"""What the API references of CloudWatch Logs, SES and Step Functions say: one or two kinds of thing in each."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tests.aws_account.account import Account, Answer
from tests.unit.deployer.samples import PLACE


def describe_log_groups(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    names = [made["logGroupName"] for made in account.all("logs:CreateLogGroup")]
    return {"logGroups": [_group(account, name) for name in names if name.startswith(asked["logGroupNamePrefix"])]}


def _group(account: Account, name: str) -> dict[str, Any]:
    """A group that keeps everything for ever has no retentionInDays."""
    group = {"logGroupName": name, "arn": f"{PLACE.log_group_arn(name)}:*", "storedBytes": 0}
    for put in account.all("logs:PutRetentionPolicy", logGroupName=name):
        group["retentionInDays"] = put["retentionInDays"]
    return group


def describe_resource_policies(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"resourcePolicies": [{**put, "lastUpdatedTime": 0} for put in account.all("logs:PutResourcePolicy")]}


def list_identities(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"Identities": [made["EmailAddress"] for made in account.all("ses:VerifyEmailIdentity")]}


def get_identity_verification_attributes(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"VerificationAttributes": {name: {"VerificationStatus": "Pending"} for name in asked["Identities"]}}


def describe_state_machine(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    name = asked["stateMachineArn"].rpartition(":")[2]
    made = account.last("stepfunctions:CreateStateMachine", "StateMachineDoesNotExist", name=name)
    tracing = {"loggingConfiguration": {"level": "OFF"}, "tracingConfiguration": {"enabled": False}}
    creation = {"creationDate": datetime(2026, 1, 1, tzinfo=UTC)}
    return {**made, **tracing, **creation, "stateMachineArn": asked["stateMachineArn"], "status": "ACTIVE"}


ANSWERS: Mapping[str, Answer] = {
    "logs:DescribeLogGroups": describe_log_groups,
    "logs:DescribeResourcePolicies": describe_resource_policies,
    "ses:ListIdentities": list_identities,
    "ses:GetIdentityVerificationAttributes": get_identity_verification_attributes,
    "stepfunctions:DescribeStateMachine": describe_state_machine,
}
