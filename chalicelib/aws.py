"""The one place that creates AWS clients: lazily, once per process, from one session. Knows no resource's name.

Clients take endpoint and region from the environment (`AWS_ENDPOINT_URL`, `AWS_REGION`), so that a laptop and an
account run the same code.
"""

from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_apigatewaymanagementapi import ApiGatewayManagementApiClient
    from mypy_boto3_dynamodb import DynamoDBServiceResource
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_ses import SESClient
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_stepfunctions import SFNClient
    from mypy_boto3_sts import STSClient

# Short time-outs with retries: a function that hangs on a lost connection would outlive its caller's patience.
CONFIG = Config(connect_timeout=2, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 4})

# Of many connections that are told something one after the other, none may take long.
SOCKETS_AT_ONCE = 32
SOCKETS_CONFIG = CONFIG.merge(
    Config(read_timeout=3, max_pool_connections=SOCKETS_AT_ONCE, retries={"mode": "standard", "total_max_attempts": 3})
)


@cache
def session() -> boto3.Session:
    """The process's session; creating one costs more than any call."""
    return boto3.Session()


@cache
def dynamodb() -> "DynamoDBServiceResource":
    """DynamoDB's resource, whose client takes and gives Python values instead of typed attributes."""
    return session().resource("dynamodb", config=CONFIG)


@cache
def events() -> "EventBridgeClient":
    """EventBridge."""
    return session().client("events", config=CONFIG)


@cache
def stepfunctions() -> "SFNClient":
    """Step Functions."""
    return session().client("stepfunctions", config=CONFIG)


@cache
def ses() -> "SESClient":
    """SES, for letters."""
    return session().client("ses", config=CONFIG)


@cache
def sns() -> "SNSClient":
    """SNS, for text messages."""
    return session().client("sns", config=CONFIG)


@cache
def s3() -> "S3Client":
    """S3, whose presigned URLs lead to the bucket's own region: a new bucket is not known elsewhere for hours."""
    regional = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
    return session().client("s3", config=CONFIG.merge(regional))


@cache
def sts() -> "STSClient":
    """STS."""
    return session().client("sts", config=CONFIG)


@cache
def connections(endpoint: str) -> "ApiGatewayManagementApiClient":
    """API Gateway's way to open WebSockets, which has an endpoint for each API and stage."""
    return session().client("apigatewaymanagementapi", endpoint_url=endpoint, config=SOCKETS_CONFIG)


def own_name(pattern: str) -> str:
    """A name that no other account in the world has.

    Args:
        pattern: with `{account}` and `{region}` in it; S3 shares the names of buckets among all accounts.
    """
    client = sts()  # to ask who one is needs no permission
    return pattern.format(account=client.get_caller_identity()["Account"], region=client.meta.region_name)
