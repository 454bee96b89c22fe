"""What is installed is what was tried: every requirement is one version with its hashes."""

import re

import pytest

from tests.architecture.source import ROOT, files

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


def pins(name: str) -> list[tuple[str, str]]:
    return [(line.split()[0].partition("==")[0], line.split()[0].partition("==")[2]) for line in requirements(name)]
