"""The learner's walk: before each step the check says what is missing, after it all holds, and each typical mistake
that shows only when an order meets it is told in its words.

What is a project of its own is walked by tests/integration/deployer/test_extensions.py, where it may be deployed.
"""

from pathlib import Path

import pytest

from tests.integration.workshop.conftest import TryIn
from tests.support.house_rules import keeps_the_house_rules
from tests.support.walking import finding_of, mistaken, told_by
from workshop.learners_folder import LearnersFolder
from workshop.modules import Mistake, Module, modules
from workshop.solutions import beginning, solution

ONE_FILE = [one for one in modules() if one.file.endswith(".json")]
BUILT = [(one, step) for one in ONE_FILE for step in (None, *(step.name for step in one.steps))]
MISTAKES = [(one, mistake) for one in ONE_FILE for mistake in one.mistakes if mistake.cloud]


def named(value: object) -> str:
    return str(getattr(value, "name", value))


@pytest.mark.parametrize(("one", "built"), BUILT, ids=named)
def test_what_is_built_holds_and_the_next_step_is_missing(
    one: Module, built: str | None, folder: LearnersFolder, try_in: TryIn
) -> None:
    """`built` is the step as far as the module is built; None at its beginning."""
    text = (solution(built) if built else beginning(one.name))[one.file]
    folder.put({one.file: text})
    steps = [None, *(step.name for step in one.steps)]
    next_step = steps[steps.index(built) + 1] if built != steps[-1] else None

    trial = try_in(folder, one, None)
    assert trial.failed_step == next_step, trial.failure and told_by(finding_of(trial))
    if next_step:
        assert finding_of(trial).attempt


@pytest.mark.parametrize(("one", "mistake"), MISTAKES, ids=named)
def test_a_mistake_that_an_order_meets_is_told(one: Module, mistake: Mistake, tmp_path: Path, try_in: TryIn) -> None:
    finding = finding_of(try_in(mistaken(tmp_path, one, mistake), one, mistake.step))
    assert [part for part in mistake.says if part not in told_by(finding)] == []
    keeps_the_house_rules(finding)
