"""What only dynoxide promises."""

from collections.abc import Callable

import pytest
from local_cloud.table_engines import EngineName
from local_cloud.testing import Cloud


@pytest.fixture(scope="package")
def cloud(cloud_with: Callable[[EngineName], Cloud]) -> Cloud:
    """Give a cloud with dynoxide."""
    return cloud_with("dynoxide")
