"""Folders that are their user's alone. A cloud runs what lies in them: whoever may write there runs code as that user.

Nothing here follows a symbolic link, and nobody can exchange a folder between the look at it and its use.
"""

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

from local_cloud.errors import LocalCloudError

_ONLY_ITS_USER = 0o700
_WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def make_private(folder: Path) -> None:
    """Make the folder, parents included, or find it there; then only its user can read or write it.

    Raises:
        LocalCloudError: it is no folder, another user's, or one in which others may have written something.
    """
    try:
        folder.mkdir(_ONLY_ITS_USER, parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError as error:
        raise LocalCloudError(f"{folder} cannot be used as a folder of yours: {error.strerror}") from error
    try:
        _require_own(folder, os.fstat(descriptor))
        os.fchmod(descriptor, _ONLY_ITS_USER)
    finally:
        os.close(descriptor)


def remove_folder(folder: Path) -> None:
    """Remove the folder with all in it, also what a function made read-only.

    Raises:
        LocalCloudError: something stays, or it is a link, which may lead to what was not made here.
    """
    if folder.is_symlink():
        raise LocalCloudError(f"{folder} is a link, and where it leads nothing is removed: remove the link.")
    try:
        shutil.rmtree(folder, onexc=_made_writable)
    except FileNotFoundError:
        return
    except OSError as error:
        raise LocalCloudError(f"{error.filename} cannot be removed: {error.strerror or error}") from error


def _require_own(folder: Path, found: os.stat_result) -> None:
    if found.st_uid != os.geteuid():
        raise LocalCloudError(f"{folder} belongs to another user: choose a folder of your own with --home.")
    if found.st_mode & _WRITABLE_BY_OTHERS:
        raise LocalCloudError(
            f"Others may write to {folder}, and so could have their code run as you:"
            f" delete it, or say `chmod go-w` if you know all that is in it."
        )


def _made_writable(failed: Callable[..., object], path: str, error: BaseException) -> None:
    """Try once more what `shutil.rmtree` could not do, after taking the right to it."""
    if not isinstance(error, PermissionError):
        raise error
    if failed in (os.unlink, os.rmdir):
        Path(path).parent.chmod(_ONLY_ITS_USER)
        failed(path)
    else:  # the folder `path` could not be looked into
        Path(path).chmod(_ONLY_ITS_USER)
        shutil.rmtree(path, onexc=_made_writable)
