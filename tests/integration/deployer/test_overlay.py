"""A learner's folder stands instead of parts of the checkout, under the same names, and makes way again."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.deployer.checkout import ROOT, Checkout

FOLDER = "my-bar"
RULES = json.loads((ROOT / "statemachine" / "rules.json").read_text())
PASS = {"StartAt": "Look around", "States": {"Look around": {"Type": "Pass", "End": True}}}


@pytest.fixture
def folder(deployed: Checkout) -> Iterator[Path]:
    """The learner's, empty; the bar is whole again afterwards."""
    folder = deployed.root / FOLDER
    folder.mkdir()
    yield folder
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    deployed.deployer("up")


def test_a_workflow_that_calls_nothing_and_no_rules_are_deployed_and_make_way_again(
    deployed: Checkout, folder: Path
) -> None:
    (folder / "workflow.asl.json").write_text(json.dumps(PASS))
    (folder / "rules.json").write_text("[]")

    done = deployed.deployer("up", "--with", FOLDER)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [f"- rule {rule['name']}  " in done.stdout for rule in RULES] == [True] * len(RULES)
    assert "OrderProcessorWorkflow (my-bar/workflow.asl.json)" in done.stdout
    assert "-sweep-event  State: ENABLED -> DISABLED" in done.stdout  # it claims no orders
    assert (deployed.outputs()["with"], definition(deployed)) == (FOLDER, PASS)
    assert "Nothing to do" in deployed.deployer("up", "--with", FOLDER).stdout

    back = deployed.deployer("up")
    assert "What my-bar stood for is put back; its files stay" in back.stdout
    assert "with" not in deployed.outputs()
    assert (deployed.to_change(), len(rules(deployed))) == ([], len(RULES))


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("workflow.asl.json", '{\n  "a": \n}', "my-bar/workflow.asl.json:3: this is not JSON"),
        ("workflow.asl.json", '{\n  "a": "${CupFunctionArn}"}', "my-bar/workflow.asl.json:2: stage local has no"),
        ("rules.json", '[\n  {"name": "serverlesspresso-x"}\n]', "my-bar/rules.json:2: rule 1 must contain"),
    ],
)
def test_what_is_wrong_in_a_learners_file_is_told_by_its_line_and_changes_nothing(
    deployed: Checkout, folder: Path, name: str, text: str, told: str
) -> None:
    (folder / name).write_text(text)
    done = deployed.deployer("up", "--with", FOLDER)
    assert (done.returncode, told in done.stderr) == (1, True), done.stderr
    assert deployed.to_change() == []


def test_a_folder_that_is_not_there_is_told(deployed: Checkout) -> None:
    done = deployed.deployer("up", "--with", "your-bar")
    assert (done.returncode, "there is no folder your-bar" in done.stderr) == (1, True), done.stderr


def definition(of: Checkout) -> object:
    machine = of.outputs()["orderProcessorArn"]
    found = of.client("stepfunctions").describe_state_machine(stateMachineArn=machine)
    return json.loads(found["definition"])


def rules(of: Checkout) -> list[str]:
    return [rule["Name"] for rule in of.client("events").list_rules(EventBusName="Serverlesspresso")["Rules"]]
