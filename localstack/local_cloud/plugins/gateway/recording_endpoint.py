"""Serves what is noted only while somebody wants it: PUT begins, GET tells what was noted since, DELETE ends it."""

from typing import Any, Protocol


class Noted(Protocol):
    """Something that notes between its beginning and its end."""

    def begin(self) -> None:
        """Note from now on."""

    def end(self) -> None:
        """Note no more."""

    @property
    def reading(self) -> Any:
        """What was noted, as JSON-ready values."""


def serve(path: str, noted: Noted) -> None:
    """Answer at the path, below LocalStack's address; each method tells what there is then."""
    from localstack.services.edge import ROUTER  # noqa: PLC0415  # takes seconds

    def begin(_: Any) -> Any:
        noted.begin()
        return noted.reading

    def end(_: Any) -> Any:
        noted.end()
        return noted.reading

    ROUTER.add(path, begin, methods=["PUT"])
    ROUTER.add(path, lambda _: noted.reading, methods=["GET"])
    ROUTER.add(path, end, methods=["DELETE"])
