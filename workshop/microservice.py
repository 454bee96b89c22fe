"""The microservices that are built in the workshop, and their files as far as they are built after each step.

Each is one project of Chalice's, which is tested, typed and linted as it is when all is built.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from deployer.extension import RULES
from workshop.layout import laid_out
from workshop.regions import built_upto

_FINISHED = Path(__file__).parent / "microservices"
_POLICIES = ".chalice/policy-"


@dataclass(frozen=True)
class Microservice:
    """One of them.

    Attributes:
        folder: its name, in the learner's folder and here.
        wired: the step with which its rules come, and what its functions may do; the module's last.
        function: the one that hears the bus's events.
        route: where it is asked.
        files: all that the learner has of it.
    """

    folder: str
    wired: str
    function: str
    route: str
    files: tuple[str, ...]

    @property
    def module(self) -> str:
        """The module in which it is built."""
        return self.wired.partition("-")[0]

    @property
    def beginning(self) -> str:
        """Before the first step."""
        return f"{self.module}-0"

    @property
    def finished(self) -> Path:
        """Where it lies when all is built."""
        return _FINISHED / self.folder

    @property
    def app(self) -> str:
        """The file with its function and its route, in the learner's folder."""
        return f"{self.folder}/app.py"

    @property
    def rules(self) -> str:
        """The file with its rules, in the learner's folder."""
        return f"{self.folder}/{RULES}"

    @property
    def policies(self) -> Mapping[str, str]:
        """The file with the policy of each function, by the function's name for people."""
        return {name: f"{self.folder}/{_POLICIES}{name}.json" for name in ("api", self.function)}

    def after(self, step: str) -> Mapping[str, str]:
        """The files after a step, by their names in the learner's folder.

        Args:
            step: such as `3-1`; `beginning` for those with which the module begins.
        """
        return _after(self, step)


@cache
def _after(one: Microservice, step: str) -> Mapping[str, str]:
    return {f"{one.folder}/{name}": _file_after(one, name, step) for name in one.files}


def _file_after(one: Microservice, name: str, step: str) -> str:
    text = (one.finished / name).read_text(encoding="utf-8")
    if name.endswith(".py"):
        return built_upto(text, step)
    return text if step >= one.wired else _unwired(name, text)


def _unwired(name: str, text: str) -> str:
    if name == RULES:
        return "[]\n"
    return _only_logs(text) if name.startswith(_POLICIES) else text


def _only_logs(policy: str) -> str:
    """A policy with its first statement alone, which lets a function write its log."""
    document = json.loads(policy)
    return laid_out({**document, "Statement": document["Statement"][:1]})


_ALIKE = (
    *("app.py", "pytest.ini", "rules.json", "tables.json"),
    *(".chalice/config.json", ".chalice/policy-api.json", "chalicelib/__init__.py"),
)
STAMPS = Microservice(
    folder="stamps",
    wired="3-4",
    function="collect",
    route="/stamps",
    files=(
        *_ALIKE,
        ".chalice/policy-collect.json",
        "chalicelib/card.py",
        "chalicelib/stamps.py",
        "chalicelib/telling.py",
        "tests/test_card.py",
    ),
)
WAITS = Microservice(
    folder="waits",
    wired="5b-3",
    function="hear",
    route="/waits",
    files=(
        *_ALIKE,
        ".chalice/policy-hear.json",
        "chalicelib/hearing.py",
        "chalicelib/noted.py",
        "chalicelib/order.py",
        "chalicelib/waits.py",
        "tests/test_hearing.py",
        "tests/test_waits.py",
    ),
)
