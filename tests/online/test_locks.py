"""Each lock can be installed on every platform that the README names, from wheels: nobody needs a compiler.

Asks the package index, so `make locks` runs it and `make test`, which works without a network, does not. Nothing is
installed or downloaded but what uv has to know of a package, which it keeps in its cache.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.architecture.test_pins import REQUIREMENTS

UV = Path(sys.executable).parent / "uv"
# As the README names them, and as uv does: a glibc of 2018 or later, macOS 13 or later.
PLATFORMS = {
    "Linux (glibc) on x86-64": "x86_64-manylinux_2_28",
    "Linux (glibc) on arm64": "aarch64-manylinux_2_28",
    "macOS on x86-64": "x86_64-apple-darwin",
    "macOS on arm64": "aarch64-apple-darwin",
}
PYTHONS = ("3.13", "3.14")
OLDEST_MACOS = {"MACOSX_DEPLOYMENT_TARGET": "13.0"}
# Python alone, of which there is no wheel anywhere. awslambdaric has wheels for Linux, and compiles nothing elsewhere.
FROM_SOURCE = {"airspeed-ext", "awslambdaric", "crontab", "jsonpath-rw", "localstack-client"}


def packages(requirements: str) -> list[str]:
    return re.findall(r"^([\w.-]+)==", (ROOT / requirements).read_text(), re.MULTILINE)


def complaints(requirements: Path, platform: str, python: str, wheels_of: list[str], nowhere: Path) -> str:
    """What uv finds in the way of installing these requirements there; empty when it can be done."""
    command: list[str | Path] = [UV, "pip", "install", "--dry-run", "--quiet", "--no-deps", "--require-hashes"]
    command += ["--target", nowhere, "--python-platform", platform, "--python-version", python, "-r", requirements]
    command += [option for name in wheels_of for option in ("--only-binary", name)]
    environment = os.environ | OLDEST_MACOS
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return ran.stderr if ran.returncode else ""


@pytest.mark.parametrize("requirements", REQUIREMENTS)
@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_a_lock_holds_on_each_platform(tmp_path: Path, requirements: str, platform: str, python: str) -> None:
    wheels_of = [name for name in packages(requirements) if name not in FROM_SOURCE]
    assert complaints(ROOT / requirements, PLATFORMS[platform], python, wheels_of, tmp_path) == ""


def test_a_package_without_a_wheel_for_a_platform_is_seen(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text((ROOT / "requirements/dev.txt").read_text())
    said = complaints(lock, "x86_64-unknown-linux-musl", "3.13", ["playwright"], tmp_path)
    assert "playwright" in said
