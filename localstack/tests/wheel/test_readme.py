"""What the README tells a project of its own to do, done as it stands there in a project that Chalice has made."""

import re
from pathlib import Path

import pytest
from local_cloud import own_package

from .conftest import Installed

README = (own_package.FOLDER.parent / "README.md").read_text()


def block(name: str) -> str:
    """The block of the README that is marked to be run under that name."""
    (found,) = re.findall(rf"<!-- run: {name} -->\n```\w+\n(.*?)```", README, re.DOTALL)
    return str(found)


@pytest.fixture
def project(installed: Installed) -> Installed:
    """Make a project as Chalice does, with the README's test in it."""
    made = installed.shell("chalice new-project hello")
    assert made.returncode == 0, made.stdout + made.stderr
    folder = installed.folder / "hello"
    (folder / "test_hello.py").write_text(block("test"))
    return Installed(installed.environment, folder)


def test_a_project_of_ones_own_is_tested_and_deployed_as_the_readme_says(
    installed: Installed, project: Installed, free_cloud_port: int
) -> None:
    variables = {
        "LOCAL_CLOUD_HOME": str(installed.folder / ".local" / "cloud"),
        "LOCALSTACK_PORT": str(free_cloud_port),
        "AWS_PROFILE": "of-my-employer",
    }
    told = ""
    for command in block("own-project").splitlines():
        ran = project.shell(command, **variables)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        told += ran.stdout
    assert "2 passed" in told
    assert "Rest API URL: " in told
    assert "is stopped" in told


def test_what_the_readme_says_fits_on_one_screen() -> None:
    (section,) = re.findall(r"^## In your own project\n(.*?)^## ", README, re.DOTALL | re.MULTILINE)
    assert len(section.splitlines()) <= 55


def test_the_readme_names_every_fixture() -> None:
    plugin = (Path(own_package.FOLDER) / "pytest_plugin.py").read_text()
    fixtures = set(re.findall(r"@pytest\.fixture.*\ndef (\w+)", plugin)) - {"local_cloud_launcher"}
    assert {name for name in fixtures if f"`{name}`" not in README} == set()
