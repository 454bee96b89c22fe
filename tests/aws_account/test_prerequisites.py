"""An account in which the bar could not live is told so by name, before anything is made in it."""

import json
from typing import Any

import pytest
from tenacity import stop_after_attempt

from deployer.pipeline import Pipeline
from deployer.prerequisites import RUSH, is_nobodys, warnings
from deployer.problem import Problem
from deployer.project import read_project
from deployer.rehearsal.account import Account, Refused
from deployer.resources import bucket_policy
from deployer.resources.bucket import Bucket, BucketAdapter
from tests.aws_account.aws_tool import asked_by
from tests.aws_account.deployment import STAGE, way_to, whole_project
from tests.unit.deployer.samples import PLACE, ROOT, quiet


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
    with pytest.raises(Problem, match=f"block of public access has {setting}, "):
        way.check_account()
    assert account.done == before


def test_it_is_opened_by_the_command_that_is_told_and_no_further(
    way: Pipeline, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    block(account, "BlockPublicAcls", "BlockPublicPolicy")
    with pytest.raises(Problem) as told:
        way.check_account()
    opened = {"BlockPublicAcls": True, "IgnorePublicAcls": False, "BlockPublicPolicy": False}
    configuration = {"PublicAccessBlockConfiguration": {**opened, "RestrictPublicBuckets": False}}
    asked = asked_by(str(told.value), monkeypatch)
    assert asked.operation == "s3control:PutPublicAccessBlock"
    assert asked.given == {"AccountId": PLACE.account, **configuration}


def test_a_block_of_access_lists_stands_in_nobodys_way(way: Pipeline, account: Account) -> None:
    block(account, "BlockPublicAcls", "IgnorePublicAcls")
    way.check_account()


def test_what_an_account_does_not_tell_is_not_held_against_it(way: Pipeline, account: Account) -> None:
    account.refuses("s3control:GetPublicAccessBlock", Refused("AccessDenied", 403), times=1)
    way.check_account()


def test_a_block_that_was_not_told_is_named_when_s3_goes_on_refusing(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    block(account, "BlockPublicPolicy")
    retrying: Any = bucket_policy._put
    monkeypatch.setattr(retrying.retry, "stop", stop_after_attempt(1))
    with pytest.raises(Problem, match="takes no policy of bucket bar-pages") as told:
        BucketAdapter(account.aws(), quiet).create(public_bucket())
    assert "blocks public policies" in told.value.suggestion
    asked = asked_by(told.value.suggestion, monkeypatch)
    assert (asked.operation, asked.given) == ("s3control:GetPublicAccessBlock", {"AccountId": PLACE.account})


def test_the_sender_that_the_checkout_comes_with_is_refused_with_the_line_to_write(account: Account) -> None:
    default = read_project(ROOT, STAGE).setting("LETTER_SENDER")
    with pytest.raises(Problem, match=f"{default} is nobody's") as told:
        way_to(account, whole_project(default)).plan_up()
    line = str(told.value).splitlines()[-1]
    assert json.loads(f"{{{line}}}") == {STAGE: {"environment_variables": {"LETTER_SENDER": "bar@YOUR-DOMAIN"}}}
    assert account.done == []


def test_all_that_stands_in_the_way_is_told_at_once(account: Account) -> None:
    block(account, "BlockPublicPolicy")
    with pytest.raises(Problem, match=r"(?s)is nobody's.*block of public access"):
        way_to(account, whole_project("bar@example.com")).check_account()


@pytest.mark.parametrize(
    ("address", "nobodys"),
    [
        ("bar@x.example", True),
        ("bar@EXAMPLE.com", True),
        ("bar@mail.example.org", True),
        ("bar@localhost", True),
        ("bar@my-example.com", False),
        ("bar@example.coffee", False),
    ],
)
def test_only_addresses_that_are_reserved_are_nobodys(address: str, nobodys: bool) -> None:
    assert is_nobodys(address) is nobodys


@pytest.mark.parametrize(("granted", "warned"), [(None, True), (RUSH - 1, True), (RUSH, False), (1000, False)])
def test_an_account_that_runs_fewer_functions_than_a_rush_needs_is_warned(
    account: Account, granted: int | None, warned: bool
) -> None:
    if granted is not None:
        account.has("service-quotas:RequestServiceQuotaIncrease", DesiredValue=granted)
    told = warnings(account.aws())
    assert bool(told) is warned
    assert all(f"runs {granted or 10} functions at once" in line and str(RUSH) in line for line in told)


def test_nobody_is_warned_of_what_is_not_told(account: Account) -> None:
    account.refuses("lambda:GetAccountSettings", Refused("AccessDeniedException", 403), times=1)
    assert warnings(account.aws()) == []


def public_bucket() -> Bucket:
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Principal": "*"}
    return Bucket("bar-pages", PLACE.account, policy={"Version": "2012-10-17", "Statement": [statement]})
