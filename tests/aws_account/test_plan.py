"""What the deployer plans for an account of AWS, whose answers follow AWS's documentation, not an emulator's ways."""

from deployer.pipeline import Pipeline
from deployer.planner import Verb
from deployer.rehearsal.account import Account
from deployer.rehearsal.rehearsed import deploy, planned, wanted
from deployer.resources import ADAPTERS
from deployer.resources.abandoned_app import AbandonedApp
from tests.aws_account.deployment import OWN_DOMAIN, way_to, whole_project, with_certificate


def test_every_kind_of_resource_is_looked_for(account: Account) -> None:
    way, only_removed = way_to(with_certificate(account), whole_project(**OWN_DOMAIN)), {AbandonedApp}
    assert {type(resource) for resource in wanted(way)} == set(ADAPTERS) - only_removed


def test_in_an_empty_account_everything_is_to_be_created(way: Pipeline) -> None:
    assert {step.resource.title: step.verb for step in planned(way)} == {
        resource.title: Verb.CREATE for resource in wanted(way)
    }


def test_a_plan_changes_nothing(way: Pipeline, account: Account) -> None:
    planned(way)
    assert account.done == []


def test_in_an_empty_account_there_is_nothing_to_remove(way: Pipeline) -> None:
    assert way.plan_removal() == []


def test_in_a_complete_account_there_is_nothing_to_do(way: Pipeline, account: Account) -> None:
    deploy(way, account)
    assert {step.title: step.reason for step in planned(way) if step.verb is not Verb.LEAVE} == {}


def test_from_a_complete_account_everything_is_removed_that_does_not_go_with_something_else(
    way: Pipeline, account: Account
) -> None:
    deploy(way, account)
    whole = {resource.title for resource in wanted(way) if not resource.part}
    assert {step.resource.title for step in way.plan_removal()} == whole
