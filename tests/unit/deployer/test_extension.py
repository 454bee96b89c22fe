"""Projects beside the bar are deployed with all that they describe; a mistake in them is told by file and line."""

import json
from pathlib import Path
from typing import Any

import pytest

from deployer import bus_rules, desired
from deployer.overlay import overlay_of
from deployer.problem import Problem
from deployer.project import Project, read_project
from deployer.resources.asynchronous_calls import AsynchronousCalls
from deployer.resources.chalice_app import ChaliceApp
from deployer.resources.event_bus import EventBus
from deployer.resources.function_permission import FunctionPermission
from deployer.resources.gateway_responses import GatewayResponses
from deployer.resources.queue import Queue
from deployer.resources.resource import Resource
from deployer.resources.table import Table
from deployer.resources.websocket_api import WebSocketApi
from deployer.wheelhouse import ensure_wheelhouse
from tests.unit.deployer.samples import PLACE, POOL_ARN, ROOT, own_project, quiet

CONFIG: dict[str, Any] = {
    "version": "2.0",
    "app_name": "serverlesspresso-stamps",
    "tags": {"deployer:owner": "serverlesspresso"},
    "environment_variables": {"STAMPS_TABLE": "serverlesspresso-stamps"},
    "lambda_functions": {"api_handler": {}, "collect": {}},
    "stages": {"local": {}, "aws": {}},
}
TABLE = {"setting": "STAMPS_TABLE", "partition": {"name": "userId", "type": "S"}}
RULE: dict[str, Any] = {
    "name": "serverlesspresso-collect-stamps",
    "description": "",
    "eventBus": "Serverlesspresso",
    "pattern": {"source": ["x"]},
    "target": {"function": "collect"},
}
COLLECT = "serverlesspresso-stamps-local-collect"


def write(folder: Path, name: str, value: object) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A learner's folder with one extension."""
    write(tmp_path, "stamps/.chalice/config.json", CONFIG)
    write(tmp_path, "stamps/tables.json", [TABLE])
    write(tmp_path, "stamps/rules.json", [RULE])
    return tmp_path


def read(folder: Path) -> Project:
    return read_project(ROOT, "local", overlay_of(folder))


def wanted[R: Resource](folder: Path, kind: type[R]) -> list[R]:
    stages = desired.STAGES.values()
    return [one for stage in stages for one in stage(read(folder), PLACE, POOL_ARN) if isinstance(one, kind)]


def test_an_extension_is_deployed_beside_the_bar_with_what_it_describes(folder: Path) -> None:
    bar, stamps = wanted(folder, ChaliceApp)
    assert (bar.name, bar.has_api, bar.has_websocket) == ("serverlesspresso", True, True)
    assert (stamps.name, stamps.has_api, stamps.has_websocket) == ("serverlesspresso-stamps", True, False)
    assert stamps.function_names == ("serverlesspresso-stamps-local", COLLECT)
    assert (stamps.root, stamps.home, stamps.environment) == (folder / "stamps", bar.home, bar.environment)
    assert [one.name for one in wanted(folder, GatewayResponses)] == [bar.name, stamps.name]
    assert wanted(folder, Table)[-1].name == "serverlesspresso-stamps"


def test_its_rule_reaches_its_function_and_what_that_fails_at_is_kept(folder: Path) -> None:
    rule = bus_rules.rules(read(folder), PLACE)[-1]
    assert (rule.target, rule.described_in) == (PLACE.function_arn(COLLECT), f"{folder / 'stamps/rules.json'}:2")
    assert rule.name in wanted(folder, EventBus)[0].rules
    assert COLLECT in {one.name for one in wanted(folder, AsynchronousCalls)}
    assert COLLECT in {one.name for one in wanted(folder, FunctionPermission)}
    assert PLACE.rule_arn("Serverlesspresso", rule.name) in json.dumps(wanted(folder, Queue)[0].policy)


def test_a_rule_may_lead_to_a_function_of_another_application(folder: Path) -> None:
    write(folder, "stamps/rules.json", [{**RULE, "target": {"function": "publish"}}])
    write(folder, "rules.json", [{**RULE, "name": "serverlesspresso-x"}])
    targets = [rule.target for rule in bus_rules.rules(read(folder), PLACE)]
    assert targets == [PLACE.function_arn(COLLECT), PLACE.function_arn("serverlesspresso-local-publish")]


def test_one_without_routes_is_marked_on_its_first_function(folder: Path) -> None:
    write(folder, "stamps/.chalice/config.json", {**CONFIG, "lambda_functions": {"collect": {}}})
    stamps = wanted(folder, ChaliceApp)[-1]
    assert (stamps.marked, stamps.state()["API"]) == (COLLECT, False)
    assert len(wanted(folder, GatewayResponses)) == 1


@pytest.mark.parametrize(("function", "apis"), [("websocket_connect", 2), ("websocket_history", 1)])
def test_a_websocket_is_there_where_chalice_makes_one(folder: Path, function: str, apis: int) -> None:
    functions = {**CONFIG["lambda_functions"], function: {}}
    write(folder, "stamps/.chalice/config.json", {**CONFIG, "lambda_functions": functions})
    assert wanted(folder, ChaliceApp)[-1].has_websocket == (apis == 2)
    assert len(wanted(folder, WebSocketApi)) == apis


def test_without_the_folder_nothing_of_it_is_wanted(folder: Path) -> None:
    assert (len(read(folder).extensions), own_project().extensions) == (1, ())


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        (".chalice/config.json", {**CONFIG, "app_name": "stamps"}, r"config\.json:3: stamps does not begin with"),
        (".chalice/config.json", {**CONFIG, "tags": {}}, r"config\.json:4: tags of the configuration must contain"),
        (".chalice/config.json", {**CONFIG, "stages": {"aws": {}}}, r"no stage local in .*config\.json"),
        (".chalice/config.json", [], r"config\.json:1: the configuration must be object"),
        ("tables.json", [{"setting": "STAMPS_TABLE"}], r"tables\.json:2: table 1 must contain"),
        ("tables.json", [{**TABLE, "setting": "CARDS_TABLE"}], r"tables\.json:3: CARDS_TABLE is not among"),
        ("tables.json", [{**TABLE, "partition": {"name": "x", "type": "B"}}], r"tables\.json:6: type of partition"),
        ("rules.json", {}, r"rules\.json:1: the rules must be array"),
        ("rules.json", [{**RULE, "target": {"function": "colect"}}], r"rules\.json:11: .*no function colect"),
        ("rules.json", [{**RULE, "name": "serverlesspresso-publish"}], r"rules\.json:3: another rule is called"),
    ],
)
def test_a_mistake_is_told_by_file_and_line(folder: Path, name: str, value: object, told: str) -> None:
    write(folder, f"stamps/{name}", value)
    with pytest.raises(Problem, match=told):
        bus_rules.rules(read(folder), PLACE)


def test_two_extensions_do_not_share_a_table(folder: Path) -> None:
    write(folder, "waits/.chalice/config.json", {**CONFIG, "app_name": "serverlesspresso-waits"})
    write(folder, "waits/tables.json", [TABLE])
    told = r"waits/tables\.json:3: another extension has table .*-stamps already \(.*stamps/tables\.json:3\)"
    with pytest.raises(Problem, match=told):
        read(folder)


def test_two_extensions_are_not_one_application(folder: Path) -> None:
    write(folder, "waits/.chalice/config.json", CONFIG)
    with pytest.raises(Problem, match=r"waits/\.chalice/config\.json:3: another extension has application .*-stamps"):
        read(folder)


def test_an_extension_names_a_table_once(folder: Path) -> None:
    settings = {"STAMPS_TABLE": "serverlesspresso-stamps", "CARDS_TABLE": "serverlesspresso-stamps"}
    write(folder, "stamps/.chalice/config.json", {**CONFIG, "environment_variables": settings})
    write(folder, "stamps/tables.json", [TABLE, {**TABLE, "setting": "CARDS_TABLE"}])
    with pytest.raises(Problem, match=r"tables\.json:10: this extension has table .*-stamps already \(.*json:3\)"):
        read(folder)


def test_a_table_of_the_bars_is_none_of_an_extensions(folder: Path) -> None:
    settings = {"STAMPS_TABLE": "serverlesspresso-orders"}
    write(folder, "stamps/.chalice/config.json", {**CONFIG, "environment_variables": settings})
    with pytest.raises(Problem, match=r"tables\.json:3: serverlesspresso-orders is the bar's own"):
        read(folder)


def test_where_nothing_is_required_nothing_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("# nothing yet\n\n")
    assert ensure_wheelhouse(tmp_path / "requirements.txt", tmp_path / "home", quiet) == tmp_path / "home"
    assert not (tmp_path / "home").exists()
