"""State machines, policies and what serves the pages are as validators want them that are not ours.

cfn-lint knows the language of both, which actions there are in IAM, and what kinds of things each can be allowed on
(rules E3601, E3510 to E3514, W3037, I3510). statelint validates the state machine in tests/statemachine.
"""

import json
from typing import Any

import pytest

from deployer.rehearsal.linted import of_resources
from deployer.rehearsal.rehearsed import empty_account, wanted
from deployer.rehearsal.templates import as_template, managed_policy, state_machine
from deployer.resources.role_limit import RoleLimit
from tests.aws_account.deployment import OWN_DOMAIN, way_to, whole_project, with_certificate
from tests.unit.deployer.samples import PLACE, ROOT

POLICIES = {path.stem: json.loads(path.read_text()) for path in sorted((ROOT / ".chalice").glob("policy*.json"))}
DEFINITIONS = sorted((ROOT / "statemachine").glob("*.asl.json"))


@pytest.fixture(scope="module", params=[{}, OWN_DOMAIN], ids=["plain", "own domain"])
def deployed(request: pytest.FixtureRequest) -> dict[str, dict[str, Any]]:
    """All that the deployer makes and the linter can judge, without and with what is an option."""
    way = way_to(with_certificate(empty_account()), whole_project(**request.param))
    return {one.title: template for one in wanted(way) if (template := as_template(one))}


def test_every_functions_policy_is_as_iam_wants_it() -> None:
    assert of_resources({name: managed_policy(document) for name, document in POLICIES.items()}) == []


def test_every_role_policy_and_state_machine_of_the_deployer_is_as_aws_wants_it(
    deployed: dict[str, dict[str, Any]],
) -> None:
    assert of_resources(deployed) == []


def test_every_limit_of_a_role_is_as_iam_wants_it() -> None:
    limits = [one for one in wanted(way_to(empty_account())) if isinstance(one, RoleLimit)]
    assert limits
    assert of_resources({one.title: managed_policy(one.document) for one in limits}) == []


def test_each_kind_of_document_is_judged(deployed: dict[str, dict[str, Any]]) -> None:
    kinds = {template["Type"].split("::")[1] for template in deployed.values()}
    assert kinds >= {"IAM", "Logs", "SQS", "StepFunctions"}


@pytest.mark.parametrize("deployed", [OWN_DOMAIN], indirect=True)
def test_what_serves_pages_at_a_domain_is_judged(deployed: dict[str, dict[str, Any]]) -> None:
    kinds = [template["Type"] for template in deployed.values() if template["Type"].startswith("AWS::CloudFront::")]
    assert len(kinds) == 3


def test_every_state_machine_of_the_checkout_is_judged(deployed: dict[str, dict[str, Any]]) -> None:
    judged = [one for one in deployed.values() if one["Type"] == "AWS::StepFunctions::StateMachine"]
    assert len(judged) == len(DEFINITIONS)


SPOILING = {
    "an action that there is not": {"Action": "dynamodb:GetItems", "Resource": "*"},
    "a thing that the action is not about": {"Action": "dynamodb:GetItem", "Resource": PLACE.queue_arn("x")},
    "a misspelled element": {"Actions": "dynamodb:GetItem", "Resource": "*"},
}


@pytest.mark.parametrize("spoiling", SPOILING)
def test_the_linter_sees_what_is_wrong_with_a_policy(spoiling: str) -> None:
    statement = {"Effect": "Allow", **SPOILING[spoiling]}
    assert of_resources({"spoiled": managed_policy({"Version": "2012-10-17", "Statement": [statement]})}) != []


def test_the_linter_sees_what_is_wrong_with_a_state_machine() -> None:
    assert of_resources({"good": state_machine({"StartAt": "A", "States": {"A": {"Type": "Succeed"}}})}) == []
    assert of_resources({"spoiled": state_machine({"StartAt": "A", "States": {"A": {"Type": "Success"}}})}) != []
