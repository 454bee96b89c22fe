"""Step Functions' own errors reach whoever catches them around where they happened."""

from typing import Any

import pytest

from .conftest import StateMachines

FAILS = {
    "StartAt": "Compute",
    "States": {"Compute": {"Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% $nothing %}", "End": True}},
}


@pytest.mark.parametrize(
    "around",
    [{"Type": "Parallel", "Branches": [FAILS]}, {"Type": "Map", "ItemsPath": "$.items", "ItemProcessor": FAILS}],
)
def test_an_error_of_a_nested_state_is_caught_by_its_name(machines: StateMachines, around: dict[str, Any]) -> None:
    catch = [{"ErrorEquals": ["States.QueryEvaluationError"], "ResultPath": "$.error", "Next": "Caught"}]
    states = {"Around": {**around, "Catch": catch, "End": True}, "Caught": {"Type": "Pass", "End": True}}
    ended = machines.run({"StartAt": "Around", "States": states}, {"items": [1]})
    assert ended.output["error"]["Error"] == "States.QueryEvaluationError"
