"""This package as others install it: a wheel, in an environment that holds what the wheel says it needs and no more.

No network is needed. The wheel is built with the backend that is installed here. What it needs is copied from here, in
the versions that are installed here, rather than fetched: a dependency that is not declared is missing there all the
same. LocalStack's own environment is built anew, out of uv's cache, which holds what the first start here has fetched;
only where that was cleared does uv fetch again. What keeps the tables was fetched before.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from local_cloud import own_package
from local_cloud.testing import Cloud, Launcher
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = own_package.FOLDER.parent
# What a project with a Chalice app has beside this package.
OF_THE_PROJECT = ("chalice", "boto3", "websockets")


@dataclass(frozen=True)
class Installed:
    """The environment with the wheel, and an empty folder elsewhere for a project."""

    environment: Path
    folder: Path

    def shell(self, command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command line in the folder, as somebody does who has activated the environment."""
        path = f"{self.environment / 'bin'}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            ["/bin/sh", "-euc", command],
            cwd=self.folder,
            env={**_clean(), "PATH": path, **variables},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build it, in a copy of the project: a build leaves traces."""
    copy = tmp_path_factory.mktemp("project")
    without = shutil.ignore_patterns("__pycache__", "*.egg-info", "build")
    shutil.copytree(PROJECT / "local_cloud", copy / "local_cloud", ignore=without)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(PROJECT / name, copy)
    _uv("build", "--wheel", "--no-build-isolation", "--python", sys.executable, "--out-dir", copy / "out", copy)
    (built,) = (copy / "out").glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installed(
    wheel: Path, cloud: Cloud, launcher: Launcher, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installed]:
    """Install it. `cloud` has fetched whatever a start needs."""
    root = tmp_path_factory.mktemp("elsewhere")
    environment, folder = root / "environment", root / "a project"
    _uv("venv", "--python", sys.executable, environment)
    _uv("pip", "install", "--no-deps", "--python", environment / "bin" / "python", wheel)
    (site_packages,) = environment.glob("lib/python3*/site-packages")
    for needed in _needed(Requirement("local-cloud[pytest]"), *map(Requirement, OF_THE_PROJECT)):
        _copy(needed, site_packages)
    home = folder / ".local" / "cloud"
    home.mkdir(parents=True)
    for engine in ("dynoxide", "dynamodb-local"):
        if (launcher.home / engine).exists():
            (home / engine).symlink_to(launcher.home / engine)
    there = Installed(environment, folder)
    if there.shell("local-cloud install", UV_OFFLINE="1").returncode:
        there.shell("local-cloud install")
    yield there
    for run in (home / "run").glob("*"):
        there.shell(f"local-cloud stop --port {run.name}")
    shutil.rmtree(root, ignore_errors=True)


def _uv(*arguments: str | Path) -> None:
    command = [sys.executable, "-m", "uv", "--quiet", "--offline", *map(str, arguments)]
    subprocess.run(command, check=True, close_fds=False)


def _clean() -> dict[str, str]:
    """The environment without what leads back to this checkout."""
    leading_back = {"LOCAL_CLOUD_HOME", "LOCAL_CLOUD_TEST_ENDPOINT", "LOCALSTACK_PORT", "PYTHONPATH", "VIRTUAL_ENV"}
    return {name: value for name, value in os.environ.items() if name not in leading_back}


def _needed(*wanted: Requirement) -> list[Distribution]:
    """What is installed here of all that these need; the package itself, which has its wheel, is left out."""
    found: dict[str, Distribution] = {}
    left = [(requirement, extra) for requirement in wanted for extra in ("", *requirement.extras)]
    seen = set()
    while left:
        requirement, extra = left.pop()
        key = (canonicalize_name(requirement.name), extra)
        if key in seen or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        seen.add(key)
        found[key[0]] = distribution(requirement.name)
        needs = [Requirement(text) for text in found[key[0]].requires or ()]
        applying = [need for need in needs if need.marker is None or need.marker.evaluate({"extra": extra})]
        for need in applying:
            need.marker = None
        left += [(need, name) for need in applying for name in ("", *need.extras)]
    found.pop("local-cloud", None)
    return list(found.values())


def _copy(installed_here: Distribution, site_packages: Path) -> None:
    """Copy a distribution's files, and its scripts, which name their interpreter."""
    for file in installed_here.files or ():
        if file.suffix != ".pyc":
            target = site_packages / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(str(installed_here.locate_file(file)), target)
            if target.parent.name == "bin":
                interpreter = str(target.parent.resolve() / "python").encode()
                target.write_bytes(target.read_bytes().replace(sys.executable.encode(), interpreter))
