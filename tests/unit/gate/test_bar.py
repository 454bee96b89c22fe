"""Behind the gate is a bar on this machine, whole, or none."""

from dataclasses import replace

import pytest

from deployer.problem import Problem
from gate.bar import bar_of
from simulator.outputs import Outputs
from tests.support.rooms import BAR, ENDPOINT

OUTPUTS = Outputs(
    endpoint_url=ENDPOINT,
    region="us-east-1",
    api_url=BAR.api_url,
    user_pool_id=BAR.pool_id,
    user_pool_client_id=BAR.client_id,
    event_bus_name="Serverlesspresso",
    order_processor_arn="arn:aws:states:us-east-1:000000000000:stateMachine:OrderProcessorWorkflow",
    realtime_url=BAR.realtime_url,
    frontends={name: f"{BAR.pages_url}/{name}/index.html" for name in BAR.pages},
)


def test_it_is_what_the_deployer_wrote_down() -> None:
    assert bar_of(OUTPUTS) == BAR


@pytest.mark.parametrize(
    "changed",
    [
        {"frontends": {}},
        {"frontends": {"order": f"{ENDPOINT}/a/order/index.html", "barista": f"{ENDPOINT}/b/barista/index.html"}},
        {"endpoint_url": "https://dynamodb.us-east-1.amazonaws.com"},
        {"endpoint_url": "http://192.168.1.20:4566"},
        {"api_url": "http://127.0.0.1:4567/_aws/execute-api/an-api/api"},
        {"realtime_url": "wss://elsewhere.example/api"},
        {"api_url": "http://127.0.0.1:4566@elsewhere.example/api"},
    ],
)
def test_a_bar_that_is_elsewhere_or_has_no_pages_is_none(changed: dict[str, object]) -> None:
    with pytest.raises(Problem):
        bar_of(replace(OUTPUTS, **changed))  # type: ignore[arg-type]
