"""Refusals of AWS that are no problem: what was to be made is there already, what was to go is gone."""

from collections.abc import Callable
from types import TracebackType

from botocore.exceptions import ClientError


class passing:  # noqa: N801  # read as a word of a `with` statement, like contextlib's `suppress`
    """Lets refusals with one of these codes pass, such as `ResourceNotFoundException` while deleting."""

    def __init__(self, *codes: str) -> None:
        self._refused = refused_as(*codes)

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        """Whether what ended the body is such a refusal."""
        return error is not None and self._refused(error)


def refused_as(*codes: str) -> Callable[[BaseException], bool]:
    """A test whether an error is a refusal with one of these codes."""
    return lambda error: isinstance(error, ClientError) and error.response["Error"].get("Code") in codes
