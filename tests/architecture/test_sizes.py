"""Functions that fit half a screen, files with one subject that says what it is for."""

from statistics import median

import pytest

from tests.architecture.source import ROOT, Function, Module, files, modules, offenders, programs

PLACES = (*programs(), "localstack/local_cloud")
CODE = ("app.py", *PLACES)
TESTS = ("tests", "localstack/tests")
LONGEST_FUNCTION = 40
LONGEST_MEDIAN = 8
LONGEST_FILE = 350
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "lib"}


def lines(function: Function) -> int:
    """From `def` to its last line, its docstring included."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_no_function_is_longer_than_a_screen() -> None:
    def long(module: Module) -> dict[str, int]:
        return {one.name: lines(one) for one in module.functions if lines(one) > LONGEST_FUNCTION}

    assert offenders(long, *CODE, *TESTS) == {}


@pytest.mark.parametrize("place", PLACES)
def test_the_median_function_is_short(place: str) -> None:
    assert median(lines(function) for module in modules(place) for function in module.functions) <= LONGEST_MEDIAN


def test_a_file_has_one_subject() -> None:
    def length(module: Module) -> int:
        count = len(module.text.splitlines())
        return count if count > LONGEST_FILE else 0

    assert offenders(length, *CODE, *TESTS) == {}


def test_a_module_says_what_it_is_for() -> None:
    assert offenders(lambda module: not module.docstring, *CODE, "tests") == {}


def test_a_files_name_says_its_subject() -> None:
    def names(parts: tuple[str, ...]) -> set[str]:
        return {part.partition(".")[0].lower() for part in parts}

    assert [str(path) for path in files() if names(path.relative_to(ROOT).parts) & SAYS_NOTHING] == []
