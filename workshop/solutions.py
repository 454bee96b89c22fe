"""What lies in the learner's folder when a module begins and after each step, all from the finished bar's files, the
finished microservices, the finished page and the finished predictions.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from deployer.overlay import RULES, WORKFLOW
from workshop.layout import laid_out
from workshop.microservice import STAMPS, WAITS
from workshop.own_page import BEGINNING as NO_PAGE
from workshop.own_page import WHOLE as WHOLE_PAGE
from workshop.own_page import page_after
from workshop.prediction import BEGINNING as NO_RUSH
from workshop.prediction import rush_after
from workshop.workflow_steps import STEPS

_FINISHED = Path(__file__).parents[1] / "statemachine"
_LOOK_AROUND = {"StartAt": "Look around", "States": {"Look around": {"Type": "Pass", "End": True}}}
_WORKFLOWS = {step.name: step for step in STEPS}
_WHOLE_WORKFLOW, _ALL_RULES = "1b-3", "2-4"
_BEGINS_WITH = {"1b": "1a-2", **dict.fromkeys(("2", "3", "4", "5a", "5b", "5c", "6"), _WHOLE_WORKFLOW)}
_BUILT: Mapping[str, Callable[[str], Mapping[str, str]]] = {
    "3": STAMPS.after,
    "4": page_after,
    "5a": rush_after,
    "5b": WAITS.after,
}
_LEADING_TO = {"2-1": ["logGroup"], "2-2": ["logGroup", "stateMachine"], "2-3": ["logGroup", "stateMachine", "publish"]}


def solution(step: str) -> Mapping[str, str]:
    """The files that are built after a step, by their names.

    Args:
        step: such as `1a-2`.
    """
    module = step.partition("-")[0]
    if module == "6":
        return beginning("6")
    if module in _BUILT:
        return _BUILT[module](step)
    return {RULES: _rules(step)} if module == "2" else {WORKFLOW: _workflow(step)}


def beginning(module: str) -> Mapping[str, str]:
    """The files with which a module begins: what those before it built, and a start for its own.

    Args:
        module: such as `1b`.
    """
    if module == "0":
        return {}
    workflow = solution(_BEGINS_WITH[module]) if module in _BEGINS_WITH else {WORKFLOW: laid_out(_LOOK_AROUND)}
    others: Mapping[str, Mapping[str, str]] = {
        "2": {RULES: "[]\n"},
        "3": {**solution(_ALL_RULES), **STAMPS.after(STAMPS.beginning)},
        "4": {**solution(_ALL_RULES), **STAMPS.after(STAMPS.wired), **page_after(NO_PAGE)},
        "5a": {**_everything(), **rush_after(NO_RUSH)},
        "5b": {**_everything(), **WAITS.after(WAITS.beginning)},
        "5c": _everything(),
        "6": _everything(),
    }
    return {**workflow, **others.get(module, {})}


def _everything() -> Mapping[str, str]:
    """What modules 2 to 4 built. Those numbered 5 are a choice, and nothing rests on them."""
    return {**solution(_ALL_RULES), **STAMPS.after(STAMPS.wired), **page_after(WHOLE_PAGE)}


FILES = (
    *(WORKFLOW, RULES),
    *STAMPS.after(STAMPS.beginning),
    *page_after(NO_PAGE),
    *rush_after(NO_RUSH),
    *WAITS.after(WAITS.beginning),
)


@cache
def _workflow(step: str) -> str:
    finished = (_FINISHED / "order_processor.asl.json").read_text(encoding="utf-8")
    return finished if step == _WHOLE_WORKFLOW else laid_out(_WORKFLOWS[step].built(json.loads(finished)))


@cache
def _rules(step: str) -> str:
    """Those that lead to what the steps so far are about, in the order of the finished ones."""
    finished = (_FINISHED / "rules.json").read_text(encoding="utf-8")
    if step == _ALL_RULES:
        return finished
    wanted = _LEADING_TO[step]
    return laid_out([one for one in json.loads(finished) if {*one["target"], *one["target"].values()} & {*wanted}])
