"""Fetches the packages that a bar is installed from: the locks' own files, as they lie on the package index.

The few that come without a wheel are carried as their source, which the learner's machine builds as any other does: so
the locks' checksums hold for them too, and nothing is carried that was built here.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

from deployer.problem import Problem
from deployer.wheelhouse import download, ensure_wheelhouse
from deployer.whole_folder import made_once

OF_APPLICATION = "requirements.txt"
_CLOUD = "localstack/local_cloud"
LOCKS = (
    "requirements/bootstrap.txt",
    "requirements/bar.txt",
    f"{_CLOUD}/requirements/build-backends.txt",
    f"{_CLOUD}/requirements/function.txt",
    f"{_CLOUD}/requirements/localstack.txt",
)
OF_ENGINE = f"{_CLOUD}/npm/dynoxide.json"

type Say = Callable[[str], None]


def fetched(root: Path, home: Path, say: Say) -> list[Path]:
    """The files of all packages, fetched where they are not there yet, in the order of their names.

    Args:
        root: the checkout.
        home: keeps what was fetched, a folder for each lock as it was.
        say: told before anything is fetched.

    Raises:
        Problem: something cannot be fetched, or is not to be had for this machine.
    """
    folders = [_of_lock(root / lock, home, say) for lock in LOCKS]
    folders += [_engine(root / OF_ENGINE, home), ensure_wheelhouse(root / OF_APPLICATION, home, say)]
    files = {file.name: file for folder in folders for file in folder.iterdir()}
    return [files[name] for name in sorted(files)]


def _of_lock(lock: Path, home: Path, say: Say) -> Path:
    folder = _kept(lock, home)
    if not folder.is_dir():
        say(f"fetching what {lock.name} names, once")
    return made_once(folder, lambda new: download(lock, new, ["--require-hashes"]))


def _engine(lock: Path, home: Path) -> Path:
    """The table engine's package; the local cloud knows how it is fetched and what its checksum is."""
    return made_once(_kept(lock, home), _carry_engine)


def _carry_engine(folder: Path) -> None:
    command: list[str | Path] = [sys.executable, "-m", "local_cloud", "carry", folder]
    done = subprocess.run(command, check=False, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        raise Problem(
            done.stderr.strip().removeprefix("Error: "), "A bundle is made on Linux on x86-64, with a network."
        )


def _kept(lock: Path, home: Path) -> Path:
    """The lock's folder, another one for each version of it and of Python."""
    version = ".".join(map(str, sys.version_info[:2]))
    return home / f"{lock.stem}-{version}-{crc32(lock.read_bytes()):08x}"
