"""Puts dynoxide on this machine: one program, MIT or Apache-2.0, out of an npm package that has nothing else."""

import shutil
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

from local_cloud.file_lock import exclusive_lock
from local_cloud.npm_package import NpmPackage
from local_cloud.steps import Steps

_MEMBER = "package/dynoxide"


def ensure_dynoxide(package: NpmPackage, root: Path, npm_folder: Callable[[], Path | None], steps: Steps) -> Path:
    """Return the path of the program in the locked `package`, fetched to below `root` first if it is missing.

    `npm_folder` is asked for npm only when there is something to fetch (see NpmPackage.fetch).

    Raises:
        LocalCloudError: it is missing and cannot be fetched (see there, too).
    """
    program = root / package.version / "dynoxide"
    if program.exists():
        return program
    with exclusive_lock(root / "lock", lambda: steps.say("Waiting for another fetch of dynoxide")):
        if not program.exists():
            npm = None if package.at_hand() else npm_folder()
            with steps.step("Fetching dynoxide"):
                _fetch(package, program, npm)
    return program


def _fetch(package: NpmPackage, program: Path, npm_folder: Path | None) -> None:
    program.parent.mkdir(parents=True, exist_ok=True)
    for leftover in program.parent.glob("fetching-*"):  # of a fetch that was killed; we hold the lock
        shutil.rmtree(leftover, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=program.parent, prefix="fetching-") as name:
        archive = package.fetch(Path(name), npm_folder)
        with tarfile.open(archive) as tar:
            tar.extract(tar.getmember(_MEMBER).replace(name="dynoxide"), name, filter="data")
        (Path(name) / "dynoxide").chmod(0o755)
        (Path(name) / "dynoxide").rename(program)
