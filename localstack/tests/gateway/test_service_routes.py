"""The first calls to a service find its operations, however many come at once."""

from local_cloud.testing import Cloud

CALL_WHILE_ROUTES_ARE_ADDED = """
from threading import Event, Thread
from types import SimpleNamespace
from local_cloud.plugins.gateway.service_routes import wait_for_service_routes
from localstack.aws.handlers.service_plugin import ServiceLoader
from localstack.services.plugins import Service

wait_for_service_routes()
adding, second_is_let_through, seen = Event(), Event(), []

def add_skeleton(skeleton):
    adding.set()
    second_is_let_through.wait(0.5)  # which must not happen
    seen.append("operations")

def call(name):
    context = SimpleNamespace(service=SimpleNamespace(service_name="s3"))
    loader(None, context, None)
    seen.append(name)

def second_call():
    call("call")
    second_is_let_through.set()

services = SimpleNamespace(exists=lambda name: True, require=lambda name: Service("s3", skeleton=None))
loader = ServiceLoader(services, SimpleNamespace(add_skeleton=add_skeleton))
first = Thread(target=call, args=["call"])
first.start()
adding.wait(60)
second_call()
first.join()
print(*seen)
"""


def test_a_call_waits_until_its_services_operations_are_known(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(CALL_WHILE_ROUTES_ARE_ADDED)
    assert ran.stdout == "operations call call\n", ran.stderr
