"""Whether what a learner built is at home anywhere, or on this laptop only (module 6)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from deployer.json_source import JsonSource
from deployer.overlay import RULES, WORKFLOW
from deployer.problem import Problem
from workshop.attempt import Attempt
from workshop.finding import DoesNotHold

_THIS_MACHINE = re.compile(r"127\.0\.0\.1|localhost|localstack", re.IGNORECASE)
_ENDPOINT = "endpoint_url"
# Of an account, and not the end of a UUID: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
_NUMBER = re.compile(r"(?<![\w-])\d{12}(?![\w-])")
_READ = "make diff MODULE=3 shows what the solution says there"


def is_read_for_aws(attempt: Attempt) -> None:
    """The deployer reads all of it as stage `aws`."""
    try:
        _ = attempt.rehearsal.project
    except Problem as problem:
        raise DoesNotHold(problem.what, "a bar with a stage aws", attempt=problem.suggestion or _READ) from None


def no_address_of_this_machine(attempt: Attempt) -> None:
    """Nothing says where a service is."""
    for source in _sources(attempt):
        for line, told in _addresses(source):
            raise DoesNotHold(
                f"{told}: on AWS there is nobody at such an address",
                "code that does not know where it runs",
                [f"{source.name}:{line}"],
                f"leave {_ENDPOINT} out: on your laptop the environment says it, and AWS needs none",
            )


def no_account_is_written_down(attempt: Attempt) -> None:
    """Nobody's number stands in it: whatever names one is good in that account only."""
    for source in _sources(attempt):
        if found := _NUMBER.search(source.text):
            raise DoesNotHold(
                f"the number of one account is written down, {found[0]}: in any other this names nothing",
                "names that are good in whatever account it is deployed to",
                [source.at_offset(found.start())],
                'in a policy leave region and account open, "arn:aws:dynamodb:*:*:table/...", in the workflow write a '
                "placeholder, in code ask the environment",
            )


def _sources(attempt: Attempt) -> Iterator[JsonSource]:
    """All that would be deployed of the learner's."""
    for path in (attempt.folder / WORKFLOW, attempt.folder / RULES):
        if path.exists():
            yield attempt.source(path.name)
    for extension in attempt.rehearsal.project.extensions:
        yield from (attempt.source(path.relative_to(attempt.folder).as_posix()) for path in _files(extension.root))


def _files(root: Path) -> list[Path]:
    """Its programs and descriptions, but for its tests and what machines made."""
    found = [*root.glob("*.py"), *root.glob("*.json"), *(root / "chalicelib").rglob("*.py")]
    return sorted([*found, *(root / ".chalice").glob("*.json")])


def _addresses(source: JsonSource) -> Iterator[tuple[int, str]]:
    """Lines with an address of this machine, and what stands there."""
    if source.name.endswith(".py"):
        yield from _in_python(source)
    else:
        yield from (
            (source.text.count("\n", 0, found.start()) + 1, f"it names {found[0]}")
            for found in _THIS_MACHINE.finditer(source.text)
        )


def _in_python(source: JsonSource) -> Iterator[tuple[int, str]]:
    """Those in code; what is written about code, a docstring or a comment, is no address.

    Raises:
        DoesNotHold: it is not Python.
    """
    try:
        tree = ast.parse(source.text)
    except SyntaxError as error:
        where = [f"{source.name}:{error.lineno}"]
        raise DoesNotHold(f"this is not Python: {error.msg}", "Python", where, "make check MODULE=3") from None
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == _ENDPOINT:
            yield node.lineno, f"it says {_ENDPOINT}"
        elif isinstance(node, ast.Constant) and id(node) not in said and isinstance(node.value, str):
            yield from ((node.lineno, f"it names {found[0]}") for found in _THIS_MACHINE.finditer(node.value))
