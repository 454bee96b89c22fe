"""An account in which the bar could not live is told so by name, before anything is made in it."""

from typing import Any

import pytest
from tenacity import stop_after_attempt

from deployer.pipeline import Pipeline
from deployer.problem import Problem
from deployer.resources.bucket import Bucket, BucketAdapter
from tests.aws_account.account import Account, Refused
from tests.unit.deployer.samples import PLACE, quiet


def block(account: Account, *settings: str) -> None:
    """The account itself blocks public access in these ways."""
    names = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
    configuration = {name: name in settings for name in names}
    account.has("s3control:PutPublicAccessBlock", PublicAccessBlockConfiguration=configuration)


@pytest.mark.parametrize("setting", ["BlockPublicPolicy", "RestrictPublicBuckets"])
def test_an_account_that_keeps_the_public_from_the_pages_is_refused(
    way: Pipeline, account: Account, setting: str
) -> None:
    block(account, setting)
    before = list(account.done)
    with pytest.raises(Problem, match=f"block of public access has {setting}, .*(?s:aws s3control)"):
        way.plan_up()
    assert account.done == before


def test_a_block_of_access_lists_stands_in_nobodys_way(way: Pipeline, account: Account) -> None:
    block(account, "BlockPublicAcls", "IgnorePublicAcls")
    way.plan_up()


def test_what_an_account_does_not_tell_is_not_held_against_it(way: Pipeline, account: Account) -> None:
    account.refuses("s3control:GetPublicAccessBlock", Refused("AccessDenied", 403), times=1)
    way.plan_up()


def test_a_block_that_was_not_told_is_named_when_s3_goes_on_refusing(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    block(account, "BlockPublicPolicy")
    retrying: Any = BucketAdapter._open
    monkeypatch.setattr(retrying.retry, "stop", stop_after_attempt(1))
    with pytest.raises(Problem, match="takes no policy of bucket bar-pages") as told:
        BucketAdapter(account.aws(), quiet).create(public_bucket())
    assert "blocks public policies" in told.value.suggestion


def public_bucket() -> Bucket:
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Principal": "*"}
    return Bucket("bar-pages", PLACE.account, policy={"Version": "2012-10-17", "Statement": [statement]})
