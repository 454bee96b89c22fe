"""What AWS refuses while it settles something is asked for again, until it is granted or there is no hope."""

from types import SimpleNamespace

import pytest

from deployer.pipeline import Pipeline
from deployer.planner import to_do
from deployer.rehearsal.account import Account, Refused
from deployer.rehearsal.rehearsed import deploy, planned

TIMES = 3
UNKNOWN_ROLE = Refused(
    "InvalidParameterValueException", message="The provided execution role does not have permissions"
)
SETTLING = (
    ("s3:CreateBucket", Refused("OperationAborted", 409)),
    ("s3:PutPublicAccessBlock", Refused("OperationAborted", 409)),
    ("s3:PutBucketPolicy", Refused("OperationAborted", 409)),
    ("s3:PutBucketPolicy", Refused("AccessDenied", 403)),
    ("dynamodb:UpdateContinuousBackups", Refused("ContinuousBackupsUnavailableException")),
    ("sqs:CreateQueue", Refused("QueueDeletedRecently")),
    ("lambda:PutFunctionEventInvokeConfig", UNKNOWN_ROLE),
    ("lambda:CreateEventSourceMapping", UNKNOWN_ROLE),
)


@pytest.fixture(autouse=True)
def without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tenacity.nap.time", SimpleNamespace(sleep=lambda _: None))


@pytest.mark.parametrize(("operation", "refusal"), SETTLING, ids=lambda one: getattr(one, "code", one))
def test_what_is_refused_a_few_times_is_done_all_the_same(
    way: Pipeline, account: Account, operation: str, refusal: Refused
) -> None:
    account.refuses(operation, refusal, TIMES)
    deploy(way, account)
    assert account.unwilling[operation] == []
    assert to_do(planned(way)) == []


def test_a_refusal_that_no_waiting_mends_is_told_at_once(way: Pipeline, account: Account) -> None:
    account.refuses("s3:PutBucketEncryption", Refused("AccessDenied", 403), times=2)
    with pytest.raises(ExceptionGroup):
        deploy(way, account)
    assert account.unwilling["s3:PutBucketEncryption"] == []  # each of both buckets was refused once
