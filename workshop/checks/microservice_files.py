"""Whether a microservice's files can be read, its tests pass, and its tests notice a rule that is wrong."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from deployer.extension import Extension
from deployer.json_shape import TEXT, shape
from deployer.json_source import JsonSource
from deployer.problem import Problem
from workshop.attempt import Attempt
from workshop.checks.broken_rules import WHOLE, Suspected
from workshop.finding import DoesNotHold, without_kinds
from workshop.microservice import Microservice

_LASTS_AT_MOST_S = 60
_PASSED, _FAILED, _NONE_FOUND = 0, 1, 5  # https://docs.pytest.org/en/stable/reference/exit-codes.html
_UNHAPPY = re.compile(r"^(?:FAILED|ERROR) (?P<file>[^:\s]+)(?:::(?P<test>\w+)\S*)?(?: - (?P<why>.*))?$", re.MULTILINE)


def is_a_project(of: Microservice) -> Callable[[Attempt], None]:
    """A check that its files are Python and JSON, and describe what can be deployed."""

    def check(attempt: Attempt) -> None:
        config = attempt.source(f"{of.folder}/.chalice/config.json")
        for path in _programs(attempt.folder / of.folder):
            _check_python(attempt, path)
        try:
            extension = attempt.extension(of)
        except Problem as problem:
            raise DoesNotHold(problem.what, "a project of Chalice's", attempt=problem.suggestion or _READ) from None
        _check_functions(of, extension, attempt.source(of.app), config)
        for policy in of.policies.values():
            check_policy(attempt.source(policy))

    return check


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


def _check_functions(of: Microservice, extension: Extension, app: JsonSource, config: JsonSource) -> None:
    """Chalice deploys the functions that there are, and the deployer looks for those that the configuration names."""
    if not extension.has_api:
        where = [config.at(["lambda_functions"])]
        told = f"no function answers GET {of.route}"
        raise DoesNotHold(told, "an api_handler, which serves the routes", where, _SERVES)
    for function in extension.functions:
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


def its_tests_pass(of: Microservice, tests: str = "tests") -> Callable[[Attempt], None]:
    """A check that its own tests pass on it: all of them, or those of one file."""

    def check(attempt: Attempt) -> None:
        done = _tests_of(attempt.folder / of.folder, tests)
        if done.returncode != _PASSED:
            raise _unhappy(attempt, of, done)

    return check


def its_tests_notice(suspected: Suspected) -> Callable[[Attempt], None]:
    """A check that on each rule that is wrong, one of its tests fails at least."""

    def check(attempt: Attempt) -> None:
        with ThreadPoolExecutor() as threads:
            folder = attempt.folder / suspected.of.folder
            ended = list(threads.map(partial(_ended_on, folder, suspected), suspected.broken.values()))
        where = [f"{attempt.source(f'{suspected.of.folder}/{suspected.tests}').name}:1"]
        for how, exit_code in zip(suspected.broken, ended, strict=True):
            if exit_code != _FAILED:
                raise _unnoticed(suspected, f"{suspected.subject} that {how}", exit_code, where)

    return check


def _unnoticed(suspected: Suspected, wrong: str, exit_code: int, where: list[str]) -> DoesNotHold:
    """What is told of tests that do not fail on something that is wrong."""
    if exit_code == _PASSED:
        expected = f"a test that looks at the number, and fails on such {suspected.subject}"
        return DoesNotHold(f"{suspected.tests} also passes on {wrong}", expected, where, suspected.compared)
    told = f"{suspected.tests} cannot be run on {wrong}"
    return DoesNotHold(told, f"tests of {suspected.name}()", where, suspected.kept)


def _ended_on(folder: Path, suspected: Suspected, broken: str) -> int:
    """How its tests end on a rule that is wrong: as pytest's exit code."""
    with TemporaryDirectory() as elsewhere:
        copy = Path(elsewhere) / folder.name
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("__pycache__", "deployed", "deployments"))
        (copy / suspected.rule).rename(copy / f"chalicelib/{WHOLE}.py")
        (copy / suspected.rule).write_text(broken, encoding="utf-8")
        return _tests_of(copy).returncode


def _tests_of(folder: Path, tests: str = "tests") -> "subprocess.CompletedProcess[str]":
    """Run the project's tests as its learner would, without the plugins that the bar's own tests have."""
    ours = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200", "NO_COLOR": "1"}
    pytest = [sys.executable, "-m", "pytest", "-q", "-rfE", "--tb=no", "-p", "no:cacheprovider", tests]
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


def _unhappy(attempt: Attempt, of: Microservice, done: "subprocess.CompletedProcess[str]") -> DoesNotHold:
    """What is told of the first test that does not pass."""
    found = _UNHAPPY.search(done.stdout)
    if done.returncode == _NONE_FOUND or not found:
        where = [f"{attempt.folder.name}/{of.folder}/tests:1"]
        return DoesNotHold("there is no test that could be run", "tests of its rule", where, "write one: make hint")
    file, test = found["file"], found["test"] or ""
    why = without_kinds(found["why"] or "")
    told = f"“{test or file}” does not pass{f': {why}' if why else ''}"
    rule = PurePosixPath(file).name.removeprefix("test_")  # tests/test_card.py are those of chalicelib/card.py
    advice = f"mend chalicelib/{rule}, or the test where it asks for something wrong"
    return DoesNotHold(told, "all tests pass", [attempt.place_of(f"{of.folder}/{file}", f"def {test}(")], advice)
