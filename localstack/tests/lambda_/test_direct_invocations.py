"""Events go to a function's queue, and from there to the function, without a call of AWS."""

from local_cloud.testing import Cloud

PATCHED = """
import json
from types import SimpleNamespace
from local_cloud.plugins.lambda_ import direct_invocations
from local_cloud.plugins.patches import REPLACEMENTS
direct_invocations.invoke_directly()
for replacement in REPLACEMENTS:
    replacement.apply()
"""
FROM_EVENTS = (
    PATCHED
    + """
from localstack.services.events.target import LambdaTargetSender
from localstack.utils.xray.trace_header import TraceHeader
invoked = []
direct_invocations._services.append(SimpleNamespace(invoke=lambda **call: invoked.append(call)))
sender = object.__new__(LambdaTargetSender)
sender.target = {"Arn": "arn:aws:lambda:eu-west-1:000000000000:function:told:live"}
sender.send_event({"detail": {"n": 1}}, TraceHeader().ensure_root_exists())
(call,) = invoked
print(call["function_name"], call["qualifier"], call["region"], call["invocation_type"], json.loads(call["payload"]))
"""
)
FROM_THE_QUEUE = (
    PATCHED
    + """
from localstack.services.lambda_.invocation.event_manager import Poller
from localstack.services.lambda_.invocation.lambda_service import LambdaService
service = LambdaService()
print(direct_invocations._services == [service])
function = SimpleNamespace(function_name="f", qualifier="$LATEST", account="000000000000", region="us-east-1")
poller = Poller(SimpleNamespace(function_version=SimpleNamespace(id=function)), "http://queue")
print(type(poller.lambda_client).__name__)
service.stop()
"""
)


def test_eventbridge_hands_an_event_to_the_service_itself(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(FROM_EVENTS)
    assert ran.stdout.strip() == "told live eu-west-1 Event {'detail': {'n': 1}}", ran.stderr


def test_a_functions_queue_is_read_for_the_one_service(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(FROM_THE_QUEUE)
    assert ran.stdout.split() == ["True", "DirectClient"], ran.stderr
