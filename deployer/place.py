"""Where a deployment goes: an account and a region, and the ARNs that follow from them. Pure."""

from dataclasses import dataclass


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

    def log_group_arn(self, name: str) -> str:
        """The ARN of a log group as targets of rules want it: without `:*`."""
        return self.arn("logs", f"log-group:{name}")

    def rule_arn(self, bus: str, name: str) -> str:
        """The ARN of a rule on a custom bus."""
        return self.arn("events", f"rule/{bus}/{name}")

    def api_url(self, api_id: str, stage: str) -> str:
        """The URL of a REST API's stage, without a trailing slash.

        An emulator serves APIs below its own address, since it has no names of its own in DNS.
        """
        if self.endpoint:
            return f"{self.endpoint}/_aws/execute-api/{api_id}/{stage}"
        suffix = "amazonaws.com.cn" if self.partition == "aws-cn" else "amazonaws.com"
        return f"https://{api_id}.execute-api.{self.region}.{suffix}/{stage}"

    def __str__(self) -> str:
        return f"{self.endpoint or 'AWS'}, account {self.account}, {self.region}"
