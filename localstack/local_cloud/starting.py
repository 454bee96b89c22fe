"""Starts a cloud: all checks first, then LocalStack as a process of its own; nothing is left if that fails."""

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Literal

import psutil
from tenacity import RetryError, Retrying, retry_if_exception_type, stop_after_delay, wait_fixed

from local_cloud import cloud_process
from local_cloud.cloud_answers import HEALTH_PATH, NO_ANSWER, answer_at
from local_cloud.errors import LocalCloudError
from local_cloud.file_lock import exclusive_lock
from local_cloud.further_runtimes import further_runtimes
from local_cloud.home import Home, RunFolder
from local_cloud.installation import Installation, function_runtime, install
from local_cloud.leftovers import remove_leftovers
from local_cloud.localstack_filesystem import lay_filesystem
from local_cloud.localstack_settings import localstack_environment
from local_cloud.log_file import last_words
from local_cloud.preconditions import outdated_python, port_problem
from local_cloud.private_folder import make_private, remove_folder
from local_cloud.process_tree import asked, end_tree
from local_cloud.steps import Steps
from local_cloud.table_engines import VARIABLE as TABLES
from local_cloud.table_engines import chosen_engine, this_platform
from local_cloud.unusable_files import told_if_unusable

_READY_WITHIN_S = 120
_POLL_INTERVAL_S = 0.1
_END_PATIENCE_S = 10

type State = Literal["none", "kept", "fresh"]


@dataclass(frozen=True)
class Started:
    """The cloud that runs now, and the engine of its `tables`; `already` when it ran before."""

    run: RunFolder
    pid: int
    already: bool
    tables: str


def start(home: Home, port: int, steps: Steps, state: State = "none") -> Started:
    """Start the cloud of `port` unless it runs, install what it lacks, and wait until it answers.

    Args:
        home: where it and its parts are kept.
        port: of 127.0.0.1.
        steps: hears how it goes on.
        state: `kept` has the cloud go on from what it held last, and keep what it holds; `fresh` has that forgotten
            first; `none` starts an empty cloud, which is forgotten when it stops, and touches nothing that is kept.

    Raises:
        LocalCloudError: it cannot be started; then no process of it is left.
    """
    if problem := outdated_python(sys.version_info[:2]):
        raise LocalCloudError(problem)
    run, engine = home.run_folder(port), chosen_engine(os.environ, this_platform())
    for folder in (home.path, home.run_folders, run.path):
        make_private(folder)
    with exclusive_lock(run.lock, lambda: steps.say(f"Another start or stop of port {port} goes on: waiting for it")):
        if process := cloud_process.running_cloud(run):
            if state == "fresh":
                raise LocalCloudError(f"The cloud on port {port} runs: stop it first, then begin anew.")
            _wait_until_ready(run, steps)  # its start may have been killed
            return Started(run, process.pid, already=True, tables=_engine_in_use(process, port))
        remove_leftovers(home)
        _require_free(port)
        keeps = _prepare_state(run, state)
        further_runtimes(os.environ)  # a mistake in them is told before anything is installed
        return Started(run, _start(run, install(home, engine, steps), steps, keeps), already=False, tables=engine)


def _prepare_state(run: RunFolder, state: State) -> bool:
    """Return whether the cloud is to keep its state, with the folder for it there."""
    if state == "none":
        return False
    if state == "fresh":
        remove_folder(run.state)
    make_private(run.state)
    return True


def _engine_in_use(process: psutil.Process, port: int) -> str:
    in_use = cloud_process.table_engine_of(process)
    if (asked := os.environ.get(TABLES, in_use)) not in (in_use, ""):
        raise LocalCloudError(f"The cloud on port {port} keeps its tables in {in_use}, not in {asked}: stop it first.")
    return in_use


def _require_free(port: int) -> None:
    problem = port_problem(port)
    if problem is None:
        return
    holder = cloud_process.listener(port)
    by = "".join(asked([holder] if holder else [], lambda process: f" by {process.name()} (process {process.pid})"))
    raise LocalCloudError(
        f"Port {port} is {problem}{by}: end that, or choose another port with --port or LOCALSTACK_PORT."
    )


def _start(run: RunFolder, installed: Installation, steps: Steps, keeps_state: bool) -> int:
    process = None
    try:
        process = _launch(run, installed, keeps_state)
        _wait_until_ready(run, steps)
    except BaseException:  # Ctrl-C as well, which may come while the process is being launched
        for root in [process] if process else psutil.Process().children():
            end_tree(root, _END_PATIENCE_S)
        remove_folder(run.filesystem)
        raise
    return process.pid


def _launch(run: RunFolder, installed: Installation, keeps_state: bool) -> psutil.Popen:
    lay_filesystem(run, installed.localstack_python)
    with told_if_unusable(run.tables_log):
        run.tables_log.write_bytes(b"")
    with told_if_unusable(run.log):
        opened = run.log.open("wb")
    with opened as log:
        process = psutil.Popen(
            [installed.localstack_python, *cloud_process.COMMAND],
            cwd=run.path,
            env=localstack_environment(os.environ, run, installed, function_runtime(), keeps_state=keeps_state),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # the user's Ctrl-C is not for it
        )
    cloud_process.record(run, process.pid)
    return process


def _wait_until_ready(run: RunFolder, steps: Steps) -> None:
    attempts = Retrying(
        retry=retry_if_exception_type(NO_ANSWER),
        wait=wait_fixed(_POLL_INTERVAL_S),
        stop=stop_after_delay(_READY_WITHIN_S),
    )
    try:
        with steps.step("Waiting for LocalStack"):
            attempts(_ask_health, run)
    except RetryError:
        raise LocalCloudError(f"LocalStack did not answer in {_READY_WITHIN_S} s: its log is {run.log}") from None


def _ask_health(run: RunFolder) -> None:
    if cloud_process.running_cloud(run) is None:
        raise LocalCloudError(
            f"LocalStack ended at once: {last_words(run.log.read_text(errors='replace'))} (log: {run.log})"
        )
    answer_at(run, HEALTH_PATH)
