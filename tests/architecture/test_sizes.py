"""Functions that fit half a screen, files with one subject that says what it is for."""

from statistics import median

import pytest

from tests.architecture.source import Function, Module, files, modules

CODE = ("app.py", "chalicelib", "deployer", "simulator", "localstack/local_cloud")
LONGEST_FUNCTION = 40
LONGEST_MEDIAN = 8
LONGEST_FILE = 350
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "shared", "lib"}


def lines(function: Function) -> int:
    """From `def` to its last line, its docstring included."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


@pytest.mark.parametrize("module", modules(*CODE, "tests", "localstack/tests"), ids=str)
def test_no_function_is_longer_than_a_screen(module: Module) -> None:
    long = {function.name: lines(function) for function in module.functions if lines(function) > LONGEST_FUNCTION}
    assert long == {}


@pytest.mark.parametrize("place", [place for place in CODE if modules(place) and place != "app.py"])
def test_the_median_function_is_short(place: str) -> None:
    assert median(lines(function) for module in modules(place) for function in module.functions) <= LONGEST_MEDIAN


@pytest.mark.parametrize("module", modules(*CODE), ids=str)
def test_a_file_has_one_subject(module: Module) -> None:
    assert len(module.text.splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("module", modules(*CODE, "tests"), ids=str)
def test_a_module_says_what_it_is_for(module: Module) -> None:
    assert module.docstring


def test_a_files_name_says_its_subject() -> None:
    vague = [str(path) for path in files() if {part.partition(".")[0].lower() for part in path.parts} & SAYS_NOTHING]
    assert vague == []
