"""What a builder made in a folder for others, the pages say, or the text."""

from collections.abc import Iterator
from pathlib import Path


def built_files(folder: Path) -> Iterator[Path]:
    """All but what it keeps for itself, in files and folders that begin with a dot; none where there is no folder."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts):
            yield file
