"""The application's requirements as wheels on this machine, so that Chalice's pip needs no network.

Chalice runs `pip download` for each new package: first for this machine, then for Lambda's where that got wheels that
Lambda cannot load (chalice/deploy/packager.py). pip reads its options from the environment too, so it can be told to
look into a folder and nowhere else (pip's user guide, "Environment Variables").
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from deployer.problem import Problem
from deployer.whole_folder import made_once

_QUIET = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
_WHEELS_ONLY = "--only-binary=:all:"
# Amazon Linux 2023, on which Lambda's Python runs from 3.12 on, has glibc 2.34; pip wants each older one named as well.
_LAMBDA = [f"--platform=manylinux_2_{minor}_x86_64" for minor in range(17, 35)] + ["--platform=manylinux2014_x86_64"]


def offline_pip(wheels: Path) -> dict[str, str]:
    """The variables that make pip take wheels from this folder only."""
    return {**_QUIET, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)}


def ensure_wheelhouse(requirements: Path, home: Path, say: Callable[[str], None]) -> Path:
    """The folder with the wheels of these requirements, filled when it is not there yet.

    Args:
        requirements: the locked requirements, with hashes.
        home: holds a folder for each version of the requirements.
        say: told before anything is fetched.

    Raises:
        Problem: something cannot be fetched.
    """
    if not requirements.exists() or not _has_packages(requirements):
        return home  # which pip is not asked to look into
    wheels = home / hashlib.sha256(requirements.read_bytes()).hexdigest()[:16]
    if not wheels.is_dir():
        say("fetching the application's requirements, once")
    return made_once(wheels, lambda folder: _fill(folder, requirements))


def _has_packages(requirements: Path) -> bool:
    """Whether there is anything to fetch: pip refuses a file that asks for nothing."""
    lines = requirements.read_text(encoding="utf-8").splitlines()
    return any(line.strip() and not line.strip().startswith("#") for line in lines)


def _fill(folder: Path, requirements: Path) -> None:
    download(requirements, folder, [_WHEELS_ONLY])
    if any(not wheel.name.endswith("-none-any.whl") for wheel in folder.iterdir()):
        download(requirements, folder, [_WHEELS_ONLY, *_LAMBDA])


def download(requirements: Path, into: Path, options: Sequence[str]) -> None:
    """Have pip fetch what the locked requirements name, and nothing more.

    Args:
        options: further ones of `pip download`.

    Raises:
        Problem: something cannot be fetched.
    """
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", *options]
    done = subprocess.run(
        [*pip, "--requirement", requirements, "--dest", into],
        env=os.environ | _QUIET,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Problem(
            f"pip could not fetch what {requirements.name} names:\n{pip_complaint(done.stderr)}",
            "This needs the network once; after that it does not.",
        )


def pip_complaint(output: str) -> str:
    """What pip gave up for, without what it tried before; all that it said where it does not say that."""
    gave_up = [line.removeprefix("ERROR: ") for line in output.splitlines() if line.startswith("ERROR: ")]
    return "\n".join(gave_up) or output.strip()
