"""The checkout's files are read as Chalice reads them, and what is wrong with them is told."""

import json
from pathlib import Path
from typing import Any

import pytest

from deployer.problem import Problem
from deployer.project import read_project

CONFIG: dict[str, Any] = {
    "app_name": "bar",
    "environment_variables": {"A": "for all", "B": "for all"},
    "lambda_functions": {"f": {}, "api_handler": {"lambda_timeout": 10}},
    "stages": {
        "one": {
            "api_gateway_stage": "v1",
            "environment_variables": {"B": "for one"},
            "lambda_functions": {"g": {}, "f": {"lambda_timeout": 20}},
        },
        "two": {},
    },
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    write(tmp_path, ".chalice/config.json", json.dumps(CONFIG))
    write(tmp_path, "statemachine/order_processor.asl.json", "{}")
    write(tmp_path, "statemachine/rules.json", "[]")
    return tmp_path


def write(checkout: Path, name: str, text: str) -> None:
    path = checkout / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_a_stages_variables_win_over_those_for_all_stages(checkout: Path) -> None:
    assert read_project(checkout, "one").environment == {"A": "for all", "B": "for one"}
    assert read_project(checkout, "two").environment == {"A": "for all", "B": "for all"}


def test_the_apis_stage_is_chalices_own_unless_configured(checkout: Path) -> None:
    assert read_project(checkout, "one").api_stage == "v1"
    assert read_project(checkout, "two").api_stage == "api"


def test_a_stage_has_the_functions_of_all_stages_and_its_own(checkout: Path) -> None:
    assert read_project(checkout, "one").functions == ("f", "g")
    assert read_project(checkout, "two").functions == ("f",)


def test_the_outputs_of_each_stage_have_a_file_of_their_own(checkout: Path) -> None:
    (checkout / ".chalice/config.json").write_text(json.dumps({**CONFIG, "stages": {"local": {}, "aws": {}}}))
    names = [read_project(checkout, stage).outputs.name for stage in ("local", "aws")]
    assert names == ["outputs.json", "outputs-aws.json"]


def test_functions_are_named_as_chalice_names_them(checkout: Path) -> None:
    assert read_project(checkout, "one").function_name("f") == "bar-one-f"


def test_a_functions_rule_is_named_as_chalice_names_it(checkout: Path) -> None:
    assert read_project(checkout, "one").event_rule_name("f") == "bar-one-f-event"


def test_a_function_that_the_stage_lacks_is_told(checkout: Path) -> None:
    with pytest.raises(Problem, match="stage two has no function g"):
        read_project(checkout, "two").function_name("g")


def test_a_setting_that_the_stage_lacks_is_told(checkout: Path) -> None:
    with pytest.raises(Problem, match="EVENT_BUS_NAME is not among the environment variables of stage one"):
        read_project(checkout, "one").setting("EVENT_BUS_NAME")


def test_an_unknown_stage_is_told_with_those_that_there_are(checkout: Path) -> None:
    with pytest.raises(Problem) as told:
        read_project(checkout, "three")
    assert str(told.value) == "there is no stage three in .chalice/config.json\nThere are: one, two."


@pytest.mark.parametrize(
    "name", [".chalice/config.json", "statemachine/order_processor.asl.json", "statemachine/rules.json"]
)
def test_a_missing_file_is_told_by_its_name(checkout: Path, name: str) -> None:
    (checkout / name).unlink()
    with pytest.raises(Problem, match=f"{name} is missing"):
        read_project(checkout, "one")


def test_a_file_that_is_not_json_is_told_with_the_place(checkout: Path) -> None:
    write(checkout, "statemachine/rules.json", "[\n oops]")
    with pytest.raises(Problem, match=r"rules\.json:2: this is not JSON"):
        read_project(checkout, "one")
