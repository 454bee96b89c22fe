"""Stage `aws` against an emulator that is not LocalStack, and that the deployer takes for AWS."""

import subprocess
from typing import Any

from tests.aws_account.deployment import DOMAIN
from tests.aws_account.second_opinion.conftest import Believer

HELD = {
    ("apigateway", "get_rest_apis", "items"): 1,
    ("apigatewayv2", "get_apis", "Items"): 1,
    ("cognito-idp", "list_user_pools", "UserPools"): 1,
    ("dynamodb", "list_tables", "TableNames"): 10,
    ("iam", "list_roles", "Roles"): 21,
    ("lambda", "list_functions", "Functions"): 19,
    ("s3", "list_buckets", "Buckets"): 2,
    ("stepfunctions", "list_state_machines", "stateMachines"): 1,
    ("sqs", "list_queues", "QueueUrls"): 1,
    ("sns", "list_topics", "Topics"): 1,
    ("events", "list_rules", "Rules"): 2,
    ("cloudwatch", "describe_alarms", "MetricAlarms"): 3,
}
PAGE = {"cognito-idp": {"MaxResults": 60}}


def held(account: Believer) -> dict[tuple[str, str, str], int]:
    return {one: len(_listed(account, *one)) for one in HELD}


def _listed(account: Believer, service: str, operation: str, name: str) -> list[Any]:
    found: list[Any] = getattr(account.client(service), operation)(**PAGE.get(service, {})).get(name, [])
    return found


def certificate(account: Believer) -> str:
    """The ARN of one that somebody asked for."""
    made: str = account.client("acm").request_certificate(DomainName=DOMAIN, ValidationMethod="DNS")["CertificateArn"]
    return made


def domains(account: Believer) -> list[list[str]]:
    """Those of each distribution."""
    listed = account.client("cloudfront").list_distributions()["DistributionList"]
    return [one["Aliases"]["Items"] for one in listed.get("Items", [])]


def done(told: subprocess.CompletedProcess[str]) -> str:
    assert told.returncode == 0, told.stdout + told.stderr
    return told.stdout


def test_stage_aws_is_deployed_found_complete_and_removed_whole(believer: Believer) -> None:
    assert "nothing was changed" in done(believer.deployer("plan"))
    assert held(believer) == dict.fromkeys(HELD, 0)

    made = done(believer.deployer("up", "--yes"))
    assert held(believer) == HELD
    assert '"realtimeUrl": "wss://' in made

    assert "Nothing to do: all " in done(believer.deployer("up", "--yes"))

    believer.names(PAGES_DOMAIN=DOMAIN, PAGES_CERTIFICATE=certificate(believer))
    assert f"https://{DOMAIN}/order/index.html" in done(believer.deployer("up", "--yes"))
    assert domains(believer) == [[DOMAIN]]
    assert held(believer) == HELD
    assert "Nothing to do: all " in done(believer.deployer("up", "--yes"))

    assert "Nothing is left" in done(believer.deployer("down", "--yes"))
    assert held(believer) == dict.fromkeys(HELD, 0)
    assert domains(believer) == []
