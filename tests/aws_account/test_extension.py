"""A project beside the bar comes and goes in an account of AWS, and its rows stay until all is removed."""

from pathlib import Path

import pytest

from deployer.overlay import Overlay
from deployer.pipeline import Pipeline
from deployer.planner import Verb, to_do
from tests.aws_account.account import Account
from tests.aws_account.deployment import SENDER, deploy, planned, way_to, whole_project
from workshop.learners_folder import LearnersFolder
from workshop.solutions import solution

TABLE, APP = "table serverlesspresso-stamps", "application serverlesspresso-stamps"
RULE = "rule serverlesspresso-collect-stamps"


@pytest.fixture
def beside(account: Account, tmp_path: Path) -> Pipeline:
    """The bar with the stamp card, deployed."""
    LearnersFolder(tmp_path).put(dict(solution("3-4")))
    way = way_to(account, whole_project(SENDER, Overlay(tmp_path)))
    deploy(way, account)
    return way


def test_it_is_complete_with_the_bar_and_taken_away_without_its_folder_but_for_its_rows(
    beside: Pipeline, account: Account
) -> None:
    assert to_do(planned(beside)) == []

    alone = planned(way_to(account))
    assert [step.title for step in alone if step.verb is Verb.REMOVE] == [f"remove {RULE}", f"remove {APP}"]
    changed = {step.resource.title for step in to_do(alone)} - {RULE, APP}
    assert changed == {"queue serverlesspresso-dead-letters"}  # to which its rule may send no more


def test_all_of_it_is_removed_with_the_bar(beside: Pipeline, account: Account) -> None:
    removed = {step.resource.title for step in way_to(account).plan_removal()}
    assert {TABLE, RULE, APP} <= removed
