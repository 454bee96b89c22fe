"""What is in a bundle: each file with its checksum, each package with its licence. Pure."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Self

NAME = "contents.json"  # in the bundle, and in the folder of what was carried once it is unpacked
TREE = "tree/"  # how the names of files in the bundle begin that are unpacked
CARRIED = "carried"  # the unpacked folder's part that is nobody's to change
PACKAGES = f"{CARRIED}/packages"


@dataclass(frozen=True)
class File:
    """A file that is unpacked; `path` is below the unpacked folder, `size` in bytes."""

    path: str
    size: int
    sha256: str
    executable: bool = False

    @property
    def is_carried(self) -> bool:
        """Whether it is something to install, which nobody writes to."""
        return self.path.startswith(f"{CARRIED}/")


@dataclass(frozen=True)
class Package:
    """Somebody else's work that is in the bundle, in one of its files, under a licence that lets it be passed on."""

    name: str
    version: str
    licence: str
    file: str


@dataclass(frozen=True)
class Contents:
    """All of it.

    Attributes:
        version: the commit that it was made of, with `-changed` where files had been changed since.
        platform: such as `linux-x86_64`.
        python: the version of Python that the packages are for, such as `3.13`.
    """

    version: str
    platform: str
    python: str
    files: Sequence[File]
    packages: Sequence[Package]

    @property
    def size(self) -> int:
        """Of all files together, in bytes."""
        return sum(file.size for file in self.files)

    def as_json(self) -> str:
        """The list for programs; `read` takes it."""
        return json.dumps(asdict(self), indent=1) + "\n"

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `as_json` wrote."""
        told = json.loads(text)
        files = tuple(File(**file) for file in told.pop("files"))
        packages = tuple(Package(**package) for package in told.pop("packages"))
        return cls(files=files, packages=packages, **told)

    def as_text(self) -> str:
        """The list for people."""
        return "\n".join([*self._head(), *self._packages(), *self._files(), ""])

    def _head(self) -> list[str]:
        return [
            f"Serverlesspresso on Chalice {self.version}, for {self.platform} and Python {self.python}",
            "",
            "The project is MIT-0 (LICENSE). Packages of others, each with its licence; its text lies in the package:",
            "",
        ]

    def _packages(self) -> list[str]:
        names = [f"{package.name} {package.version}" for package in self.packages]
        width = max(map(len, names), default=0)
        return [f"  {name:<{width}}  {package.licence}" for name, package in zip(names, self.packages, strict=True)]

    def _files(self) -> Iterator[str]:
        yield from ("", "Each file's SHA-256, its size in bytes, and where it is unpacked:", "")
        yield from (f"  {file.sha256}  {file.size:>9}  {file.path}" for file in self.files)
