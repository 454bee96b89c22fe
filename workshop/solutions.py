"""What lies in the learner's folder when a module begins and after each step, all from the finished bar's files."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from deployer.overlay import RULES, WORKFLOW
from workshop.layout import laid_out
from workshop.workflow_steps import STEPS

_FINISHED = Path(__file__).parents[1] / "statemachine"
_LOOK_AROUND = {"StartAt": "Look around", "States": {"Look around": {"Type": "Pass", "End": True}}}
_WORKFLOWS = {step.name: step for step in STEPS}
_WHOLE_WORKFLOW = "1b-3"
_BEGINS_WITH = {"1b": "1a-2"}


def solution(step: str) -> Mapping[str, str]:
    """The files that are built after a step, by their names.

    Args:
        step: such as `1a-2`.
    """
    return {WORKFLOW: _workflow(step)}


def beginning(module: str) -> Mapping[str, str]:
    """The files with which a module begins: what those before it built, and a start for its own.

    Args:
        module: such as `1b`.
    """
    if module in _BEGINS_WITH:
        return solution(_BEGINS_WITH[module])
    return {WORKFLOW: laid_out(_LOOK_AROUND)}


FILES = (WORKFLOW, RULES)


@cache
def _workflow(step: str) -> str:
    finished = (_FINISHED / "order_processor.asl.json").read_text(encoding="utf-8")
    return finished if step == _WHOLE_WORKFLOW else laid_out(_WORKFLOWS[step].built(json.loads(finished)))
