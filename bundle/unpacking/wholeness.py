"""Whether a bundle is whole: each file's checksum against the list that it brings.

Who wants to know whether it is the teacher's compares the checksum of the whole file, which the teacher's page shows.
"""

import zipfile
from collections.abc import Callable

from bundle.unpacking.checksum import sha256_of
from bundle.unpacking.contents import NAME, TREE, Contents
from bundle.unpacking.refusal import Refused

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
            with archive.open(f"{TREE}{file.path}") as content:
                found = sha256_of(content)
        except (KeyError, OSError, zipfile.BadZipFile) as error:
            raise Refused(f"This file is damaged: {file.path} cannot be read from it; {COPY_AGAIN}.") from error
        if found != file.sha256:
            raise Refused(f"This file is damaged: {file.path} is not what its list says; {COPY_AGAIN}.")
        checked(file.size)
