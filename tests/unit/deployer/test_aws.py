"""Clients are for many threads at once."""

from unittest.mock import Mock

import boto3
import pytest

from deployer.aws import Aws


def test_a_clients_exceptions_are_made_before_any_thread_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Aws(boto3.Session("test", "test", region_name="us-east-1")).dynamodb
    monkeypatch.setattr("botocore.client.BaseClient._load_exceptions", Mock(side_effect=AssertionError("made later")))
    assert client.exceptions.ResourceNotFoundException
