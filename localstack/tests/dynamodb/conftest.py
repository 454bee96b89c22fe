"""DynamoDB's tests meet a cloud for each engine that keeps tables, for whoever chooses either has the same DynamoDB."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from local_cloud.home import Home
from local_cloud.owned_clouds import owned_port
from local_cloud.table_engines import EngineName, dynoxide_packages, this_platform
from local_cloud.testing import Cloud, Launcher

IS_FREE_HERE = this_platform() in dynoxide_packages()
ENGINES: list[EngineName] = ["dynoxide", "dynamodb-local"] if IS_FREE_HERE else ["dynamodb-local"]

collect_ignore = [] if IS_FREE_HERE else ["dynoxide"]


@pytest.fixture(scope="package")
def cloud_with(
    request: pytest.FixtureRequest, local_cloud: Cloud, launcher: Launcher
) -> Iterator[Callable[[EngineName], Cloud]]:
    """Give a function that returns a cloud with an engine: the session's, or one that ends with this folder's tests."""
    clouds = {local_cloud.tables: local_cloud}
    with ExitStack() as at_the_end:

        def start(engine: EngineName) -> Cloud:
            if engine not in clouds:
                owned = owned_port(Home(launcher.home), keep_log=lambda: request.session.testsfailed > 0)
                clouds[engine] = launcher.start(at_the_end.enter_context(owned), tables=engine)
            return clouds[engine]

        yield start


@pytest.fixture(scope="package", params=ENGINES)
def cloud(request: pytest.FixtureRequest, cloud_with: Callable[[EngineName], Cloud]) -> Cloud:
    """Give a cloud with each engine."""
    return cloud_with(request.param)
