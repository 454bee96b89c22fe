"""Prints the workflow after each step, for what draws them: `python -m workshop.step_workflows`."""

import json
from collections.abc import Mapping
from typing import Any

from deployer.overlay import WORKFLOW
from workshop.modules import modules
from workshop.solutions import solution


def step_workflows() -> Mapping[str, Any]:
    """The definitions by their steps' names, in their order."""
    steps = [step.name for one in modules() if one.file == WORKFLOW for step in one.steps]
    return {step: json.loads(solution(step)[WORKFLOW]) for step in steps}


if __name__ == "__main__":
    print(json.dumps(step_workflows()))
