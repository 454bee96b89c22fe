"""A running cloud for the tests that need one. They carry the marker `cloud`, so that others can run without."""

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from local_cloud.testing import Cloud, Launcher

_HOME = Path(os.environ.get("LOCAL_CLOUD_HOME", ".local/cloud")).resolve()
_NEED_LOCALSTACK = {"cloud", "fresh_cloud", "free_cloud_port"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs LocalStack."""
    for item in items:
        if _NEED_LOCALSTACK & set(getattr(item, "fixturenames", ())):
            item.add_marker("cloud")


@pytest.fixture(scope="session")
def launcher() -> Launcher:
    """Give the command line."""
    return Launcher(_HOME)


@pytest.fixture(scope="session")
def cloud(request: pytest.FixtureRequest, launcher: Launcher) -> Iterator[Cloud]:
    """Give the cloud that LOCAL_CLOUD_TEST_ENDPOINT names, or one that lives as long as the test session."""
    if endpoint := os.environ.get("LOCAL_CLOUD_TEST_ENDPOINT"):
        yield launcher.cloud(int(endpoint.rstrip("/").rpartition(":")[2]))
    else:
        for port in _cloud_port(request, launcher):
            yield _started(launcher, port)


@pytest.fixture
def free_cloud_port(request: pytest.FixtureRequest, launcher: Launcher) -> Iterator[int]:
    """Give a port on which the test may start a cloud; whatever cloud runs there is stopped after it."""
    yield from _cloud_port(request, launcher)


@pytest.fixture
def fresh_cloud(launcher: Launcher, free_cloud_port: int) -> Cloud:
    """Give a cloud to one test alone: it may break it."""
    return _started(launcher, free_cloud_port)


def _cloud_port(request: pytest.FixtureRequest, launcher: Launcher) -> Iterator[int]:
    failed_before = request.session.testsfailed
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    yield port
    launcher.run("stop", "--port", str(port))
    if request.session.testsfailed == failed_before:  # else its log may tell why
        shutil.rmtree(launcher.home / "run" / str(port), ignore_errors=True)


def _started(launcher: Launcher, port: int) -> Cloud:
    started = launcher.run("start", "--port", str(port))
    assert started.returncode == 0, started.stdout + started.stderr
    return launcher.cloud(port)
