"""pytest's fixtures for an application on the local cloud; pytest finds them wherever this package is installed.

Each run of pytest imports this module, whether it uses a fixture or not: so it imports nothing but pytest, and does
nothing before a fixture is asked for. All fixtures live as long as the session. Three of them are there to be defined
anew in a conftest.py: `chalice_project`, `chalice_stage` and `chalice_environment`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from local_cloud.chalice_deployment import ChaliceDeployment
    from local_cloud.letters import Mailbox
    from local_cloud.testing import Cloud, Launcher

_RUNNING = "LOCAL_CLOUD_TEST_ENDPOINT"  # names a cloud that runs already


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare what a project can set in its pytest configuration."""
    parser.addini("local_cloud_home", "the local cloud's folder; LOCAL_CLOUD_HOME overrides it", default=".local/cloud")
    parser.addini("local_cloud_region", "AWS region of clients and of the deployed app", default="us-east-1")
    parser.addini("chalice_project", "folder of the Chalice project to deploy (default: this one)", default=".")
    parser.addini("chalice_stage", "Chalice stage to deploy", default="dev")


@pytest.fixture(scope="session")
def local_cloud_launcher(pytestconfig: pytest.Config) -> Launcher:
    """Give the command line `local-cloud`, with the home that the configuration names."""
    with _told_in_short():
        from local_cloud.testing import Launcher  # noqa: PLC0415  # not in every run of pytest

    if home := os.environ.get("LOCAL_CLOUD_HOME"):
        return Launcher(Path(home).resolve())
    return Launcher(pytestconfig.rootpath / str(pytestconfig.getini("local_cloud_home")))


@pytest.fixture(scope="session")
def local_cloud(request: pytest.FixtureRequest, local_cloud_launcher: Launcher) -> Iterator[Cloud]:
    """Give a cloud on a free port until the session ends; or the running one that LOCAL_CLOUD_TEST_ENDPOINT names."""
    from local_cloud.home import Home  # noqa: PLC0415
    from local_cloud.owned_clouds import owned_port  # noqa: PLC0415

    region = request.config.getini("local_cloud_region")
    if endpoint := os.environ.get(_RUNNING):
        with _told_in_short():
            cloud = local_cloud_launcher.cloud(_port_of(endpoint), region=region)
        yield cloud
        return
    with owned_port(Home(local_cloud_launcher.home), keep_log=lambda: request.session.testsfailed > 0) as port:
        with _told_in_short():
            cloud = local_cloud_launcher.start(port, region)
        yield cloud


@pytest.fixture(scope="session")
def local_cloud_client(local_cloud: Cloud) -> Callable[[str], Any]:
    """Give a function that makes an AWS client of a service, such as `local_cloud_client("dynamodb")`."""
    return local_cloud.client


@pytest.fixture(scope="session")
def local_cloud_environment(local_cloud: Cloud) -> dict[str, str]:
    """Give all environment variables of a program that a test starts: the cloud is its AWS, and no real account."""
    return local_cloud.environment()


@pytest.fixture(scope="session")
def local_cloud_letters(local_cloud: Cloud) -> Mailbox:
    """Give the letters and text messages that were sent: `local_cloud_letters.wait_for("ann@example.com").text`."""
    from local_cloud.letters import Mailbox  # noqa: PLC0415

    return Mailbox(local_cloud.endpoint_url, local_cloud.region)


@pytest.fixture(scope="session")
def chalice_project(pytestconfig: pytest.Config) -> Path:
    """Give the folder of the Chalice project."""
    return pytestconfig.rootpath / str(pytestconfig.getini("chalice_project"))


@pytest.fixture(scope="session")
def chalice_stage(pytestconfig: pytest.Config) -> str:
    """Give the Chalice stage."""
    return str(pytestconfig.getini("chalice_stage"))


@pytest.fixture(scope="session")
def chalice_environment() -> Mapping[str, str]:
    """Give what app.py finds in its environment beside the project's configuration; here nothing.

    Define it anew to make what the app needs (tables, queues, user pools) and to say its names and ids.
    """
    return {}


@pytest.fixture(scope="session")
def chalice_deployment(
    local_cloud: Cloud,
    chalice_project: Path,
    chalice_stage: str,
    chalice_environment: Mapping[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[ChaliceDeployment]:
    """Give the deployed Chalice project. The project's folder, and its record of real deployments, stay as they are."""
    from local_cloud.chalice_deployment import deploy  # noqa: PLC0415

    stand_in = tmp_path_factory.mktemp("chalice")
    with _told_in_short():
        deployment = deploy(chalice_project, chalice_stage, local_cloud, chalice_environment, stand_in)
    yield deployment
    if _RUNNING in os.environ:  # that cloud outlives us
        deployment.delete()


@pytest.fixture(scope="session")
def chalice_url(chalice_deployment: ChaliceDeployment) -> str:
    """Give the address of the deployed routes, without a slash at its end."""
    with _told_in_short():
        return chalice_deployment.url


@pytest.fixture(scope="session")
def chalice_websocket_url(chalice_deployment: ChaliceDeployment) -> str:
    """Give the address of the deployed WebSocket API."""
    with _told_in_short():
        return chalice_deployment.websocket_url


@contextmanager
def _told_in_short() -> Iterator[None]:
    """Let a test fail with what its reader can act on, without a traceback through this package."""
    from local_cloud.errors import LocalCloudError  # noqa: PLC0415

    try:
        yield
    except LocalCloudError as failure:
        raise pytest.fail.Exception(str(failure), pytrace=False) from None
    except ModuleNotFoundError as error:
        raise pytest.fail.Exception(f"{error}: install the extra, `local-cloud[pytest]`", pytrace=False) from None


def _port_of(endpoint: str) -> int:
    port = endpoint.rstrip("/").rpartition(":")[2]
    if not port.isdigit():
        pytest.fail(f"{_RUNNING} is to end with a port, as http://127.0.0.1:4566 does: {endpoint}", pytrace=False)
    return int(port)
