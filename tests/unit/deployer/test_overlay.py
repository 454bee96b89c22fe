"""What a learner's folder holds stands instead of the checkout's; what it lacks is the checkout's."""

import json
from pathlib import Path

import pytest

from deployer import bus_rules, desired, workflow
from deployer.overlay import NO_OVERLAY, overlay_of
from deployer.problem import Problem
from deployer.project import pages_of, read_project
from deployer.resources.pages import Pages
from deployer.resources.role import Role
from deployer.resources.state_machine import StateMachine
from tests.unit.deployer.samples import PLACE, POOL_ARN, ROOT, own_project

PASS = {"StartAt": "Look around", "States": {"Look around": {"Type": "Pass", "End": True}}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def write(folder: Path, name: str, value: object) -> None:
    (folder / name).write_text(json.dumps(value, indent=2))


def test_an_empty_folder_changes_nothing(folder: Path) -> None:
    project = read_project(ROOT, "local", overlay_of(folder))
    assert (project.workflow, project.rules) == (own_project().workflow, own_project().rules)


def test_a_folder_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(Problem, match=r"there is no folder .*my-bar"):
        overlay_of(folder / "my-bar")


def test_no_folder_is_no_overlay() -> None:
    assert overlay_of(None) == NO_OVERLAY


def test_a_workflow_that_calls_nothing_can_be_deployed_and_says_whose_it_is(folder: Path) -> None:
    write(folder, "workflow.asl.json", PASS)
    project = read_project(ROOT, "local", overlay_of(folder))
    (machine,) = (one for one in desired.wire(project, PLACE, POOL_ARN) if isinstance(one, StateMachine))
    assert machine.definition == PASS
    assert machine.title == f"state machine OrderProcessorWorkflow ({folder / 'workflow.asl.json'})"


def test_a_workflow_that_calls_no_function_asks_for_no_right_to(folder: Path) -> None:
    write(folder, "workflow.asl.json", PASS)
    roles = [
        one
        for one in desired.provision(read_project(ROOT, "local", overlay_of(folder)), PLACE)
        if isinstance(one, Role) and one.name == desired.WORKFLOW_ROLE
    ]
    assert "lambda:InvokeFunction" not in json.dumps(roles[0].access)


def test_without_rules_the_rules_role_may_do_nothing_and_nobody_writes_the_log(folder: Path) -> None:
    write(folder, "rules.json", [])
    project = read_project(ROOT, "local", overlay_of(folder))
    assert bus_rules.role(project, PLACE).access is None
    assert "logs:PutLogEvents" not in json.dumps(desired.log_policy(project, PLACE).document)


def test_no_policy_has_a_statement_about_nothing(folder: Path) -> None:
    """IAM refuses those: "Policy statement must contain resources"."""
    write(folder, "workflow.asl.json", PASS)
    write(folder, "rules.json", [])
    project = read_project(ROOT, "local", overlay_of(folder))
    policies = [
        one.access["Statement"]
        for one in desired.provision(project, PLACE)
        if isinstance(one, Role) and one.access is not None
    ]
    assert [statement for policy in policies for statement in policy if not statement["Resource"]] == []


def test_what_is_wrong_with_a_workflow_is_told_by_its_line(folder: Path) -> None:
    (folder / "workflow.asl.json").write_text('{\n  "a": "${AskCustomerFunctionArn}",\n  "b": "${OrderTable}"\n}')
    project = read_project(ROOT, "local", overlay_of(folder))
    with pytest.raises(Problem, match=r"workflow\.asl\.json:3: ORDER_TABLE is not among"):
        workflow.definition(project, PLACE)


def test_a_rule_is_named_with_its_line(folder: Path) -> None:
    write(folder, "rules.json", own_project().rules)
    rules = bus_rules.rules(read_project(ROOT, "local", overlay_of(folder)), PLACE)
    assert rules[0].title == f"rule serverlesspresso-new-order ({folder / 'rules.json'}:2)"


def test_pages_of_ones_own_lie_beside_the_bars_and_an_editors_files_do_not(folder: Path, tmp_path: Path) -> None:
    built = tmp_path / "built"
    save(built / "order" / "index.html", "the bar's")
    for name in ("mine/index.html", "mine/.index.html.swp", ".hidden/x", "mine/index.html~", ".DS_Store"):
        save(folder / "pages" / name, "mine")
    overlay = overlay_of(folder)
    found = pages_of(built, overlay)
    pages = Pages("bucket", built, found, overlay.pages)
    assert {path: pages.file(path).read_text() for path in found} == {
        "order/index.html": "the bar's",
        "mine/index.html": "mine",
    }
    assert pages.files["mine/"] == "mine/index.html"


@pytest.mark.parametrize(
    "name", ["order/index.html", "order/own.js", "assets/own.js", "index.html", "404.html", "config.json", "onward.js"]
)
def test_a_page_of_ones_own_never_stands_instead_of_a_finished_one(folder: Path, tmp_path: Path, name: str) -> None:
    built = tmp_path / "built"
    for path in ("index.html", "404.html", "order/index.html", "assets/order.js"):
        save(built / path, "the bar's")
    save(folder / "pages" / name, "mine")
    with pytest.raises(Problem, match=rf"{folder.name}/pages/{name} lies where the bar's own") as problem:
        pages_of(built, overlay_of(folder))
    assert f"such as {folder.name}/pages/mine" in problem.value.suggestion


def test_where_no_pages_were_built_there_are_none_to_lie_beside(folder: Path, tmp_path: Path) -> None:
    save(folder / "pages" / "index.html", "mine")
    assert pages_of(tmp_path / "nowhere", overlay_of(folder)) == {}


def save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
