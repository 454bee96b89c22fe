"""The archive that a function runs from: libraries, which stay, and the app's own code, which is put in anew."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from zipfile import ZIP_DEFLATED, ZipFile

from local_cloud.watching.app_files import is_code


@dataclass(frozen=True)
class CodePackage:
    """An archive without the app's code; it is packed once, since most of an archive is libraries."""

    libraries: bytes

    def holding(self, code: Mapping[str, bytes]) -> bytes:
        """The whole archive.

        Args:
            code: by path.
        """
        whole = io.BytesIO(self.libraries)
        with ZipFile(whole, "a", ZIP_DEFLATED) as archive:
            for name, content in code.items():
                archive.writestr(name, content)
        return whole.getvalue()


def package_of(deployed: bytes) -> CodePackage:
    """What lies beside the app's code in the archive that a function runs from."""
    libraries = io.BytesIO()
    with ZipFile(io.BytesIO(deployed)) as there, ZipFile(libraries, "w", ZIP_DEFLATED) as kept:
        for entry in there.infolist():
            if not is_code(PurePath(entry.filename)):
                kept.writestr(entry, there.read(entry))
    return CodePackage(libraries.getvalue())
