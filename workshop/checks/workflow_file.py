"""Whether the learner's workflow can be read, and whether it is one, before anybody deploys it. Pure.

What makes a workflow is Amazon's own list of rules, as statelint has it (https://github.com/awslabs/statelint).
"""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from statelint.linter import Linter

from deployer.json_source import JsonSource
from deployer.problem import Problem
from workshop.finding import DoesNotHold

_WHOLE = "State Machine"
_PLACEHOLDER = re.compile(r"\$\{([^}]*)\}")
_OF_AN_ACCOUNT = re.compile(r"arn:aws[\w-]*:(\w+):[\w-]*:\d{12}:")
_HOW_JSON = "look for a comma that is missing before this line, or one too many: JSON has none after the last element"
_ADVICE: Mapping[str, str] = {
    'required field "Next"': 'say which state comes next, "Next": "...", or that this is the last: "End": true',
    "No state found named": "state names must be written alike in both places, capitals and blanks too",
    "No transition found": 'nothing leads to this state: name it in a "Next", a "Default" or a catcher',
    "should be a Reference Path": 'a path begins with a dollar sign: "$.shop"',
    "is not a JSONPath": 'a key that ends in .$ takes a path, "$.detail.eventId", or a function, "States.Array(...)"',
    "not allowed in": "is it written as Amazon writes it? Names of fields count with their capitals",
    "No terminal state": 'one state must be the last: it has "End": true, or "Type": "Succeed"',
    "StartAt": "StartAt names the first state, as it is written in States",
}


def workflow_in(source: JsonSource) -> Mapping[str, Any]:
    """The workflow that a file describes.

    Raises:
        DoesNotHold: it is not JSON, or no workflow by Amazon's rules; and where.
    """
    try:
        workflow = source.parsed()
    except Problem as problem:
        raise DoesNotHold(problem.what, "JSON", attempt=_HOW_JSON) from None
    if not isinstance(workflow, dict):
        raise DoesNotHold(f"{source.name} is no object", "{ ... }", [source.at()], "a workflow has StartAt and States")
    if problems := Linter.validate(workflow):
        raise _misbuilt(source, workflow, problems)
    return workflow


def check_placeholders(source: JsonSource, known: Sequence[str]) -> None:
    """See that tables and functions are named by placeholders, and by such as stand for something.

    Args:
        source: the workflow's file.
        known: all that do.

    Raises:
        DoesNotHold: one stands for nothing, or an address of one account's is written out.
    """
    for found in _PLACEHOLDER.finditer(source.text):
        if found[1] not in known:
            where = [source.at_offset(found.start())]
            raise DoesNotHold(
                f"${{{found[1]}}} stands for nothing", "a table or a function", where, _near(found, known)
            )
    if written_out := _OF_AN_ACCOUNT.search(source.text):
        raise DoesNotHold(
            f"the address of something in one account's {written_out[1]} is written out",
            "a placeholder, which the deployer fills in wherever it deploys",
            [source.at_offset(written_out.start())],
            'write "${GiveUpOrderFunctionArn}" for a function, "${ShopsTable}" for a table',
        )


def _near(found: re.Match[str], known: Sequence[str]) -> str:
    """Which placeholder may be meant."""
    near = get_close_matches(found[1], known, n=3, cutoff=0)
    return f"is one of these meant? {', '.join(f'${{{one}}}' for one in near)}"


def _misbuilt(source: JsonSource, workflow: Mapping[str, Any], problems: Sequence[str]) -> DoesNotHold:
    first = problems[0]
    return DoesNotHold(
        first.replace(f"{_WHOLE}.States.", "").replace(f"{_WHOLE}.", ""),
        "a workflow by Amazon's rules",
        [source.at(steps_to(first, workflow))],
        _advice(first),
    )


def _advice(problem: str) -> str:
    return next((advice for sign, advice in _ADVICE.items() if sign in problem), "")


def steps_to(problem: str, workflow: Mapping[str, Any]) -> list[str]:
    """The way to what a problem of statelint's speaks of, as far as it is there.

    Args:
        problem: such as `State Machine.States.Look does not have required field "Next"`; names may have dots.
        workflow: in which it was found.
    """
    states, of_field = workflow.get("States"), re.findall(r'" of (\w+) at "', problem)
    names = sorted(states, key=len, reverse=True) if isinstance(states, dict) else []
    for name in names:
        for before in (f"{_WHOLE}.States.{name}", f"{_WHOLE}.{name}"):
            _, found, rest = problem.partition(before)
            if found:
                return ["States", name, *of_field, *re.findall(r"\w+", re.split(r"[ \"]", rest)[0])]
    return ["States"] if f"{_WHOLE}.States" in problem else []
