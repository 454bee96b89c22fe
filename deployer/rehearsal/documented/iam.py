"""What IAM's API reference says of roles and the policies that are in them: policies come URL-encoded (RFC 3986)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from deployer.rehearsal.account import Account, Answer
from deployer.rehearsal.place import PLACE
from deployer.rehearsal.rewritten import rewritten

MISSING = "NoSuchEntity"


def get_role(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"Role": _role(account, account.last("iam:CreateRole", MISSING, RoleName=asked["RoleName"]))}


def list_roles(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    roles = account.left("iam:CreateRole", "iam:DeleteRole", "RoleName")
    return {"Roles": [_role(account, made) for made in roles], "IsTruncated": False}


def _role(account: Account, made: Mapping[str, Any]) -> dict[str, Any]:
    name, trust = made["RoleName"], made["AssumeRolePolicyDocument"]
    for update in account.all("iam:UpdateAssumeRolePolicy", RoleName=name):
        trust = update["PolicyDocument"]
    return {
        "RoleName": name,
        "RoleId": "AROADBQP57FF2AEXAMPLE",
        "Arn": PLACE.role_arn(name),
        "Path": "/",
        "CreateDate": datetime(2026, 1, 1, tzinfo=UTC),
        "AssumeRolePolicyDocument": quote(rewritten(trust)),
        "MaxSessionDuration": 3600,
    }


def get_role_policy(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    put = account.last("iam:PutRolePolicy", MISSING, **asked)
    return {**asked, "PolicyDocument": quote(rewritten(put["PolicyDocument"]))}


def list_role_policies(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """Their names; a role is deleted without any."""
    put = {one["PolicyName"] for one in account.all("iam:PutRolePolicy", RoleName=asked["RoleName"])}
    gone = {one["PolicyName"] for one in account.all("iam:DeleteRolePolicy", RoleName=asked["RoleName"])}
    return {"PolicyNames": sorted(put - gone), "IsTruncated": False}


ANSWERS: Mapping[str, Answer] = {
    "iam:GetRole": get_role,
    "iam:GetRolePolicy": get_role_policy,
    "iam:ListRolePolicies": list_role_policies,
    "iam:ListRoles": list_roles,
}
