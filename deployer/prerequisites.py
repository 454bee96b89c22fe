"""What an account must allow before the bar can live in it, looked at before anything is made. Changes nothing.

What is not told, for lack of a permission, is not held against the account: then AWS itself refuses later.
"""

from collections.abc import Iterator
from typing import Any

from deployer.aws import Aws
from deployer.place import Place
from deployer.problem import Problem
from deployer.resources.refusals import passing

CLOSING = ("BlockPublicPolicy", "RestrictPublicBuckets")


def check(place: Place, aws: Aws) -> None:
    """See that nothing about the account itself stands in the way.

    Raises:
        Problem: something does; it names all that does, and what to do about each.
    """
    if obstacles := list(_obstacles(place, aws)):
        raise Problem("this account cannot take it as it is, so nothing was changed:\n" + "\n".join(obstacles))


def _obstacles(place: Place, aws: Aws) -> Iterator[str]:
    if closing := _closing(place, aws):
        yield (
            f"* Nobody could read the pages: the account's own block of public access has {' and '.join(closing)}, "
            "which outranks any bucket's. Open it (aws s3control put-public-access-block --account-id "
            f"{place.account}), or use another account."
        )


def _closing(place: Place, aws: Aws) -> list[str]:
    """The settings of the account that keep the public from its buckets whatever a bucket says.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/configuring-block-public-access-account.html
    """
    block: Any = {}
    with passing("NoSuchPublicAccessBlockConfiguration", "AccessDenied"):
        answer = aws.s3control.get_public_access_block(AccountId=place.account)
        block = answer["PublicAccessBlockConfiguration"]
    return [name for name in CLOSING if block.get(name)]
