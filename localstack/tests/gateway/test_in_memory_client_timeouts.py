"""A service that waits for another only so long does give up; the others do not go by HTTP."""

from local_cloud.testing import Cloud

CLIENTS = """
from types import SimpleNamespace
from botocore.config import Config
from local_cloud.plugins.gateway.in_memory_client_timeouts import keep_time_outs
from localstack import config
from localstack.aws.connect import InternalClientFactory
from localstack.runtime import current

config.IN_MEMORY_CLIENT = True
current.set_current_runtime(SimpleNamespace(components=SimpleNamespace(gateway=None)))
keep_time_outs()
connect = InternalClientFactory()
for one in (None, Config(read_timeout=5), Config(read_timeout=900)):
    client = connect(region_name="us-east-1", config=one).sqs._client
    handlers = client.meta.events._emitter._handlers.prefix_search("before-send.sqs.Any")
    print(any(type(handler).__name__ == "GatewayShortCircuit" for handler in handlers))
"""


def test_only_clients_with_the_usual_patience_call_within_the_process(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(CLIENTS)
    assert ran.stdout.split() == ["True", "False", "True"], ran.stderr
