"""A folder that is made whole or not at all: under its final name it is complete, whoever was killed meanwhile."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path


def made_once(folder: Path, fill: Callable[[Path], None]) -> Path:
    """The folder, filled when it is not there yet.

    Args:
        folder: where it is to be.
        fill: fills a new and empty one.
    """
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".unfinished-") as unfinished:
            new = Path(unfinished) / folder.name
            new.mkdir()
            fill(new)
            _move(new, folder)
    return folder


def _move(finished: Path, to: Path) -> None:
    try:
        finished.rename(to)
    except OSError:  # another process was faster
        if not to.is_dir():
            raise
        shutil.rmtree(finished)
