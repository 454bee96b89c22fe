"""Builds a Python environment from a lock with hashes, whole or not at all.

An environment is made under a temporary name and renamed when it is complete. So a folder under its final name
is complete, and a build that was killed is done over by the next.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from local_cloud import own_package
from local_cloud.errors import LocalCloudError
from local_cloud.file_lock import exclusive_lock
from local_cloud.steps import Steps


@dataclass(frozen=True)
class LockedEnvironment:
    """What an environment is made of.

    `name` starts its folder's name, `lock` is the requirements file, `finish` is run with the new environment's
    Python after the lock is installed, and `depends_on` says what `finish` depends on, for the fingerprint.
    """

    name: str
    lock: Path
    finish: Callable[[Path], None] = lambda python: None
    depends_on: str = ""

    @property
    def folder_name(self) -> str:
        """Two environments share this name only when one can stand for the other."""
        interpreter = (sys.base_prefix, sys.version)
        parts = (self.lock.read_text(), *interpreter, self.depends_on)
        return f"{self.name}-{hashlib.sha256('\0'.join(parts).encode()).hexdigest()[:12]}"

    def python_in(self, environments: Path) -> Path:
        """Return where the environment's interpreter is, or will be."""
        return environments / self.folder_name / "bin" / "python"


def ensure_environment(wanted: LockedEnvironment, environments: Path, steps: Steps, doing: str) -> Path:
    """Return the interpreter of the `wanted` environment under `environments`, built first if it is missing.

    Raises:
        LocalCloudError: a package cannot be fetched or built.
    """
    python = wanted.python_in(environments)
    if python.exists():
        return python

    def waiting() -> None:
        steps.say(f"Waiting for another process that is at work on it: {doing}")

    with exclusive_lock(environments / f"{wanted.name}.lock", waiting):
        if not python.exists():
            with steps.step(doing):
                _build(wanted, environments)
    return python


def _uv(*arguments: str | Path, temporary: Path) -> None:
    """Run uv in the launcher's own environment; its complaint becomes the LocalCloudError's line.

    The folder `temporary` is for the locks and builds that it would leave where all programs leave theirs.
    """
    command = [sys.executable, "-m", "uv", "--quiet", "--no-progress", *map(str, arguments)]
    variables = {**os.environ, "TMPDIR": str(temporary)}
    result = subprocess.run(command, capture_output=True, text=True, check=False, close_fds=False, env=variables)
    if result.returncode:
        raise LocalCloudError(f"Could not install LocalStack's packages: {complaint(result.stderr)}")


def complaint(output: str) -> str:
    """Condense what uv printed to one line: its first statement and its last cause."""
    _, *told = re.split(r"^\W*(error|cause|Caused by|hint): ", output, flags=re.MULTILINE)
    statements = [" ".join(text.split()) for kind, text in zip(told[::2], told[1::2], strict=True) if kind != "hint"]
    last_line = next(reversed(output.splitlines()), "it gave no reason")
    return ": ".join(dict.fromkeys(statements[:1] + statements[-1:])) or last_line


def _build(wanted: LockedEnvironment, environments: Path) -> None:
    prefix = f"building-{wanted.name}-"
    for leftover in environments.glob(f"{prefix}*"):  # of a build that was killed; we hold the lock
        shutil.rmtree(leftover, ignore_errors=True)
    finished = environments / wanted.folder_name
    shutil.rmtree(finished, ignore_errors=True)  # it has lost its Python
    with tempfile.TemporaryDirectory(dir=environments, prefix=prefix) as building:
        environment = Path(building) / "environment"
        _fill(environment, wanted, Path(building))
        environment.rename(finished)


def _fill(environment: Path, wanted: LockedEnvironment, temporary: Path) -> None:
    python = environment / "bin" / "python"
    backends = own_package.FOLDER / "requirements" / "build-backends.txt"
    uv = partial(_uv, temporary=temporary)
    uv("venv", "--relocatable", "--python", sys.executable, environment)
    uv("pip", "install", "--python", python, "--require-hashes", "--build-constraints", backends, "-r", wanted.lock)
    wanted.finish(python)
