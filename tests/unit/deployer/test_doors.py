"""Who is let in by what is deployed: those who signed in, and services on behalf of things of ours."""

import json

import pytest

from deployer import desired
from deployer.resources import ADAPTERS
from deployer.resources.function_permission import FunctionPermission
from deployer.resources.role import Role
from deployer.resources.rule import Rule
from tests.unit.deployer.samples import PLACE, POOL_ARN, own_project

EVERYTHING = [one for stage in desired.STAGES.values() for one in stage(own_project(), PLACE, POOL_ARN)]
# Services that hand out rights to people who did not sign in, or listen to everybody.
OPEN_DOORS = ("cognito-identity", "cognito-sync", "iot", "web-identity", "AssumeRoleWithWebIdentity")


def test_q30_nobody_gets_rights_without_signing_in() -> None:
    assert [kind.kind for kind in ADAPTERS if "identity pool" in kind.kind] == []
    described = [json.dumps(one.state(), default=str) for one in EVERYTHING]
    assert [text for text in described if any(f"{door}:" in text or f"{door}." in text for door in OPEN_DOORS)] == []


@pytest.mark.parametrize("role", [one for one in EVERYTHING if isinstance(one, Role)], ids=lambda role: role.name)
def test_q30_a_role_is_taken_on_by_a_service_only(role: Role) -> None:
    principals = [statement["Principal"] for statement in role.trust["Statement"]]
    assert [list(principal) for principal in principals] == [["Service"]] * len(principals)


def test_q58_a_rule_is_let_in_by_the_name_that_it_has() -> None:
    rules = {PLACE.rule_arn(one.bus, one.name) for one in EVERYTHING if isinstance(one, Rule)}
    permissions = [one for one in EVERYTHING if isinstance(one, FunctionPermission)]
    sources = {one.source for one in permissions if one.principal == "events.amazonaws.com"}
    assert sources
    assert sources <= rules


def test_q42_no_placeholder_is_left_in_what_is_deployed() -> None:
    """A setting holds `{account}` and `{region}` for the functions to fill; nothing else is open."""
    described = {one.title: json.dumps(one.state(), default=str) for one in EVERYTHING}
    assert [title for title, text in described.items() if "${" in text or "{account}" in text] == []
