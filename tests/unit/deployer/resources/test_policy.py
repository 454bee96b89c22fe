"""Two policies are equal when they mean the same, however a service writes them; and only then."""

import json
from typing import Any

import pytest

from deployer.resources.policy import canonical

STATEMENT: dict[str, Any] = {
    "Sid": "Read",
    "Effect": "Allow",
    "Principal": "*",
    "Action": ["s3:GetObject", "s3:ListBucket"],
    "Resource": ["arn:aws:s3:::bar/*"],
    "Condition": {"Bool": {"aws:SecureTransport": [True]}, "ArnEquals": {"aws:SourceArn": ["a", "b"]}},
}
OTHER: dict[str, Any] = {
    "Effect": "Deny",
    "Principal": {"Service": ["a.com", "b.com"]},
    "Action": "s3:*",
    "Resource": "*",
}


def policy(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


@pytest.mark.parametrize(
    "changes",
    [
        {"Action": ["s3:ListBucket", "s3:GetObject"]},
        {"Resource": "arn:aws:s3:::bar/*"},
        {"Principal": {"AWS": "*"}},
        {"Condition": {"ArnEquals": {"aws:SourceArn": ["b", "a"]}, "Bool": {"aws:SecureTransport": "true"}}},
    ],
)
def test_what_means_the_same_is_equal(changes: dict[str, Any]) -> None:
    assert canonical(policy({**STATEMENT, **changes})) == canonical(policy(STATEMENT))


@pytest.mark.parametrize(
    "changes",
    [
        {"Action": "s3:GetObject"},
        {"Effect": "Deny"},
        {"Principal": {"AWS": "123456789012"}},
        {"Principal": {"Service": "*"}},
        {"Sid": "Write"},
        {"Condition": {"Bool": {"aws:SecureTransport": "false"}}},
    ],
)
def test_what_means_something_else_differs(changes: dict[str, Any]) -> None:
    assert canonical(policy({**STATEMENT, **changes})) != canonical(policy(STATEMENT))


def test_the_order_of_statements_and_an_empty_sid_mean_nothing() -> None:
    assert canonical(policy({"Sid": "", **OTHER}, STATEMENT)) == canonical(policy(STATEMENT, OTHER))


def test_one_statement_needs_no_brackets() -> None:
    assert canonical({"Version": "2012-10-17", "Statement": OTHER}) == canonical(policy(OTHER))


def test_a_missing_version_means_something_else() -> None:
    assert canonical({"Statement": [OTHER]}) != canonical(policy(OTHER))


@pytest.mark.parametrize("none", [None, {}, [], "text"])
def test_what_is_no_policy_is_left_as_it_is(none: Any) -> None:
    assert canonical(none) == none


def test_the_form_can_be_printed() -> None:
    assert json.dumps(canonical(policy(STATEMENT)))
