"""The one place that makes AWS clients and finds out where they lead. Knows no resource.

`boto3` takes endpoint, region, profile and credentials from the environment.
"""

import os
from threading import Lock
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError

from deployer.aws_problems import AWS_ERRORS, explained, not_aws
from deployer.endpoint import endpoint_in
from deployer.place import Place
from deployer.problem import Problem

if TYPE_CHECKING:
    from mypy_boto3_acm import ACMClient
    from mypy_boto3_apigateway import APIGatewayClient
    from mypy_boto3_apigatewayv2 import ApiGatewayV2Client
    from mypy_boto3_cloudfront import CloudFrontClient
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3control import S3ControlClient
    from mypy_boto3_ses import SESClient
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_stepfunctions import SFNClient

# The control planes of API Gateway, Cognito and IAM allow a few calls a second: be patient with their refusals.
PATIENT = Config(
    connect_timeout=5, read_timeout=60, retries={"mode": "standard", "total_max_attempts": 8}, max_pool_connections=32
)
# Where CloudFront takes its certificates from, wherever the bar is:
# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
CERTIFICATES_REGION = "us-east-1"
# The first call of all decides whether there is anybody at all, and says so at once.
IMPATIENT = Config(connect_timeout=3, read_timeout=20, retries={"total_max_attempts": 1})


class Aws:
    """A client for each service, made when it is first asked for; may be used by several threads."""

    def __init__(self, session: boto3.Session, config: Config = PATIENT) -> None:
        self._session = session
        self._config = config
        self._clients: dict[str, Any] = {}
        self._lock = Lock()  # clients may be shared by threads, but not made by several at once

    def _client(self, service: str, region: str | None = None) -> Any:
        with self._lock:
            if service not in self._clients:
                self._clients[service] = self._session.client(  # type: ignore[call-overload]
                    service, region_name=region, config=self._config
                )
            return self._clients[service]

    @property
    def acm(self) -> "ACMClient":
        """ACM, where CloudFront's certificates are."""
        return self._client("acm", CERTIFICATES_REGION)  # type: ignore[no-any-return]

    @property
    def apigateway(self) -> "APIGatewayClient":
        """API Gateway."""
        return self._client("apigateway")  # type: ignore[no-any-return]

    @property
    def apigatewayv2(self) -> "ApiGatewayV2Client":
        """API Gateway's WebSocket APIs."""
        return self._client("apigatewayv2")  # type: ignore[no-any-return]

    @property
    def cloudfront(self) -> "CloudFrontClient":
        """CloudFront."""
        return self._client("cloudfront")  # type: ignore[no-any-return]

    @property
    def cloudwatch(self) -> "CloudWatchClient":
        """CloudWatch's metrics and alarms."""
        return self._client("cloudwatch")  # type: ignore[no-any-return]

    @property
    def cognito(self) -> "CognitoIdentityProviderClient":
        """Cognito's user pools."""
        return self._client("cognito-idp")  # type: ignore[no-any-return]

    @property
    def dynamodb(self) -> "DynamoDBClient":
        """DynamoDB."""
        return self._client("dynamodb")  # type: ignore[no-any-return]

    @property
    def events(self) -> "EventBridgeClient":
        """EventBridge."""
        return self._client("events")  # type: ignore[no-any-return]

    @property
    def iam(self) -> "IAMClient":
        """IAM."""
        return self._client("iam")  # type: ignore[no-any-return]

    @property
    def lambda_(self) -> "LambdaClient":
        """Lambda."""
        return self._client("lambda")  # type: ignore[no-any-return]

    @property
    def logs(self) -> "CloudWatchLogsClient":
        """CloudWatch Logs."""
        return self._client("logs")  # type: ignore[no-any-return]

    @property
    def s3(self) -> "S3Client":
        """S3."""
        return self._client("s3")  # type: ignore[no-any-return]

    @property
    def s3control(self) -> "S3ControlClient":
        """S3's settings of a whole account."""
        return self._client("s3control")  # type: ignore[no-any-return]

    @property
    def ses(self) -> "SESClient":
        """SES."""
        return self._client("ses")  # type: ignore[no-any-return]

    @property
    def sns(self) -> "SNSClient":
        """SNS."""
        return self._client("sns")  # type: ignore[no-any-return]

    @property
    def sqs(self) -> "SQSClient":
        """SQS."""
        return self._client("sqs")  # type: ignore[no-any-return]

    @property
    def stepfunctions(self) -> "SFNClient":
        """Step Functions."""
        return self._client("stepfunctions")  # type: ignore[no-any-return]

    def table(self, name: str) -> "Table":
        """A DynamoDB table that takes and gives Python values, as the application's stores want it."""
        with self._lock:
            return self._session.resource("dynamodb", config=self._config).Table(name)


def new_session() -> boto3.Session:
    """The session that the environment describes.

    Raises:
        Problem: it names a profile that does not exist, or no region.
    """
    try:
        found = boto3.Session()
    except BotoCoreError as error:
        raise explained(error) from error
    if not found.region_name:
        raise Problem("no AWS region is set", "Set AWS_DEFAULT_REGION, for example to us-east-1.")
    return found


def configured_endpoint(of: boto3.Session) -> str | None:
    """Where AWS is said to be, without a trailing slash: by AWS_ENDPOINT_URL, or by the profile's `endpoint_url`.

    STS's endpoint stands for those of all services; None where AWS itself answers.
    https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html

    Raises:
        Problem: AWS_ENDPOINT_URL is no address.
        ValueError: the profile's is none.
    """
    endpoint_in(os.environ)
    aws_itself = IMPATIENT.merge(Config(ignore_configured_endpoint_urls=True))  # type: ignore[call-arg]
    told, own = (str(of.client("sts", config=config).meta.endpoint_url) for config in (IMPATIENT, aws_itself))
    return None if told == own else told.rstrip("/")


def locate(of: boto3.Session) -> Place:
    """Ask AWS who we are.

    Raises:
        Problem: the endpoint is no address, nobody answers there, or it is not AWS, or we are nobody.
    """
    try:
        endpoint = configured_endpoint(of)
        identity = of.client("sts", config=IMPATIENT).get_caller_identity()
        return Place(identity["Account"], of.region_name, identity["Arn"].split(":")[1], endpoint)
    except (*AWS_ERRORS, ValueError) as error:
        raise explained(error) from error
    except LookupError as error:
        raise not_aws("the caller's account is missing") from error
