"""What the integration tests make of a cloud that runs already, by the deployer's plan for it."""

import pytest

from deployer.planner import Step, Verb
from deployer.resources.event_bus import EventBus
from tests.integration.running_bar import Finding, finding

BUS = EventBus("bus")


@pytest.mark.parametrize(
    ("verbs", "found"),
    [
        ([Verb.LEAVE, Verb.LEAVE], Finding.THIS_CODE),
        ([Verb.LEAVE, Verb.UPDATE], Finding.OTHER_CODE),
        ([Verb.LEAVE, Verb.CREATE], Finding.OTHER_CODE),
        ([Verb.LEAVE, Verb.REMOVE], Finding.OTHER_CODE),
        ([Verb.CREATE, Verb.REFUSE], Finding.OTHER_CODE),
        ([Verb.CREATE, Verb.CREATE], Finding.NO_BAR),
    ],
)
def test_a_bar_is_of_this_code_when_nothing_is_to_do_and_none_when_all_is(verbs: list[Verb], found: Finding) -> None:
    assert finding(Step(verb, BUS) for verb in verbs) is found
