"""What keeps a save out of what runs."""

from pathlib import Path

from local_cloud.errors import LocalCloudError


class MistakeError(LocalCloudError):
    """Something in a file that its writer can mend; its text begins with file and line."""


class CloudAwayError(LocalCloudError):
    """The cloud did not answer, or did not know what it was asked about: all must be compared once it is back."""


def mistake_at(path: Path, line: int | None, what: str) -> MistakeError:
    """The mistake of a line, counted from 1; of a file as a whole without one."""
    return MistakeError(f"{shown(path)}{f':{line}' if line else ''}: {what}")


def shown(path: Path) -> str:
    """A file as somebody in the working directory names it."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
