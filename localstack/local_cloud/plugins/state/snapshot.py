"""The state folder: a file for each service, each whole or as it was before, and who wrote them.

Must not know when to write.
"""

import os
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from local_cloud.plugins.state.containers import containers_of, contents, refill
from local_cloud.plugins.state.pickles import OtherVersionError, dumped, loaded
from local_cloud.table_engines import VARIABLE as TABLES

_ATTEMPTS = 5
_FORMAT = 2


class StateError(Exception):
    """The state that was kept cannot be used; the text says which file, why, and what to do."""


class Snapshot:
    """What is kept in a folder that is its user's alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._written: dict[str, bytes] = {}

    def services(self) -> list[str]:
        """Name the services of which something is kept.

        Raises:
            StateError: other versions than ours wrote it, or the tables are another engine's.
        """
        found = sorted(path.stem for path in self._folder.glob("*.pickle"))
        if found and (made_by := self._made_by()) != _this_version():
            raise StateError(
                f"The state in {self._folder} was kept by {made_by}, and this is {_this_version()}: {_ANEW}"
            )
        return found

    def _made_by(self) -> str:
        return self._stamp.read_text() if self._stamp.exists() else "an unknown version"

    def load(self, service: Any) -> None:
        """Put into a service what was kept of it.

        Raises:
            StateError: it cannot be read.
        """
        path = self._path(service.name())
        try:
            kept = loaded(path.read_bytes())
            for name, container in containers_of(service):
                if name in kept:
                    refill(container, kept[name])
        except OtherVersionError as error:
            raise StateError(f"The state in {path} was kept by another version of {error}: {_ANEW}") from error
        except Exception as error:
            raise StateError(f"The state in {path} cannot be read ({error!r}): {_ANEW}") from error

    def save(self, service: Any) -> None:
        """Write what a service holds, if that is something else than was written last.

        Raises:
            Exception: of whatever type, something that it holds cannot be written.
        """
        state = _whole(service)
        if state == self._written.get(service.name()):
            return
        _replace(self._stamp, _this_version().encode())
        _replace(self._path(service.name()), state)
        self._written[service.name()] = state

    @property
    def _stamp(self) -> Path:
        return self._folder / "made-by"

    def _path(self, service: str) -> Path:
        return self._folder / f"{service}.pickle"


_ANEW = "begin anew with `local-cloud start --keep --fresh`, which removes it, or go back to what wrote it."


@cache
def _packages() -> str:
    return ", ".join(f"{name} {version(name)}" for name in ("localstack-core", "moto-ext"))


def _this_version() -> str:
    return f"{_packages()}, tables in {os.environ[TABLES]}, format {_FORMAT}"


def _whole(service: Any) -> bytes:
    """Pickle all of it, once more when a call changed something meanwhile."""
    for _ in range(_ATTEMPTS - 1):
        with suppress(RuntimeError):  # a dictionary changed its size
            return _dumped(service)
    return _dumped(service)


def _dumped(service: Any) -> bytes:
    return dumped({name: contents(container) for name, container in containers_of(service)})


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole, whenever it is looked at and whoever is killed."""
    new = path.with_suffix(".new")
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
