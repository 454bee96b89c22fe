"""A rule that cannot do its work takes nothing from the other rules of its bus."""

from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError
from local_cloud.testing import Cloud

if TYPE_CHECKING:
    from tests.events.conftest import Bus

HERE = "us-east-1:000000000000"

FAILS_WITH_EVERY_EVENT = """
import json
from types import SimpleNamespace
from local_cloud.plugins.events.rule_isolation import keep_rules_apart
from local_cloud.plugins.patches import REPLACEMENTS
from localstack.services.events.provider import EventsProvider

heard = []
class Rule(SimpleNamespace):
    event_pattern = schedule_expression = None
    targets = property(lambda rule: heard.append(rule.arn))

keep_rules_apart()
for replacement in REPLACEMENTS:
    replacement.apply()
rules = [Rule(arn="a"), Rule(arn="fails", event_pattern=object()), Rule(arn="b")]
event = dict(region="", account_id="", event_formatted={}, trace_header=None)
EventsProvider._process_rules_async(object.__new__(EventsProvider), dict(rules=rules, **event))
print(json.dumps(heard))
"""


def test_rules_after_one_that_fails_hear_the_event(cloud: Cloud) -> None:
    done = cloud.run_in_localstack_environment(FAILS_WITH_EVERY_EVENT)
    assert done.stdout.splitlines()[-1:] == ['["a", "b"]'], done.stderr


@pytest.mark.parametrize(
    "wrong",
    [
        {"Arn": f"arn:aws:unheard-of:{HERE}:thing"},
        {"Arn": f"arn:aws:sqs:{HERE}:q", "Input": "{}", "InputPath": "$.detail"},
        {"Arn": f"arn:aws:sqs:{HERE}:q", "InputTransformer": {"InputTemplate": '"<unknown>"'}},
    ],
)
def test_a_target_that_is_refused_is_not_stored_and_deafens_nobody(
    cloud: Cloud, bus: "Bus", wrong: dict[str, str]
) -> None:
    url, arn = bus.queue()
    bus.put_rule("early")
    with pytest.raises(ClientError) as refused:
        bus.put_target("early", **{"arn": wrong["Arn"], **{k: v for k, v in wrong.items() if k != "Arn"}})
    assert refused.value.response["Error"]["Code"] == "ValidationException"
    assert not cloud.client("events").list_targets_by_rule(Rule="early", EventBusName=bus.name)["Targets"]
    bus.put_rule("late")
    bus.put_target("late", arn)
    bus.put_event({"n": 1})
    assert bus.next_message(url)["detail"] == {"n": 1}
