"""Stops a cloud and waits until nothing of it is left: no process and no port."""

from tenacity import RetryError, Retrying, retry_if_result, stop_after_delay, wait_fixed

from local_cloud.cloud_process import running_cloud
from local_cloud.errors import LocalCloudError
from local_cloud.file_lock import exclusive_lock
from local_cloud.home import RunFolder
from local_cloud.preconditions import port_problem
from local_cloud.private_folder import make_private, remove_folder
from local_cloud.process_tree import end_tree, listening_addresses, tree_of
from local_cloud.steps import Steps

_PATIENCE_S = 10
_PORTS_FREE_WITHIN_S = 10


def stop(run: RunFolder, steps: Steps) -> bool:
    """End the cloud of this folder; return False when none ran.

    Raises:
        LocalCloudError: something stays.
    """
    make_private(run.path)
    with exclusive_lock(run.lock, lambda: steps.say("Another start or stop goes on: waiting for it")):
        process = running_cloud(run)
        if process is not None:
            ports = {port for _, port in listening_addresses(tree_of(process))} | {run.port}
            with steps.step("Stopping LocalStack"):
                end_tree(process, _PATIENCE_S)
                _wait_until_free(ports)
        run.pid_file.unlink(missing_ok=True)
        remove_folder(run.filesystem)  # its state ended with it
    return process is not None


def _wait_until_free(ports: set[int]) -> None:
    attempts = Retrying(retry=retry_if_result(bool), wait=wait_fixed(0.1), stop=stop_after_delay(_PORTS_FREE_WITHIN_S))
    try:
        attempts(lambda: {port for port in ports if port_problem(port)})
    except RetryError as error:
        left = error.last_attempt.result()
        raise LocalCloudError(f"LocalStack has ended, but something still listens on {sorted(left)}.") from None
