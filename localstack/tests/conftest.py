"""A running cloud for the tests that need one. They carry the marker `cloud`, so that others can run without."""

from collections.abc import Iterator

import pytest
from local_cloud.home import Home
from local_cloud.owned_clouds import owned_port
from local_cloud.testing import Cloud, Launcher

_NEED_LOCALSTACK = {"local_cloud", "fresh_cloud", "free_cloud_port", "kept_cloud_port"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs LocalStack."""
    for item in items:
        if _NEED_LOCALSTACK & set(getattr(item, "fixturenames", ())):
            item.add_marker("cloud")


def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest) -> None:
    """Let no test begin a cloud that did not say so: `-m "not cloud"` would be seconds, and is not."""
    node = request.node
    if fixturedef.argname in _NEED_LOCALSTACK and isinstance(node, pytest.Item) and "cloud" not in node.keywords:
        pytest.fail(f"{node.nodeid} asks for {fixturedef.argname} and does not name it among its fixtures")


@pytest.fixture(scope="session")
def launcher(local_cloud_launcher: Launcher) -> Launcher:
    """Give the command line."""
    return local_cloud_launcher


@pytest.fixture(scope="session")
def cloud(local_cloud: Cloud) -> Cloud:
    """Give the cloud that LOCAL_CLOUD_TEST_ENDPOINT names, or one that lives as long as the test session."""
    return local_cloud


@pytest.fixture
def free_cloud_port(request: pytest.FixtureRequest, launcher: Launcher) -> Iterator[int]:
    """Give a port on which the test may start a cloud; whatever cloud runs there is stopped after it."""
    failed_before = request.session.testsfailed
    with owned_port(Home(launcher.home), keep_log=lambda: request.session.testsfailed > failed_before) as port:
        yield port


@pytest.fixture
def fresh_cloud(launcher: Launcher, free_cloud_port: int) -> Cloud:
    """Give a cloud to one test alone: it may break it."""
    return launcher.start(free_cloud_port)
