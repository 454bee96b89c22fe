"""Every module can be walked: it has steps with hints and checks, and typical mistakes that are told in its words."""

from itertools import pairwise
from pathlib import Path

import pytest

from tests.support.house_rules import keeps_the_house_rules
from tests.support.walking import finding_of, mistaken, told_by, tried_in
from workshop.attempt import RunningBar
from workshop.finding import CannotBeTried
from workshop.modules import Mistake, Module, NoSuchModule, after, module, modules
from workshop.solutions import beginning, solution

BUILT = [one for one in modules() if one.file]
MISTAKES = [(one, mistake) for one in modules() for mistake in one.mistakes]
WITHOUT_A_CLOUD = [pair for pair in MISTAKES if not pair[1].cloud]


def named(value: object) -> str:
    return str(getattr(value, "name", value))


def no_cloud(*_: object) -> RunningBar:
    raise CannotBeTried("there is no bar in a unit test")


def no_pattern(_pattern: str, _event: str) -> bool:
    raise CannotBeTried("there is no bar in a unit test")


@pytest.mark.parametrize("one", modules(), ids=named)
def test_a_module_has_steps_hints_checks_and_three_mistakes_or_more(one: Module) -> None:
    assert [step.name for step in one.steps] == [f"{one.name}-{number + 1}" for number in range(len(one.steps))]
    assert all(len(step.hints) >= 2 and step.checks for step in one.steps)
    assert len(one.mistakes) >= 3 or not one.file
    assert {mistake.step for mistake in one.mistakes} <= {step.name for step in one.steps}


@pytest.mark.parametrize("one", BUILT, ids=named)
def test_what_a_module_builds_is_there_from_its_beginning_and_changes_with_each_step(one: Module) -> None:
    steps = [solution(step.name) for step in one.steps]
    states = [{name: beginning(one.name)[name] for name in steps[0]}, *map(dict, steps)]
    assert all(name == one.file or name.startswith(f"{one.file}/") for name in states[0])
    assert all(before != after for before, after in pairwise(states))


@pytest.mark.parametrize(("one", "mistake"), MISTAKES, ids=named)
def test_a_mistake_is_an_edit_of_its_steps_solution(one: Module, mistake: Mistake, tmp_path: Path) -> None:
    folder = mistaken(tmp_path, one, mistake)
    changed = [name for name, text in solution(mistake.step).items() if folder.read(name) != text]
    assert changed == [mistake.file or one.file]


@pytest.mark.parametrize(("one", "mistake"), WITHOUT_A_CLOUD, ids=named)
def test_a_mistake_that_the_file_shows_is_told_before_anything_is_deployed(
    one: Module, mistake: Mistake, tmp_path: Path
) -> None:
    trial = tried_in(mistaken(tmp_path, one, mistake), one, mistake.step, no_pattern, no_cloud)
    finding = finding_of(trial)
    assert [part for part in mistake.says if part not in told_by(finding)] == []
    keeps_the_house_rules(finding)


def test_modules_follow_each_other() -> None:
    first, *others = modules()
    followed = [after(one.name) for one in modules()]
    assert followed == [*others, None]
    assert module(first.name) is first


def test_what_there_is_not_is_told_with_what_there_is() -> None:
    with pytest.raises(NoSuchModule, match=r"no module 9; there are: 0, 1a, 1b, 2, 3, 4, 5a, 5b, 5c, 6"):
        module("9")
    with pytest.raises(NoSuchModule, match="1a-1, 1a-2"):
        module("1a").step("3")
