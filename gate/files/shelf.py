"""What is handed out: bundles with their lists, and the text, each under the one address that leads to it."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bundle.built_files import built_files
from bundle.unpacking.checksum import sha256_of
from bundle.unpacking.wholeness import contents_in
from deployer.problem import Problem

ROOT_PAGE = "README.html"


@dataclass(frozen=True)
class Bundle:
    """A bundle; `platform` and `python` are what it is for, such as `linux-x86_64` and `3.13`, `size` is in bytes."""

    name: str
    platform: str
    python: str
    size: int
    sha256: str

    @property
    def short_sha256(self) -> str:
        """So much of its checksum as people compare by eye."""
        return " ".join(self.sha256[start : start + 4] for start in range(0, 12, 4))


@dataclass(frozen=True)
class Shelf:
    """All of it.

    Attributes:
        files: the path of an address, such as `/text/en/README.html`, and the file that it leads to.
        languages: of the text, such as `en`.
    """

    bundles: tuple[Bundle, ...]
    files: Mapping[str, Path] = field(repr=False)
    languages: tuple[str, ...] = ()


def shelf_of(folder: Path, text: Path) -> Shelf:
    """What lies there.

    Args:
        folder: with what `make bundle` wrote.
        text: with what `make text` built; it may be missing.

    Raises:
        Problem: there is no bundle, or one that cannot be read.
    """
    found = sorted(folder.glob("*.pyz"))
    if not found:
        raise Problem(f"there is no bundle in {folder}", "Run make bundle first.")
    lists = [file.with_suffix(".txt") for file in found if file.with_suffix(".txt").is_file()]
    return Shelf(
        bundles=tuple(_bundle(file) for file in found),
        files={f"/{file.name}": file for file in [*found, *lists]} | _text_files(text),
        languages=tuple(sorted(page.parent.name for page in text.glob(f"*/{ROOT_PAGE}"))),
    )


def _bundle(file: Path) -> Bundle:
    try:
        with zipfile.ZipFile(file) as archive:
            contents = contents_in(archive)
    except (KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise Problem(f"{file} is no bundle, or a damaged one", "Remove it, and run make bundle again.") from error
    with file.open("rb") as whole:
        sha256 = sha256_of(whole)
    return Bundle(file.name, contents.platform, contents.python, file.stat().st_size, sha256)


def _text_files(text: Path) -> dict[str, Path]:
    return {f"/text/{file.relative_to(text).as_posix()}": file for file in built_files(text)}
