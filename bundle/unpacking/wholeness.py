"""Whether a bundle is whole: each file's checksum against the list that it brings.

Who wants to know whether it is the teacher's compares the checksum of the whole file, which the teacher's page shows.
"""

import hashlib
import zipfile
from collections.abc import Callable

from bundle.unpacking.contents import NAME, TREE, Contents
from bundle.unpacking.refusal import Refused

CHUNK = 2**20
COPY_AGAIN = "copy it again, or fetch it again (curl -C - goes on where it stopped)"


def contents_in(archive: zipfile.ZipFile) -> Contents:
    """Its list."""
    return Contents.read(archive.read(NAME).decode())


def hold_to_its_list(archive: zipfile.ZipFile, contents: Contents, checked: Callable[[int], None]) -> None:
    """Read all of it.

    Args:
        checked: told of each file's size in bytes after it was read.

    Raises:
        Refused: a file is not what the list says, or is missing.
    """
    for file in contents.files:
        try:
            found = _sha256(archive, f"{TREE}{file.path}")
        except (KeyError, OSError, zipfile.BadZipFile) as error:
            raise Refused(f"This file is damaged: {file.path} cannot be read from it; {COPY_AGAIN}.") from error
        if found != file.sha256:
            raise Refused(f"This file is damaged: {file.path} is not what its list says; {COPY_AGAIN}.")
        checked(file.size)


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as content:
        while chunk := content.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
