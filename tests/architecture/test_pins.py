"""What is installed is what was tried: every requirement is one version with its hashes."""

import re
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.layers import STANDARD_LIBRARY
from tests.architecture.source import ROOT, files, modules, programs

NOT_CARRIED = ("deployer.rehearsal.linted", "simulator.screens", "workshop.text")

REQUIREMENTS = [
    path.relative_to(ROOT).as_posix()
    for path in files()
    if "examples" not in path.parts  # they are others' to pin
    and path.suffix == ".txt"
    and (path.name == "requirements.txt" or path.parent.name == "requirements")
]


def requirements(name: str) -> list[str]:
    """The file's requirements, each on one line."""
    text = re.sub(r"\\\n", " ", (ROOT / name).read_text())
    lines = [line.strip() for line in text.splitlines()]
    return [line for line in lines if line and not line.startswith(("#", "-"))]


def test_every_environment_has_its_file() -> None:
    assert {"requirements.txt", "requirements/dev.txt"} <= set(REQUIREMENTS)


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_requirement_is_one_version_with_hashes(name: str) -> None:
    loose = [line for line in requirements(name) if not re.match(r"\S+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)]
    assert requirements(name) != []
    assert loose == []


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_no_requirements_file_says_where_packages_come_from(name: str) -> None:
    """That is the machine's business; a closed network has its own place."""
    options = [
        line for line in (ROOT / name).read_text().splitlines() if re.match(r"\s*-(-index|-extra|-find|i\b|f\b)", line)
    ]
    assert options == []


def test_what_runs_in_lambda_is_tested_in_the_same_versions() -> None:
    deployed, here = (dict(pins(name)) for name in ("requirements.txt", "requirements/dev.txt"))
    assert deployed.items() <= here.items()


def test_a_bundle_brings_what_is_developed_with_in_the_same_versions() -> None:
    carried, here = (dict(pins(name)) for name in ("requirements/bar.txt", "requirements/dev.txt"))
    assert carried.items() <= here.items()


def test_a_bundle_brings_all_that_the_programs_import() -> None:
    """But for what drives a browser, and AWS's linter, without which the workshop says what it cannot try; what builds
    the text, which comes built; and types, which nothing imports as it runs.
    """
    ours = {*programs(), "app", "local_cloud", "tests"}
    imported = {
        name.partition(".")[0]
        for module in modules("app.py", *programs())
        if not module.name.startswith(NOT_CARRIED)
        for name in module.imports
    }
    foreign = {name for name in imported - ours - STANDARD_LIBRARY if not name.startswith("mypy_boto3")}
    carried = {normal(name) for name, _ in pins("requirements/bar.txt")}
    packages = packages_distributions()
    assert [name for name in sorted(foreign) if not carried & {normal(one) for one in packages[name]}] == []


def normal(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()


def pins(name: str) -> list[tuple[str, str]]:
    return [(line.split()[0].partition("==")[0], line.split()[0].partition("==")[2]) for line in requirements(name)]
