"""The running bar for every test that needs one, and its end when the run is over."""

import os
import shutil
import signal
import tempfile
from pathlib import Path

import pytest

from simulator.outputs import Outputs
from tests.integration.running_bar import RUN_FOLDER, already_running, of_this_run, stop_of_this_run
from tests.support.recorded_calls import keep_recorded, record


def pytest_configure(config: pytest.Config) -> None:
    """Make the run's folder, in the process that begins the run; a kill ends it as Ctrl-C does, so nothing is left."""
    if not hasattr(config, "workerinput"):
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        os.environ[RUN_FOLDER] = tempfile.mkdtemp(prefix="bar-test-run-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started for this run; comes after Ctrl-C too, and when all workers have ended."""
    if hasattr(config, "workerinput") or RUN_FOLDER not in os.environ:
        return
    folder = Path(os.environ.pop(RUN_FOLDER))
    keep_recorded(folder)
    stop_of_this_run(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def bar() -> Outputs:
    """The deployed bar: the one that runs here, or one for this run."""
    folder = Path(os.environ[RUN_FOLDER])
    found = already_running() or of_this_run(folder)
    record(found.endpoint_url, folder)
    return found
