"""A project beside the bar comes and goes in an account of AWS, and its rows stay until all is removed."""

import json
from pathlib import Path

import pytest

from deployer.executor import execute
from deployer.overlay import Overlay
from deployer.pipeline import Pipeline
from deployer.planner import Verb, to_do
from deployer.rehearsal.account import Account, Refused
from deployer.rehearsal.documented.websocket_api import id_of
from deployer.rehearsal.rehearsed import deploy, planned
from tests.aws_account.deployment import SENDER, way_to, whole_project
from tests.unit.deployer.samples import PLACE
from workshop.learners_folder import LearnersFolder
from workshop.solutions import solution

APP_NAME = "serverlesspresso-stamps"
TABLE, APP = f"table {APP_NAME}", f"application {APP_NAME}"
RULE = "rule serverlesspresso-collect-stamps"


@pytest.fixture
def beside(account: Account, tmp_path: Path) -> Pipeline:
    """The bar with the stamp card, deployed."""
    LearnersFolder(tmp_path).put(dict(solution("3-4")))
    way = way_to(account, whole_project(SENDER, Overlay(tmp_path)))
    deploy(way, account)
    return way


def take_away(account: Account) -> None:
    """What `up` without the folder does about the application, which must be found for that."""
    way = way_to(account)
    steps = [step for step in to_do(planned(way)) if step.resource.title == APP]
    assert [step.verb for step in steps] == [Verb.REMOVE]
    execute(steps, way.adapters, way.report)


def functions(account: Account) -> list[str]:
    left = account.left("lambda:CreateFunction", "lambda:DeleteFunction", "FunctionName")
    return [one["FunctionName"] for one in left]


def roles(account: Account) -> list[str]:
    return [one["RoleName"] for one in account.left("iam:CreateRole", "iam:DeleteRole", "RoleName")]


def test_it_is_complete_with_the_bar_and_taken_away_without_its_folder_but_for_its_rows(
    beside: Pipeline, account: Account
) -> None:
    assert to_do(planned(beside)) == []

    alone = planned(way_to(account))
    assert [step.title for step in alone if step.verb is Verb.REMOVE] == [f"remove {RULE}", f"remove {APP}"]
    changed = {step.resource.title for step in to_do(alone)} - {RULE, APP}
    assert changed == {"queue serverlesspresso-dead-letters"}  # to which its rule may send no more


def test_one_whose_removal_was_cut_short_is_found_again_and_removed_to_the_end(
    beside: Pipeline, account: Account
) -> None:
    account.refuses("iam:DeleteRole", Refused("ConcurrentModification", 409), times=1)
    with pytest.raises(ExceptionGroup):
        take_away(account)
    assert any(APP_NAME in role for role in roles(account))

    take_away(account)
    assert [name for name in [*functions(account), *roles(account)] if APP_NAME in name] == []
    assert [step.title for step in to_do(planned(way_to(account))) if APP in step.title] == []


def test_a_websocket_of_its_own_answers_is_limited_and_is_told(account: Account, tmp_path: Path) -> None:
    LearnersFolder(tmp_path).put(dict(solution("3-4")))
    path = tmp_path / "stamps" / ".chalice" / "config.json"
    config = json.loads(path.read_text())
    config["lambda_functions"] |= {"websocket_message": {}}
    path.write_text(json.dumps(config))
    way = way_to(account, whole_project(SENDER, Overlay(tmp_path)))
    deploy(way, account)

    assert to_do(planned(way)) == []
    api_id = id_of("serverlesspresso-stamps-aws-websocket-api")
    assert account.all("apigatewayv2:CreateRouteResponse", ApiId=api_id)
    stage = account.last("apigatewayv2:UpdateStage", ApiId=api_id)
    assert stage["DefaultRouteSettings"] == {"ThrottlingRateLimit": 50, "ThrottlingBurstLimit": 100}
    told = way.outputs()["extensions"]["stamps"]["realtimeUrl"]
    assert told == f"wss://{api_id}.execute-api.{PLACE.region}.amazonaws.com/api"


def test_all_of_it_is_removed_with_the_bar(beside: Pipeline, account: Account) -> None:
    removed = {step.resource.title for step in way_to(account).plan_removal()}
    assert {TABLE, RULE, APP} <= removed
