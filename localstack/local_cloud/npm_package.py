"""Fetches one tarball from the npm registry and checks it; installs nothing and runs none of its scripts.

A machine that has no network may have it in a folder, which LOCAL_CLOUD_NPM_PACKAGES names.
"""

import base64
import hashlib
import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from local_cloud.errors import LocalCloudError

FOLDER_VARIABLE = "LOCAL_CLOUD_NPM_PACKAGES"


@dataclass(frozen=True)
class NpmPackage:
    """One version of an npm package; `integrity` is the registry's `sha512-<base64>` of its tarball."""

    name: str
    version: str
    integrity: str

    @classmethod
    def locked_in(cls, lock: Path) -> Self:
        """Read it from a JSON object with just these three members."""
        return cls(**json.loads(lock.read_text()))

    @property
    def file_name(self) -> str:
        """The tarball's, as `npm pack` calls it: without the scope's sign, and with a dash for its slash."""
        return f"{self.name.removeprefix('@').replace('/', '-')}-{self.version}.tgz"

    def at_hand(self) -> Path | None:
        """Return the path of the tarball in the user's folder of npm packages, where it lies there."""
        folder = os.environ.get(FOLDER_VARIABLE)
        archive = Path(folder or "") / self.file_name
        return archive if folder and archive.is_file() else None

    def fetch(self, into: Path, npm_folder: Path | None) -> Path:
        """Return the path of the tarball: the one that is at hand, or fetched into the folder `into` with npm.

        `npm_folder` holds the executables `npm` and `node`; None takes those on PATH.

        Raises:
            LocalCloudError: it cannot be had or is not the one that was locked.
        """
        archive = self.at_hand() or _pack(f"{self.name}@{self.version}", into, npm_folder)
        if (found := integrity_of(archive)) != self.integrity:
            raise LocalCloudError(f"{archive.name} is not the file that was locked: its checksum is {found}. Not used.")
        return archive


def integrity_of(archive: Path) -> str:
    """Return the file's checksum as npm writes it."""
    with archive.open("rb") as file:
        digest = hashlib.file_digest(file, "sha512").digest()
    return f"sha512-{base64.b64encode(digest).decode()}"


def npm_complaint(output: str) -> str:
    """Condense npm's complaint to the line that says what happened."""
    prefix = "npm error "
    lines = [line.removeprefix(prefix) for line in output.splitlines() if line.startswith(prefix)]
    told = [line for line in lines if not line.startswith(("code ", "errno ", "syscall ", "A complete log"))]
    return next(iter(told or reversed(output.splitlines())), "npm gave no reason")


def _pack(specification: str, into: Path, npm_folder: Path | None) -> Path:
    path = os.environ.get("PATH", os.defpath)
    if npm_folder:
        path = f"{npm_folder}{os.pathsep}{path}"
    options = ["--ignore-scripts", "--no-update-notifier", "--pack-destination", str(into)]
    options += ["--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]  # it would wait 70 s for a network
    result = subprocess.run(
        ["/usr/bin/env", "npm", "pack", specification, *options],  # env looks npm up on the PATH below
        env={**os.environ, "PATH": path, "TMPDIR": str(into)},
        cwd=into,
        capture_output=True,
        text=True,
        check=False,
        close_fds=False,  # see file_lock
    )
    if result.returncode:
        raise LocalCloudError(f"Could not fetch {specification}: {npm_complaint(result.stderr)}")
    return next(into.glob("*.tgz"))
