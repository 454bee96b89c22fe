"""A bundle, and a bare machine on which it was installed; that takes minutes, so it is done once for all tests."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.bundle.bare_machine import BareMachine, Done, bare_machine

FOLDER = "serverlesspresso"


@pytest.fixture(scope="session")
def bundle() -> Path:
    """The file that `make bundle` wrote."""
    (file,) = (ROOT / "dist").glob("*.pyz")
    return file


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BareMachine]:
    folder = tmp_path_factory.mktemp("bare")
    yield bare_machine(folder)
    shutil.rmtree(folder)  # a gigabyte


@pytest.fixture(scope="session")
def installed(machine: BareMachine, bundle: Path) -> Done:
    """The end of an installation that was killed twice before: as it unpacked, and as it made its environment."""
    command = ("python3", str(bundle))
    folder = machine.folder / FOLDER
    machine.killed(*command, when=folder / "carried/packages")
    machine.killed(*command, when=folder / ".venv/bin/uv")
    return machine.run(*command)


@pytest.fixture(scope="session")
def bar(machine: BareMachine, installed: Done) -> Iterator[Done]:
    """The bar that `make local` opened there."""
    assert installed.code == 0, installed.said
    yield machine.run("make", "local", within=FOLDER)
    machine.run("make", "stop", within=FOLDER)
