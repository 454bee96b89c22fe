"""JSON is laid out as people write it, and says the same."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.statemachine.definition import DEFINITION
from workshop.layout import laid_out
from workshop.workflow_steps import STEPS, WorkflowStep

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(VALUES)
def test_it_says_the_same(value: object) -> None:
    assert json.loads(laid_out(value)) == value


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_steps_workflow_has_no_line_that_is_hard_to_read(step: WorkflowStep) -> None:
    assert max(map(len, laid_out(step.built(DEFINITION)).splitlines())) < 160


def test_what_fits_is_on_one_line_and_a_state_has_several() -> None:
    text = laid_out({"States": {"Look": {"Type": "Pass", "End": True}}, "Retry": [{"ErrorEquals": ["A"]}]})
    assert '"Retry": [{"ErrorEquals": ["A"]}]' in text
    assert '    "Look": {\n      "Type": "Pass",\n' in text
