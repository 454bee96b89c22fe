"""Where a deployment goes: an account and a region, and the ARNs that follow from them. Pure."""

from dataclasses import dataclass

from deployer.problem import Problem

DEFAULT_BUS = "default"  # EventBridge's own, where AWS services tell what they do and Chalice puts its rules


@dataclass(frozen=True)
class Place:
    """An account and a region.

    Attributes:
        account: twelve digits.
        partition: `aws`, `aws-cn` and the like.
        endpoint: what `AWS_ENDPOINT_URL` says, without a trailing slash; None where AWS itself answers.
    """

    account: str
    region: str
    partition: str = "aws"
    endpoint: str | None = None

    def arn(self, service: str, resource: str) -> str:
        """The ARN of a resource of this account and region, such as `arn("events", "rule/bus/name")`."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{resource}"

    def role_arn(self, name: str) -> str:
        """The ARN of a role; IAM has no region."""
        return f"arn:{self.partition}:iam::{self.account}:role/{name}"

    def function_arn(self, name: str) -> str:
        """The ARN of a Lambda function, unqualified."""
        return self.arn("lambda", f"function:{name}")

    def table_arn(self, name: str) -> str:
        """The ARN of a DynamoDB table."""
        return self.arn("dynamodb", f"table/{name}")

    def state_machine_arn(self, name: str) -> str:
        """The ARN of a state machine."""
        return self.arn("states", f"stateMachine:{name}")

    def queue_arn(self, name: str) -> str:
        """The ARN of an SQS queue."""
        return self.arn("sqs", name)

    def topic_arn(self, name: str) -> str:
        """The ARN of an SNS topic."""
        return self.arn("sns", name)

    def log_group_arn(self, name: str) -> str:
        """The ARN of a log group as targets of rules want it: without `:*`."""
        return self.arn("logs", f"log-group:{name}")

    def rule_arn(self, bus: str, name: str) -> str:
        """The ARN of a rule; on the bus `default` it does not name the bus."""
        return self.arn("events", f"rule/{name}" if bus == DEFAULT_BUS else f"rule/{bus}/{name}")

    def bus_arn(self, name: str) -> str:
        """The ARN of an event bus."""
        return self.arn("events", f"event-bus/{name}")

    def own_name(self, pattern: str) -> str:
        """A name that no other account in the world has, as the application fills its pattern (chalicelib/aws.py).

        Raises:
            Problem: a placeholder is neither `{account}` nor `{region}`.
        """
        try:
            return pattern.format(account=self.account, region=self.region)
        except (LookupError, ValueError) as error:
            raise Problem(f"{pattern!r} has a placeholder that is not {{account}} or {{region}}") from error

    def bucket_arn(self, name: str) -> str:
        """The ARN of a bucket, in which neither account nor region are."""
        return f"arn:{self.partition}:s3:::{name}"

    def service_host(self, service: str) -> str:
        """AWS's name in DNS of a service in this region, such as `s3`."""
        return f"{service}.{self.region}.{self._suffix}"

    def bucket_host(self, name: str) -> str:
        """AWS's name in DNS of a bucket."""
        return f"{name}.{self.service_host('s3')}"

    def bucket_url(self, name: str) -> str:
        """Where a browser reads a bucket's objects, without a trailing slash."""
        if self.endpoint:
            return f"{self.endpoint}/{name}"
        return f"https://{self.bucket_host(name)}"

    def api_url(self, api_id: str, stage: str) -> str:
        """The URL of a REST API's stage, without a trailing slash.

        An emulator serves APIs below its own address, since it has no names of its own in DNS.
        """
        if self.endpoint:
            return f"{self.endpoint}/_aws/execute-api/{api_id}/{stage}"
        return f"https://{api_id}.{self.service_host('execute-api')}/{stage}"

    def issuer(self, user_pool_arn: str) -> str:
        """What a user pool calls itself in its tokens: a URL, below which its public keys are."""
        pool_id = user_pool_arn.rpartition("/")[2]
        return f"{self.endpoint or f'https://{self.service_host("cognito-idp")}'}/{pool_id}"

    @property
    def _suffix(self) -> str:
        return "amazonaws.com.cn" if self.partition == "aws-cn" else "amazonaws.com"

    def __str__(self) -> str:
        return f"{self.endpoint or 'AWS'}, account {self.account}, {self.region}"
