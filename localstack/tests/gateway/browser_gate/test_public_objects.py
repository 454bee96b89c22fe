"""Whether anybody may read an object: only where that is plain."""

import json
from typing import Any

import pytest
from local_cloud.plugins.gateway.browser_gate.public_objects import ALL_USERS, is_public_by_acl, is_public_by_policy

OBJECT = "arn:aws:s3:::menu/drinks/salad.json"
READ = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::menu/*"}


def is_public(*statements: Any) -> bool:
    return is_public_by_policy(json.dumps({"Statement": list(statements)}), "s3:GetObject", OBJECT)


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"Principal": {"AWS": "*"}},
        {"Principal": {"AWS": ["*"]}},
        {"Action": ["s3:PutObject", "s3:getobject"]},
        {"Action": "s3:Get*"},
        {"Action": "*"},
        {"Resource": ["arn:aws:s3:::other/*", "arn:aws:s3:::menu/drinks/????d.json"]},
        {"Resource": "*"},
        {"Condition": {}},
    ],
)
def test_a_policy_that_lets_anybody_read_makes_it_public(changed: dict[str, Any]) -> None:
    assert is_public(READ | changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"Effect": "Deny"},
        {"Principal": {"AWS": "arn:aws:iam::000000000000:root"}},
        {"Principal": {"Service": "*"}},
        {"Action": "s3:ListBucket"},
        {"Action": "s3:GetObjectVersion"},
        {"Resource": "arn:aws:s3:::menu"},
        {"Resource": "arn:aws:s3:::menu/Drinks/*"},
        {"Resource": "arn:aws:s3:::menu/drinks/[s]alad.json"},
        {"Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}},
        {"NotAction": "s3:PutObject"},
        {"NotResource": "arn:aws:s3:::other/*"},
        {"NotPrincipal": "*"},
    ],
)
def test_a_policy_that_is_about_something_else_does_not(changed: dict[str, Any]) -> None:
    assert not is_public(READ | changed)


@pytest.mark.parametrize(
    "changed", [{}, {"Condition": {"Bool": {"aws:SecureTransport": "false"}}}, {"Action": "s3:*"}, {"NotResource": "x"}]
)
def test_whatever_is_denied_to_some_is_not_public(changed: dict[str, Any]) -> None:
    assert not is_public(READ, READ | {"Effect": "Deny"} | changed)


@pytest.mark.parametrize("policy", [None, "", "{}", "[]", "no policy", '{"Statement": []}', '{"Statement": {}}'])
def test_what_is_no_policy_makes_nothing_public(policy: str | None) -> None:
    assert not is_public_by_policy(policy, "s3:GetObject", OBJECT)


def test_a_single_statement_is_understood() -> None:
    assert is_public_by_policy(json.dumps({"Statement": READ}), "s3:GetObject", OBJECT)


@pytest.mark.parametrize(
    ("grant", "is_open"),
    [
        ({"Grantee": {"URI": ALL_USERS}, "Permission": "READ"}, True),
        ({"Grantee": {"URI": ALL_USERS}, "Permission": "FULL_CONTROL"}, True),
        ({"Grantee": {"URI": ALL_USERS}, "Permission": "READ_ACP"}, False),
        ({"Grantee": {"ID": "me"}, "Permission": "FULL_CONTROL"}, False),
    ],
)
def test_an_acl_counts_where_it_grants_all_users_to_read(grant: dict[str, Any], is_open: bool) -> None:
    assert is_public_by_acl({"Grants": [grant]}) is is_open


@pytest.mark.parametrize("acl", [None, {}, {"Grants": None}])
def test_no_acl_grants_nothing(acl: dict[str, Any] | None) -> None:
    assert not is_public_by_acl(acl)
