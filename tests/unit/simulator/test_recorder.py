"""Who records the bus leaves nothing on it: neither when it goes wrong, nor what a killed one before it left there."""

from collections.abc import Iterator

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from simulator.probe.recorder import recording

BUS = "bar"


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[boto3.Session]:
    """An account in this process, with a bus; not that of a cloud that this machine may run."""
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        session = boto3.Session("test", "test", region_name="us-east-1")
        session.client("events").create_event_bus(Name=BUS)
        yield session


def left(account: boto3.Session) -> list[str]:
    """The rules and queues that are there."""
    rules = account.client("events").list_rules(EventBusName=BUS)["Rules"]
    return [*(rule["Name"] for rule in rules), *account.client("sqs").list_queues().get("QueueUrls", [])]


def test_nothing_is_left_of_a_recorder(account: boto3.Session) -> None:
    with recording(account.client("events"), account.client("sqs"), BUS):
        assert len(left(account)) == 2
    assert left(account) == []


def test_what_a_killed_one_left_under_its_name_goes_with_the_next(account: boto3.Session) -> None:
    killed = recording(account.client("events"), account.client("sqs"), BUS, name="check")
    killed.__enter__()
    with recording(account.client("events"), account.client("sqs"), BUS, name="check"):
        assert len(left(account)) == 2
    assert left(account) == []


def test_a_recorder_that_could_not_begin_leaves_nothing(account: boto3.Session) -> None:
    with pytest.raises(ClientError), recording(account.client("events"), account.client("sqs"), "no-such-bus"):
        pass
    assert left(account) == []
