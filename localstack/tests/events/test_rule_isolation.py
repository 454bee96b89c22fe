"""A rule that cannot do its work takes nothing from the other rules of its bus."""

from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError
from local_cloud.testing import Cloud

if TYPE_CHECKING:
    from tests.events.conftest import Bus

HERE = "us-east-1:000000000000"

FAILS_WITH_EVERY_EVENT = """
import json, types
from local_cloud.plugins.events import rule_isolation
from localstack.services.events.provider import EventsProvider

class Provider:
    heard = []
    _process_rules_async = EventsProvider._process_rules_async
    @rule_isolation._apart
    def _process_rules(self, rule, *event):
        if rule.arn == "fails":
            raise KeyError
        self.heard.append(rule.arn)

provider = Provider()
rules = [types.SimpleNamespace(arn=arn, schedule_expression=None) for arn in ("a", "fails", "b")]
provider._process_rules_async(dict(rules=rules, region="", account_id="", event_formatted={}, trace_header=None))
print(json.dumps(provider.heard))
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
