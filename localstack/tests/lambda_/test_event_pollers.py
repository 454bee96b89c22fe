"""A change or the end of a function's code loses no event and keeps nobody waiting."""

from local_cloud.testing import Cloud

PATCHED = """
from concurrent.futures import ThreadPoolExecutor
from threading import Event, RLock
from types import SimpleNamespace
from local_cloud.plugins.lambda_ import event_pollers
from local_cloud.plugins.patches import REPLACEMENTS
event_pollers.end_pollers_without_loss()
for replacement in REPLACEMENTS:
    replacement.apply()

from localstack.services.lambda_.invocation import event_manager
from localstack.services.lambda_.invocation.event_manager import LambdaEventManager, Poller

version = SimpleNamespace(qualified_arn="arn", config=SimpleNamespace(timeout=3))
poller = object.__new__(Poller)
poller.version_manager = SimpleNamespace(function_version=version)
poller.event_queue_url, poller._shutdown_event = "http://queue", Event()
poller.invoker_pool, handled = ThreadPoolExecutor(), []
poller.handle_message = handled.append
"""
READS = (
    PATCHED
    + """
class Queue:
    def receive_message(self, **asked):
        poller.stop()  # while it reads
        return {"Messages": [asked["VisibilityTimeout"]]}

event_manager.get_sqs_client = lambda version, client_config: Queue()
poller.run()
poller.invoker_pool.shutdown()
print(handled)
"""
)
FAILS = (
    PATCHED
    + """
slept, answers = [], [OSError("away"), {"Messages": None}, {}, {"Messages": ["late"]}, OSError("gone")]
event_pollers.time.sleep = slept.append

class Queue:
    def receive_message(self, **asked):
        answer = answers.pop(0)
        if not answers:
            poller.stop()
        if isinstance(answer, OSError):
            raise answer
        return answer

event_manager.get_sqs_client = lambda version, client_config: Queue()
poller.run()
poller.invoker_pool.shutdown()
print(handled, slept)
"""
)
STOPPED = (
    PATCHED
    + """
for stop in ("stop", "stop_for_update"):
    manager = LambdaEventManager(poller.version_manager)
    manager.poller, manager.poller_thread = poller, "cannot be waited for"
    getattr(manager, stop)()
    print(stop, manager.poller)
"""
)


GONE = (
    PATCHED
    + """
poller.invoker_pool = ThreadPoolExecutor(1)
may_go, events = Event(), []
poller.handle_message = lambda message: (may_go.wait(60), events.append(message))
for message in ("handled", "forgotten"):
    poller.invoker_pool.submit(poller.handle_message, message)
manager = LambdaEventManager(poller.version_manager)
manager.poller = poller
manager.stop()
event_pollers._hand_on(poller, "late")
may_go.set()
poller.invoker_pool.shutdown()
print(events)
"""
)
EARLY = (
    PATCHED
    + """
from threading import Timer
sent = []
event_manager.get_sqs_client = lambda version: SimpleNamespace(send_message=lambda **asked: sent.append(asked))
event_manager.SQSInvocation = lambda invocation: SimpleNamespace(encode=lambda: invocation)
manager = LambdaEventManager(poller.version_manager)
Timer(0.1, lambda: setattr(manager, "event_queue_url", "http://queue")).start()
manager.enqueue_event("early")
print(sent)
"""
)


def test_what_a_poller_reads_while_it_is_stopped_is_handled(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(READS)
    assert ran.stdout.strip() == "[63]", ran.stderr


def test_a_queue_that_cannot_be_read_or_has_nothing_is_read_again_until_the_poller_is_stopped(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(FAILS)
    assert ran.stdout.strip() == "['late'] [1]", ran.stderr
    assert "The events of arn cannot be read" in ran.stderr


def test_nobody_waits_for_a_poller_that_is_stopped(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(STOPPED)
    assert ran.stdout.split("\n")[:2] == ["stop None", "stop_for_update None"], ran.stderr


def test_events_of_a_function_that_goes_are_forgotten_but_for_those_that_are_handled_already(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(GONE)
    assert ran.stdout.strip() == "['handled']", ran.stderr


def test_an_event_that_comes_before_a_new_version_has_a_queue_waits_for_it(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(EARLY)
    assert ran.stdout.strip() == "[{'QueueUrl': 'http://queue', 'MessageBody': 'early'}]", ran.stderr
