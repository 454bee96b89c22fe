"""Threads that have ended are forgotten; those that are to be stopped one day are not."""

from local_cloud.testing import Cloud

LISTED = """
from threading import Event, Thread
from local_cloud.plugins.runtime.thread_registry import FEW, let_go_of_ended_threads
from localstack.utils import common, threads

let_go_of_ended_threads()
go_on = Event()
lasting, unstarted, no_thread = threads.start_thread(lambda _: go_on.wait(), name="lasting"), Thread(), object()
threads.TMP_THREADS += [unstarted, no_thread]
for _ in range(5 * FEW):
    threads.start_thread(lambda _: None, name="short").join()
print(len(threads.TMP_THREADS) <= FEW, common.TMP_THREADS is threads.TMP_THREADS)
print(all(one in threads.TMP_THREADS for one in (lasting, unstarted, no_thread)))
go_on.set()
"""

TAKERS = """
from local_cloud.plugins.runtime.thread_registry import let_go_of_ended_threads
let_go_of_ended_threads()
from localstack.services.stepfunctions.asl.component.program import program
from localstack.services.stepfunctions.asl.component.state.state_execution import execute_state
from localstack.services.stepfunctions.asl.component.state.state_execution.state_task.service import (
    state_task_service_callback,
)
from localstack.services.stepfunctions.backend import execution_worker
takers = program, execute_state, state_task_service_callback, execution_worker
print({type(one.TMP_THREADS).__name__ for one in takers})
"""


def test_ended_threads_are_forgotten_and_nothing_else(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(LISTED)
    assert ran.stdout.split() == ["True", "True", "True"], ran.stderr


def test_step_functions_lists_its_threads_there(cloud: Cloud) -> None:
    ran = cloud.run_in_localstack_environment(TAKERS)
    assert ran.stdout.strip() == "{'LivingThreads'}", ran.stderr
