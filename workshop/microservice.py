"""The files of the stamp card, `stamps/`, as far as they are built after each step.

They are one project of Chalice's, which is tested, typed and linted as it is when all is built.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from deployer.extension import RULES
from workshop.layout import laid_out
from workshop.regions import built_upto

FOLDER = "stamps"
FINISHED = Path(__file__).parent / "microservices" / FOLDER
BEGINNING, WIRED = "3-0", "3-4"  # before the first step, and the one with which rights and rules come
_POLICIES = ".chalice/policy-"
_FILES = (
    "app.py",
    "pytest.ini",
    "rules.json",
    "tables.json",
    ".chalice/config.json",
    ".chalice/policy-api.json",
    ".chalice/policy-collect.json",
    "chalicelib/__init__.py",
    "chalicelib/card.py",
    "chalicelib/stamps.py",
    "chalicelib/telling.py",
    "tests/test_card.py",
)


@cache
def stamps_after(step: str) -> Mapping[str, str]:
    """The files after a step, by their names in the learner's folder.

    Args:
        step: such as `3-1`; `BEGINNING` for those with which the module begins.
    """
    return {f"{FOLDER}/{name}": _after(name, step) for name in _FILES}


def _after(name: str, step: str) -> str:
    text = (FINISHED / name).read_text(encoding="utf-8")
    return built_upto(text, step) if name.endswith(".py") else _wired(name, text, step)


def _wired(name: str, text: str, step: str) -> str:
    if step >= WIRED:
        return text
    if name == RULES:
        return "[]\n"
    return _only_logs(text) if name.startswith(_POLICIES) else text


def _only_logs(policy: str) -> str:
    """A policy with its first statement alone, which lets a function write its log."""
    document = json.loads(policy)
    return laid_out({**document, "Statement": document["Statement"][:1]})
