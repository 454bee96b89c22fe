"""What each deployed function called while contract and integration tests ran, held against its policy.

Runs after those tests, and only after all of them: what they left in `.local/recorded-calls.json` is judged.
"""

import pytest

from simulator.probe.permissions import Done
from tests.architecture.source import config
from tests.support.permissions import denied, never_needed
from tests.support.recorded_calls import KEPT, in_its_place, kept, name_beside

FUNCTIONS: dict[str, dict[str, str]] = config()["lambda_functions"]


def done_by(function: str) -> set[Done]:
    """By Chalice's names: the one that serves the API has none of its own."""
    assert KEPT.exists(), "make test-bar runs the tests that this one judges"
    return kept("serverlesspresso-local" + ("" if function == "api_handler" else f"-{function}"))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_q35_a_deployed_function_called_what_its_policy_allows_no_more_and_no_less(function: str) -> None:
    done, policy = done_by(function), FUNCTIONS[function]["iam_policy_file"]
    assert denied(policy, done) == set()
    assert never_needed(policy, done) == set()


def test_a_workflow_tried_beside_the_bar_s_is_judged_as_the_bar_s_own() -> None:
    execution = "arn:aws:states:us-east-1:000000000000:execution:{}:an-order"
    tried = Done("states:DescribeExecution", execution.format(name_beside()))
    assert denied("policy-sweep.json", {tried}) == {tried}
    assert denied("policy-sweep.json", {in_its_place(tried)}) == set()
