"""An account of AWS is named and not changed before somebody agreed to the plan."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from deployer.cli import main
from deployer.overlay import Overlay
from deployer.pipeline import Pipeline
from deployer.rehearsal.account import Account
from deployer.rehearsal.rehearsed import deploy
from deployer.report import Report
from tests.aws_account.deployment import STAGE, way_to

NAMED = "stage aws: AWS, account 123456789012, eu-west-1"
type Deployer = Callable[..., Result]


@pytest.fixture
def deployer(account: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Deployer:
    """The command line of somebody with credentials of that account, in a script that answers no question."""

    def of(root: Path, stage: str, report: Report, overlay: Overlay) -> Pipeline:
        way = way_to(account)
        return replace(way, project=replace(way.project, root=tmp_path), report=report)

    monkeypatch.setattr(Pipeline, "of", of)
    return lambda *arguments: CliRunner().invoke(main, [*arguments, "--stage", STAGE], env={"COLUMNS": "200"})


@pytest.mark.parametrize("command", ["up", "seed"])
def test_nothing_is_changed_where_nobody_agrees(deployer: Deployer, account: Account, command: str) -> None:
    done = deployer(command)
    assert done.exit_code == 1
    assert NAMED in done.stdout
    assert "there is nobody to ask" in done.stderr
    assert "AWS, account 123456789012, eu-west-1?" in done.stderr
    assert "--yes" in done.stderr
    assert account.done == []


def test_the_plan_is_shown_before_anybody_is_asked(deployer: Deployer) -> None:
    shown = deployer("up").stdout
    assert "+ table serverlesspresso-orders" in shown
    assert "+ application serverlesspresso" in shown


def test_where_nothing_changes_nobody_is_asked(deployer: Deployer, account: Account, tmp_path: Path) -> None:
    deploy(way_to(account), account)
    deployer("up")  # tells the pages where everything is
    before = list(account.done)
    done = deployer("up")
    assert done.exit_code == 0, done.output
    assert "Nothing to do" in done.stdout
    assert json.loads((tmp_path / ".local" / "outputs-aws.json").read_text())["endpointUrl"] is None
    assert account.done == before


def test_what_is_lost_is_shown_before_anything_is_removed(deployer: Deployer, account: Account) -> None:
    deploy(way_to(account), account)
    before = list(account.done)
    done = deployer("down")
    assert done.exit_code == 1
    assert "Remove all of this from AWS, account 123456789012, eu-west-1?" in done.stderr
    lost = [line for line in done.stdout.splitlines() if line.startswith("Lost for good: ")]
    assert any("rows of" in line and "table serverlesspresso-orders" in line for line in lost)
    assert "Lost for good: people of user pool serverlesspresso" in lost
    assert account.done == before


def test_where_nothing_is_left_nobody_is_asked(deployer: Deployer) -> None:
    done = deployer("down")
    assert done.exit_code == 0
    assert "Nothing is left" in done.stdout


def test_a_plan_needs_nobodys_consent(deployer: Deployer, account: Account) -> None:
    done = deployer("plan")
    assert done.exit_code == 0
    assert NAMED in done.stdout
    assert account.done == []
