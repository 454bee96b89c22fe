"""Which files go into a bundle and where each is unpacked: the checkout, what was built of it, and all packages."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from bundle import checkout
from bundle.licences import package_in
from bundle.unpacking.contents import PACKAGES, Contents, File
from deployer.problem import Problem

PAGES = "frontend/dist"
TEXT = ".local/text"  # with a stamp, as the pages have one; carried where it was built
STAMPS = ".built-*"


@dataclass(frozen=True)
class Carried:
    """A file of this machine, and where it is unpacked."""

    path: str
    source: Path

    def described(self) -> File:
        """The same for the list of contents."""
        with self.source.open("rb") as content:
            sha256 = file_digest(content, "sha256").hexdigest()
        found = self.source.stat()
        return File(self.path, found.st_size, sha256, executable=bool(found.st_mode & stat.S_IXUSR))


def carried_files(root: Path, packages: Sequence[Path]) -> list[Carried]:
    """All of them, in the order of their paths.

    Args:
        root: the checkout.
        packages: what is to be installed.

    Raises:
        Problem: the pages were not built of the checkout as it is.
    """
    _hold_to_built_pages(root)
    ours = [Carried(name, root / name) for name in checkout.project_files(root)]
    built = [Carried(file.relative_to(root).as_posix(), file) for file in _built(root)]
    installed = [Carried(f"{PACKAGES}/{file.name}", file) for file in packages]
    return sorted([*ours, *built, *installed], key=lambda carried: carried.path)


def contents_of(root: Path, carried: Sequence[Carried]) -> Contents:
    """The list of contents.

    Raises:
        Problem: a package does not name its licence.
    """
    machine = os.uname()
    return Contents(
        version=checkout.version(root),
        platform=f"{machine.sysname.lower()}-{machine.machine}",
        python=".".join(map(str, sys.version_info[:2])),
        files=tuple(one.described() for one in carried),
        packages=tuple(package_in(one.source) for one in carried if one.path.startswith(f"{PACKAGES}/")),
    )


def _hold_to_built_pages(root: Path) -> None:
    if subprocess.run([root / "tools" / "pages", "built"], check=False).returncode:
        raise Problem("the pages are not built, or not as their source is now", "Run make pages, then make bundle.")


def _built(root: Path) -> Iterator[Path]:
    """The pages and the text, and the stamps that say of which source they were built."""
    yield from _files_below(root / PAGES)
    yield from (root / PAGES).parent.glob(STAMPS)
    yield from _files_below(root / TEXT)
    yield from (root / TEXT).glob(STAMPS)


def _files_below(folder: Path) -> Iterator[Path]:
    """All but what a builder keeps for itself, in files and folders that begin with a dot."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts):
            yield file
