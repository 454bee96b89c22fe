"""What must be so before the bar can live in an account, looked at before anything is made. Changes nothing.

What the account does not tell, mostly for lack of a permission, is not held against it: then AWS refuses later.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from botocore.exceptions import ClientError

from deployer import certificates
from deployer.aws import Aws
from deployer.aws_command import aws_command
from deployer.own_domain import own_domain
from deployer.place import Place
from deployer.problem import Problem
from deployer.project import Project

# Domains that are nobody's and never will be, so that no letter reaches them: RFC 2606 and RFC 6761.
NOBODYS = (".example", ".invalid", ".localhost", ".test", ".example.com", ".example.net", ".example.org")
# Ten people scan a code at once, which is as many drinks as it makes. Each scan is a call of the API and one of the
# workflow's functions; its two events, NewOrder and WorkflowStarted, call up to three each (statemachine/rules.json).
RUSH = 10 * (1 + 1 + 2 * 3)
CLOSING = ("BlockPublicPolicy", "RestrictPublicBuckets")


def check(project: Project, place: Place, aws: Aws) -> None:
    """See that nothing about the account or the stage's settings stands in the way.

    Raises:
        Problem: something does; it names all that does, and what to do about each.
    """
    if obstacles := list(_obstacles(project, place, aws)):
        raise Problem("this cannot be deployed as it is, so nothing was changed:\n" + "\n".join(obstacles))


def warnings(aws: Aws) -> list[str]:
    """What the account will take, though not without trouble.

    https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: "New AWS accounts have reduced concurrency
    and memory quotas. AWS raises these quotas automatically based on your usage."
    """
    with suppress(ClientError):
        at_once = aws.lambda_.get_account_settings()["AccountLimit"]["ConcurrentExecutions"]
        if at_once < RUSH:
            return [
                f"The account runs {at_once} functions at once, and ten scans at the same time need {RUSH}: "
                "orders then wait, and pages are told to come back. Ask AWS for more (docs/aws.md)."
            ]
    return []


def _obstacles(project: Project, place: Place, aws: Aws) -> Iterator[str]:
    sender = project.setting("LETTER_SENDER")
    if is_nobodys(sender):
        yield (
            f"* No code could be sent: {sender} is nobody's, so SES will never verify it. Name a sender whose letters "
            "you read, in .chalice/config.json:\n"
            f'    "{project.stage}": {{"environment_variables": {{"LETTER_SENDER": "bar@YOUR-DOMAIN"}}}}'
        )
    if domain := own_domain(project, place):
        yield from certificates.obstacles(domain, aws)
        if not project.pages:
            yield f"* There is no page to be seen at {domain.name}: build them first (make pages)."
    else:  # CloudFront is not the public
        yield from _closed(place, aws)


def is_nobodys(address: str) -> bool:
    """Whether an e-mail address is at a domain that is reserved for examples and tests."""
    domain = address.rpartition("@")[2].lower().rstrip(".")
    return f".{domain}".endswith(NOBODYS)


def _closed(place: Place, aws: Aws) -> Iterator[str]:
    """That the account keeps the public from its buckets whatever a bucket says, if it does.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/configuring-block-public-access-account.html
    """
    block: Any = {}
    with suppress(ClientError):
        answer = aws.s3control.get_public_access_block(AccountId=place.account)
        block = answer["PublicAccessBlockConfiguration"]
    if closing := [name for name in CLOSING if block.get(name)]:
        yield (
            f"* Nobody could read the pages: the account's own block of public access has {' and '.join(closing)}, "
            "which outranks any bucket's. Use another account, or open it for all of its buckets."
            + _opening(place.account, block)
        )


def _opening(account: str, block: Mapping[str, bool]) -> str:
    """The command that does so; what else the block says stays."""
    settings = (f"{name}={json.dumps(value and name not in CLOSING)}" for name, value in block.items())
    configuration = ("--public-access-block-configuration", ",".join(settings))
    return aws_command("s3control", "put-public-access-block", "--account-id", account, *configuration)
