"""Whether the stamp card's files can be read, its tests pass, and its tests notice a card that counts wrongly."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from deployer.json_shape import TEXT, shape
from deployer.json_source import JsonSource
from deployer.problem import Problem
from workshop.attempt import Attempt
from workshop.checks.broken_cards import BROKEN, WHOLE
from workshop.finding import DoesNotHold, without_kinds
from workshop.microservice import FOLDER

TESTS = "tests/test_card.py"
CARD = "chalicelib/card.py"
_LASTS_AT_MOST_S = 60
_PASSED, _FAILED, _NONE_FOUND = 0, 1, 5  # https://docs.pytest.org/en/stable/reference/exit-codes.html
_UNHAPPY = re.compile(r"^(?:FAILED|ERROR) (?P<file>[^:\s]+)(?:::(?P<test>\w+)\S*)?(?: - (?P<why>.*))?$", re.MULTILINE)


def is_a_project(attempt: Attempt) -> None:
    """Its files are Python and JSON, and describe what can be deployed."""
    attempt.source(f"{FOLDER}/.chalice/config.json")
    for path in _programs(attempt.folder / FOLDER):
        _check_python(attempt, path)
    try:
        _ = attempt.extension
    except Problem as problem:
        raise DoesNotHold(problem.what, "a project of Chalice's", attempt=problem.suggestion or _READ) from None
    _check_functions(attempt)
    for policy in ("api", "collect"):
        check_policy(attempt.source(f"{FOLDER}/.chalice/policy-{policy}.json"))


_READ = "make diff shows what the solution says there"


def _programs(folder: Path) -> Iterator[Path]:
    """Its Python files, but for those that a machine made."""
    found = sorted(folder.rglob("*.py"))
    return (path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def _check_python(attempt: Attempt, path: Path) -> None:
    source = attempt.source(path.relative_to(attempt.folder).as_posix())
    try:
        ast.parse(source.text)
    except SyntaxError as error:
        where = [f"{source.name}:{error.lineno}"]
        raise DoesNotHold(f"this is not Python: {error.msg}", "Python", where, _HOW_PYTHON) from None


_HOW_PYTHON = "look at this line and at the one before it, for a bracket, a quote or a colon that is missing"


def _check_functions(attempt: Attempt) -> None:
    """Chalice deploys the functions that there are, and the deployer looks for those that the configuration names."""
    app, config = attempt.source(f"{FOLDER}/app.py"), attempt.source(f"{FOLDER}/.chalice/config.json")
    if not attempt.extension.has_api:
        where = [config.at(["lambda_functions"])]
        raise DoesNotHold("no function answers GET /stamps", "an api_handler, which serves the routes", where, _SERVES)
    for function in attempt.extension.functions:
        if f"def {function}(" not in app.text:
            where = [config.at(["lambda_functions", function])]
            raise DoesNotHold(
                f"app.py has no function {function}", "each function that is named there", where, _RENAMED
            )


_RENAMED = "a function is called alike in app.py, in the configuration and in the rules that lead to it"
_SERVES = 'in lambda_functions: "api_handler": {"iam_policy_file": "policy-api.json"}'


def check_policy(source: JsonSource) -> None:
    """A policy is one that can be held against what its function does.

    Raises:
        DoesNotHold: it is not, and where.
    """
    try:
        source.parsed()
    except Problem as problem:
        raise DoesNotHold(problem.what, "JSON", attempt="look for a comma that is missing, or one too many") from None
    try:
        _POLICY.read(source)
    except Problem as problem:
        raise DoesNotHold(problem.what, "a list of statements that allow", attempt=problem.suggestion) from None


_SOME = {"type": ["string", "array"], "minLength": 1, "minItems": 1, "items": TEXT}
_STATEMENT = {
    "type": "object",
    "required": ["Effect", "Action", "Resource"],
    "additionalProperties": False,  # such as a Condition, of which nobody here knows whether it holds
    "properties": {"Sid": TEXT, "Effect": {"const": "Allow"}, "Action": _SOME, "Resource": _SOME},
}
_POLICY = shape(
    {
        "type": "object",
        "required": ["Statement"],
        "properties": {"Statement": {"type": "array", "items": _STATEMENT}},
    },
    "the policy",
    '"Statement": [{"Effect": "Allow", "Action": [...], "Resource": "arn:..."}]: what none of them allows is refused',
)


def its_tests_pass(attempt: Attempt) -> None:
    """Its own tests pass on it."""
    done = _tests_of(attempt.folder / FOLDER)
    if done.returncode != _PASSED:
        raise _unhappy(attempt, done)


def its_tests_notice(attempt: Attempt) -> None:
    """On each card that counts wrongly, one of its tests fails at least."""
    with ThreadPoolExecutor() as threads:
        ended = list(threads.map(partial(_ended_on, attempt.folder / FOLDER), BROKEN))
    for how, exit_code in zip(BROKEN, ended, strict=True):
        where = [f"{attempt.source(f'{FOLDER}/{TESTS}').name}:1"]
        if exit_code == _PASSED:
            raise DoesNotHold(
                f"{TESTS} also passes on a card that {how}",
                "a test that looks at the number, and fails on such a card",
                where,
                "compare what card() gives with what it must be: assert card([...]) == Card(stamps=..., free=...)",
            )
        if exit_code != _FAILED:
            raise DoesNotHold(f"{TESTS} cannot be run on a card that {how}", "tests of card()", where, _AS_GIVEN)


_AS_GIVEN = f"card and Card are called in {CARD} as they were at the beginning, and so are Card's two numbers"


def _ended_on(folder: Path, how: str) -> int:
    """How its tests end on a card that counts wrongly: as pytest's exit code."""
    with TemporaryDirectory() as elsewhere:
        copy = Path(elsewhere) / FOLDER
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("__pycache__", "deployed", "deployments"))
        (copy / CARD).rename(copy / f"chalicelib/{WHOLE}.py")
        (copy / CARD).write_text(BROKEN[how], encoding="utf-8")
        return _tests_of(copy).returncode


def _tests_of(folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run the project's tests as its learner would, without the plugins that the bar's own tests have."""
    ours = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200", "NO_COLOR": "1"}
    pytest = [sys.executable, "-m", "pytest", "-q", "-rfE", "--tb=no", "-p", "no:cacheprovider", "tests"]
    try:
        return subprocess.run(
            pytest,
            cwd=folder,
            env={**os.environ, **ours},
            capture_output=True,
            text=True,
            check=False,
            timeout=_LASTS_AT_MOST_S,
        )
    except subprocess.TimeoutExpired:
        raise DoesNotHold(
            f"the tests were not over after {_LASTS_AT_MOST_S} seconds", attempt="is there a loop without an end?"
        ) from None


def _unhappy(attempt: Attempt, done: "subprocess.CompletedProcess[str]") -> DoesNotHold:
    """What is told of the first test that does not pass."""
    found = _UNHAPPY.search(done.stdout)
    if done.returncode == _NONE_FOUND or not found:
        where = [f"{attempt.folder.name}/{FOLDER}/{TESTS}:1"]
        return DoesNotHold("there is no test that could be run", "tests of the card", where, "write one: make hint")
    file, test = found["file"], found["test"] or ""
    why = without_kinds(found["why"] or "")
    told = f"“{test or file}” does not pass{f': {why}' if why else ''}"
    advice = f"mend {CARD}, or the test where it asks for something wrong"
    return DoesNotHold(told, "all tests pass", [attempt.place_of(f"{FOLDER}/{file}", f"def {test}(")], advice)
