"""Which files go into a bundle and where each is unpacked: the checkout, what was built of it, and all packages."""

import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bundle import checkout
from bundle.built_files import built_files
from bundle.licences import package_in
from bundle.unpacking.checksum import sha256_of
from bundle.unpacking.contents import PACKAGES, Contents, File
from bundle.unpacking.machine import this_platform
from deployer.problem import Problem

PAGES = "frontend/dist"
TEXT = ".local/text"  # with a stamp, as the pages have one; carried where it was built
STAMPS = ".built-*"
BUILDERS = ("pages", "text")  # in tools/; each names the files of which its stamp has the checksum


@dataclass(frozen=True)
class Carried:
    """A file of this machine, and where it is unpacked."""

    path: str
    source: Path

    def described(self) -> File:
        """The same for the list of contents."""
        with self.source.open("rb") as content:
            sha256 = sha256_of(content)
        found = self.source.stat()
        return File(self.path, found.st_size, sha256, executable=bool(found.st_mode & stat.S_IXUSR))


def carried_files(root: Path, packages: Sequence[Path]) -> list[Carried]:
    """All of them, in the order of their paths.

    Args:
        root: the checkout.
        packages: what is to be installed.

    Raises:
        Problem: the pages were not built of the checkout as it is, or git lacks a source of theirs or the text's.
    """
    _hold_to_known_sources(root)
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
    return Contents(
        version=checkout.version(root),
        platform=this_platform(),
        python=".".join(map(str, sys.version_info[:2])),
        files=tuple(one.described() for one in carried),
        packages=tuple(package_in(one.source) for one in carried if one.path.startswith(f"{PACKAGES}/")),
    )


def _hold_to_known_sources(root: Path) -> None:
    """What git does not keep stays here; what was built of it would go, and seem to be of other sources there."""
    known = set(checkout.project_files(root))
    if unknown := sorted({source for builder in BUILDERS for source in _sources(root, builder)} - known):
        raise Problem(
            f"git does not keep {', '.join(unknown)}, of which the pages or the text are built",
            "Let it (git add, with -f what it ignores), or take them away; then make bundle.",
        )


def _sources(root: Path, builder: str) -> list[str]:
    """The names of the files that it builds of."""
    return subprocess.check_output([root / "tools" / builder, "sources"], text=True).splitlines()


def _hold_to_built_pages(root: Path) -> None:
    if subprocess.run([root / "tools" / "pages", "built"], check=False).returncode:
        raise Problem("the pages are not built, or not as their source is now", "Run make pages, then make bundle.")


def _built(root: Path) -> Iterator[Path]:
    """The pages and the text, and the stamps that say of which source they were built."""
    yield from built_files(root / PAGES)
    yield from (root / PAGES).parent.glob(STAMPS)
    yield from built_files(root / TEXT)
    yield from (root / TEXT).glob(STAMPS)
