"""A local cloud for the deployer alone, since it removes all that it made: not the one that other tests run on."""

import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from local_cloud.free_port import free_port

from tests.integration.deployer.checkout import ROOT, Checkout, copy_checkout


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    """A copy of this checkout and an empty cloud to deploy it to, both gone afterwards."""
    port = str(free_port())
    folder = tmp_path_factory.mktemp("checkout")
    try:
        _local_cloud("start", port)
        yield copy_checkout(folder, f"http://127.0.0.1:{port}")
    finally:
        _local_cloud("stop", port)
        shutil.rmtree(folder)


@pytest.fixture
def deployed(checkout: Checkout) -> Checkout:
    """The checkout, deployed."""
    done = checkout.deployer("up")
    assert done.returncode == 0, done.stdout + done.stderr
    return checkout


@pytest.fixture
def empty(checkout: Checkout) -> Checkout:
    """The checkout, of which nothing is deployed."""
    done = checkout.deployer("down", "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    return checkout


def _local_cloud(command: str, port: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "local_cloud", command, "--port", port],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
