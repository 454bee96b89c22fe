"""What DynamoDB's API reference says of the calls that change nothing."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from deployer.rehearsal.account import Account, Answer
from deployer.rehearsal.place import PLACE

NO_THROUGHPUT = {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0}
MADE = datetime(2026, 1, 1, tzinfo=UTC)


def list_tables(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"TableNames": [one["TableName"] for one in account.all("dynamodb:CreateTable")]}


def list_tags_of_resource(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    made = account.last("dynamodb:CreateTable", TableName=asked["ResourceArn"].rpartition("/")[2])
    return {"Tags": made.get("Tags", [])}


def describe_table(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    made = account.last("dynamodb:CreateTable", TableName=asked["TableName"])
    arn = PLACE.table_arn(made["TableName"])
    table = {name: made[name] for name in ("TableName", "AttributeDefinitions", "KeySchema")}
    indexes = [
        {**index, "IndexStatus": "ACTIVE", "ProvisionedThroughput": NO_THROUGHPUT, "ItemCount": 0}
        for index in made.get("GlobalSecondaryIndexes", [])
    ]
    return {
        "Table": {
            **table,
            "TableStatus": "ACTIVE",
            "TableArn": arn,
            "CreationDateTime": MADE,
            "BillingModeSummary": {"BillingMode": "PAY_PER_REQUEST", "LastUpdateToPayPerRequestDateTime": MADE},
            "ProvisionedThroughput": NO_THROUGHPUT,
            "DeletionProtectionEnabled": False,
            **({"GlobalSecondaryIndexes": indexes} if indexes else {}),
            **(_stream(made["StreamSpecification"], arn) if "StreamSpecification" in made else {}),
        }
    }


def _stream(specification: Mapping[str, Any], arn: str) -> dict[str, Any]:
    label = "2026-01-01T00:00:00.000"
    return {
        "StreamSpecification": specification,
        "LatestStreamLabel": label,
        "LatestStreamArn": f"{arn}/stream/{label}",
    }


def describe_time_to_live(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    account.last("dynamodb:CreateTable", TableName=asked["TableName"])
    for put in account.all("dynamodb:UpdateTimeToLive", TableName=asked["TableName"])[-1:]:
        attribute = put["TimeToLiveSpecification"]["AttributeName"]
        return {"TimeToLiveDescription": {"TimeToLiveStatus": "ENABLING", "AttributeName": attribute}}
    return {"TimeToLiveDescription": {"TimeToLiveStatus": "DISABLED"}}


def describe_continuous_backups(account: Account, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    account.last("dynamodb:CreateTable", "TableNotFoundException", TableName=asked["TableName"])
    switched = account.all("dynamodb:UpdateContinuousBackups", TableName=asked["TableName"])
    status = {"PointInTimeRecoveryStatus": "ENABLED" if switched else "DISABLED"}
    return {
        "ContinuousBackupsDescription": {
            "ContinuousBackupsStatus": "ENABLED",
            "PointInTimeRecoveryDescription": status,
        }
    }


ANSWERS: Mapping[str, Answer] = {
    "dynamodb:ListTables": list_tables,
    "dynamodb:ListTagsOfResource": list_tags_of_resource,
    "dynamodb:DescribeTable": describe_table,
    "dynamodb:DescribeTimeToLive": describe_time_to_live,
    "dynamodb:DescribeContinuousBackups": describe_continuous_backups,
}
