"""Says in a line which file of the cloud's is none that can be used: a folder in its place, or another user's."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local_cloud.errors import LocalCloudError


@contextmanager
def told_if_unusable(path: Path) -> Iterator[None]:
    """Open, read or write the file `path` in the body, and do nothing else there.

    Raises:
        LocalCloudError: the body failed with an OSError.
    """
    try:
        yield
    except OSError as error:
        raise LocalCloudError(f"{path} cannot be used as a file: {error.strerror}. Move it away.") from error
