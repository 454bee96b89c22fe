"""The wheel holds all of the package, and starts a cloud wherever it is installed."""

import json
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from local_cloud import own_package

from .conftest import Installed


def test_every_file_of_the_package_is_in_the_wheel(wheel: Path) -> None:
    source = own_package.FOLDER.parent
    here = {path.relative_to(source).as_posix() for path in own_package.FOLDER.rglob("*") if path.is_file()}
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith("local_cloud/")}
    assert packed == {name for name in here if "__pycache__" not in name}
    assert "local_cloud/py.typed" in packed


def test_the_wheel_names_every_plugin(installed: Installed) -> None:
    asked = installed.shell(
        "python -I -c 'import json; from local_cloud import own_package; print(json.dumps(own_package.entry_points()))'"
    )
    assert json.loads(asked.stdout) == own_package.entry_points()


def test_the_readme_and_the_example_name_the_wheel(wheel: Path) -> None:
    project = own_package.FOLDER.parent
    for place in ("README.md", "examples/guestbook/requirements-dev.txt"):
        assert f"./{wheel.name}[pytest]" in (project / place).read_text(), place


@pytest.fixture
def port(free_cloud_port: int) -> str:
    return str(free_cloud_port)


def test_it_starts_a_cloud_of_its_own_answers_and_stops(installed: Installed, port: str) -> None:
    start = installed.shell(f"local-cloud start --port {port}")
    assert f"is ready: http://127.0.0.1:{port}" in start.stdout, start.stdout + start.stderr
    ask = "import boto3; print(boto3.client('sts').get_caller_identity()['Account'])"
    asked = installed.shell(f'local-cloud run --port {port} -- python -c "{ask}"')
    assert asked.stdout == "000000000000\n", asked.stderr
    status = json.loads(installed.shell(f"local-cloud status --json --port {port}").stdout)
    assert Path(status["log"]).is_relative_to(installed.folder)
    assert "is stopped" in installed.shell(f"local-cloud stop --port {port}").stdout


def test_it_declares_an_extra_for_its_pytest_plugin() -> None:
    assert distribution("local-cloud").metadata.get_all("Provides-Extra") == ["pytest"]
