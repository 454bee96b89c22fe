"""What the API references of CloudWatch Logs and SES say: one or two kinds of thing in each."""

from collections.abc import Mapping
from typing import Any

from deployer.rehearsal.account import Account, Answer
from deployer.rehearsal.place import PLACE
from deployer.rehearsal.rewritten import rewritten


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
    policies = [{**put, "lastUpdatedTime": 0} for put in account.all("logs:PutResourcePolicy")]
    return {"resourcePolicies": [{**one, "policyDocument": rewritten(one["policyDocument"])} for one in policies]}


def list_identities(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"Identities": [made["EmailAddress"] for made in account.all("ses:VerifyEmailIdentity")]}


def get_identity_verification_attributes(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"VerificationAttributes": {name: {"VerificationStatus": "Pending"} for name in asked["Identities"]}}


ANSWERS: Mapping[str, Answer] = {
    "logs:DescribeLogGroups": describe_log_groups,
    "logs:DescribeResourcePolicies": describe_resource_policies,
    "ses:ListIdentities": list_identities,
    "ses:GetIdentityVerificationAttributes": get_identity_verification_attributes,
}
