"""What Cognito's API reference says of user pools, their clients and groups.

A pool is described with many settings that nobody asked for; UpdateUserPool resets what it is not given.
"""

from collections.abc import Mapping
from typing import Any

from deployer.rehearsal.account import Account, Answer
from deployer.rehearsal.place import PLACE

DEFAULTS: Mapping[str, Any] = {
    "Policies": {"PasswordPolicy": {"MinimumLength": 8, "TemporaryPasswordValidityDays": 7}},
    "LambdaConfig": {},
    "SchemaAttributes": [{"Name": "sub", "AttributeDataType": "String", "Mutable": False, "Required": True}],
    "VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_CODE"},
    "MfaConfiguration": "OFF",
    "EstimatedNumberOfUsers": 0,
    "EmailConfiguration": {"EmailSendingAccount": "COGNITO_DEFAULT"},
    "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": False, "UnusedAccountValidityDays": 7},
    "UserPoolTags": {},
    "UserPoolTier": "ESSENTIALS",
}

FOR_EVER = ("UsernameAttributes", "UsernameConfiguration")  # which UpdateUserPool does not take


def list_user_pools(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    made = account.all("cognito-idp:CreateUserPool")
    return {"UserPools": [{"Id": _id(pool["PoolName"]), "Name": pool["PoolName"]} for pool in made]}


def describe_user_pool(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    pool_id = asked["UserPoolId"]
    made = [one for one in account.all("cognito-idp:CreateUserPool") if _id(one["PoolName"]) == pool_id]
    settings = _settings(made[-1], "PoolName")
    for update in account.all("cognito-idp:UpdateUserPool", UserPoolId=pool_id)[-1:]:
        for_ever = {name: settings[name] for name in FOR_EVER if name in settings}
        settings = {**for_ever, **_settings(update, "UserPoolId")}
    # An empty list is not described.
    told = {name: value for name, value in settings.items() if value != []}
    arn = PLACE.arn("cognito-idp", f"userpool/{pool_id}")
    return {"UserPool": {**DEFAULTS, **told, "Id": pool_id, "Arn": arn, "Name": made[-1]["PoolName"]}}


def list_user_pool_clients(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    made = account.all("cognito-idp:CreateUserPoolClient", **asked)
    told = [{**asked, "ClientId": f"id-of-{one['ClientName']}", "ClientName": one["ClientName"]} for one in made]
    return {"UserPoolClients": told}


def describe_user_pool_client(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    name = asked["ClientId"].removeprefix("id-of-")
    made = account.last("cognito-idp:CreateUserPoolClient", ClientName=name)
    defaults = {"AllowedOAuthFlowsUserPoolClient": False, "EnablePropagateAdditionalUserContextData": False}
    return {"UserPoolClient": {**defaults, **_settings(made, "GenerateSecret"), "ClientId": asked["ClientId"]}}


def get_group(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"Group": account.last("cognito-idp:CreateGroup", **asked)}


def _settings(given: Mapping[str, Any], *but: str) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name not in but}


def _id(pool: str) -> str:
    return f"{PLACE.region}_{pool}"


ANSWERS: Mapping[str, Answer] = {
    "cognito-idp:ListUserPools": list_user_pools,
    "cognito-idp:DescribeUserPool": describe_user_pool,
    "cognito-idp:ListUserPoolClients": list_user_pool_clients,
    "cognito-idp:DescribeUserPoolClient": describe_user_pool_client,
    "cognito-idp:GetGroup": get_group,
}
