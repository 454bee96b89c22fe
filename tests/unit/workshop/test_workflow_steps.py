"""Each step of the workshop is a part of the finished workflow that AWS would take, so neither can leave the other."""

from itertools import pairwise
from typing import Any

import pytest
from statelint.linter import Linter

from tests.statemachine.definition import DEFINITION, STATES
from workshop.workflow_steps import STEPS, WorkflowStep

LATER = {"Retry", "Catch", "Choices", "Next", "Default", "End", "Comment"}


def names(step: WorkflowStep) -> str:
    return step.name


def targets(definition: Any) -> set[str]:
    """Every state that something leads to."""
    ways = [way for state in definition["States"].values() for way in (state, *_ways(state))]
    return {way[key] for way in ways for key in ("Next", "Default") if key in way} | {definition["StartAt"]}


def _ways(state: Any) -> list[Any]:
    return [*state.get("Choices", []), *state.get("Catch", [])]


@pytest.mark.parametrize("step", STEPS, ids=names)
def test_a_step_is_a_workflow_that_aws_would_take(step: WorkflowStep) -> None:
    assert Linter.validate(step.built(DEFINITION)) == []


@pytest.mark.parametrize("step", STEPS, ids=names)
def test_every_state_of_a_step_is_reached_and_leads_to_one_that_is_there(step: WorkflowStep) -> None:
    built = step.built(DEFINITION)
    assert targets(built) == set(built["States"])


@pytest.mark.parametrize("step", STEPS, ids=names)
def test_a_steps_states_are_the_finished_ones_but_for_what_comes_later(step: WorkflowStep) -> None:
    for name, state in step.built(DEFINITION)["States"].items():
        finished = {key: value for key, value in STATES[name].items() if key not in LATER}
        assert {key: value for key, value in state.items() if key not in LATER} == finished


def test_each_step_keeps_what_the_one_before_it_built() -> None:
    for before, after in pairwise(STEPS):
        assert set(before.states) < set(after.states)


def test_the_steps_grow_to_the_finished_workflow() -> None:
    assert [len(step.states) for step in STEPS] == [4, 6, 9, 14]
    assert set(STEPS[-1].states) < set(STATES)
