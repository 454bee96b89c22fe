"""Stopping, asked for or by force, leaves neither process nor port."""

import psutil
from local_cloud.preconditions import port_problem
from local_cloud.process_tree import listening_addresses, lives, tree_of
from local_cloud.testing import Cloud, Launcher
from tenacity import retry, retry_if_result, stop_after_delay, wait_fixed

ANY = "def handler(event, context):\n    return event\n"


def in_use(cloud: Cloud) -> tuple[list[psutil.Process], set[int]]:
    """Have the cloud start DynamoDB's tables and a function; return all its processes and their ports."""
    cloud.client("dynamodb").list_tables()
    cloud.client("lambda").invoke(FunctionName=cloud.create_function(ANY))
    processes = tree_of(psutil.Process(cloud.pid))
    ports = {port for _, port in listening_addresses(processes)}
    assert len(processes) >= 3
    assert len(ports) >= 2
    return processes, ports


def test_stop_waits_until_all_processes_and_ports_are_gone(fresh_cloud: Cloud, launcher: Launcher) -> None:
    processes, ports = in_use(fresh_cloud)
    stopped = launcher.run("stop", "--port", str(fresh_cloud.port))
    assert stopped.returncode == 0
    assert not [process for process in processes if lives(process)]
    assert not [port for port in ports if port_problem(port)]


def test_a_cloud_can_be_started_on_the_port_of_one_that_has_just_stopped(
    fresh_cloud: Cloud, launcher: Launcher
) -> None:
    launcher.run("stop", "--port", str(fresh_cloud.port))
    assert launcher.run("start", "--port", str(fresh_cloud.port)).returncode == 0
    assert launcher.cloud(fresh_cloud.port).pid != fresh_cloud.pid


def test_a_localstack_that_was_killed_leaves_no_process_behind(fresh_cloud: Cloud, launcher: Launcher) -> None:
    processes, _ = in_use(fresh_cloud)
    processes[0].kill()
    assert _left_of(processes) == []
    assert launcher.run("status", "--port", str(fresh_cloud.port)).returncode == 3


def test_after_a_kill_the_cloud_starts_anew_and_empty(fresh_cloud: Cloud, launcher: Launcher) -> None:
    fresh_cloud.client("sqs").create_queue(QueueName="lost")
    psutil.Process(fresh_cloud.pid).kill()
    assert launcher.run("start", "--port", str(fresh_cloud.port)).returncode == 0
    assert "QueueUrls" not in fresh_cloud.client("sqs").list_queues()


@retry(
    retry=retry_if_result(bool),
    wait=wait_fixed(0.1),
    stop=stop_after_delay(60),
    retry_error_callback=lambda state: state.outcome and state.outcome.result(),
)
def _left_of(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [process for process in processes if lives(process)]
