"""Unpacks a function's archive, with links to the files that the archive before it has as well. Knows no LocalStack.

Whoever changes a function changes one of a thousand files; the others are its libraries, which need not be compiled
again either.
"""

import hashlib
import io
import os
import posixpath
import stat
import struct
import tempfile
import zlib
from contextlib import suppress
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

MODE = 0o755  # of all files and folders, as LocalStack has it
_NAME_AND_EXTRA = struct.Struct("<HH")  # lengths in a file's own header, which may be others than in the directory
_NAME_AND_EXTRA_AT, _HEADER = 26, 30
_UNREADABLE = (BadZipFile, RuntimeError, struct.error, zlib.error)  # RuntimeError: by a password, or a way unknown here


class Unpacking:
    """Unpacks archives, each with links to the files of the one before."""

    def __init__(self) -> None:
        self._before: dict[bytes, str] = {}
        self._folder: Path | None = None

    def unpack(self, archive: bytes, target: Path) -> bool:
        """Make `target` of an archive's files, whole or not at all; tells whether that is done.

        It is not where the archive cannot be read, or has links in it, which Python does not unpack as such.

        Raises:
            OSError: the folder cannot be written.
        """
        try:
            with ZipFile(io.BytesIO(archive)) as files:
                if any(stat.S_ISLNK(entry.external_attr >> 16) for entry in files.infolist()):
                    return False
                self._unpack(archive, files, target)
        except _UNREADABLE:
            return False
        return True

    def _unpack(self, archive: bytes, files: ZipFile, target: Path) -> None:
        before, now = self._before, dict[bytes, str]()
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            draft = Path(folder) / "code"
            draft.mkdir()
            for entry in files.infolist():
                content = _checksum(archive, entry)
                if not _is_linked(before.get(content), entry, draft):
                    Path(files.extract(entry, draft)).chmod(MODE)
                now[content] = f"{target}/{entry.filename}"
            if self._folder:
                _take_bytecode(self._folder, draft)
            for parent, _, _ in draft.walk():
                parent.chmod(MODE)
            draft.rename(target)
        self._before, self._folder = now, target


def _take_bytecode(before: Path, folder: Path) -> None:
    """Link what Python has compiled meanwhile, of the files that are links; of others it might look current."""
    for cache in before.rglob("__pycache__"):
        place = folder / cache.parent.relative_to(before)
        for compiled in cache.glob("*.pyc"):
            source = f"{compiled.name.partition('.')[0]}.py"
            with suppress(OSError):  # gone, or there already
                if (place / source).samefile(cache.parent / source):
                    (place / cache.name).mkdir(exist_ok=True)
                    (place / cache.name / compiled.name).hardlink_to(compiled)


def _checksum(archive: bytes, entry: ZipInfo) -> bytes:
    """Of a file as it is packed: who packs the same in the same way packs the same bytes."""
    name, extra = _NAME_AND_EXTRA.unpack_from(archive, entry.header_offset + _NAME_AND_EXTRA_AT)
    start = entry.header_offset + _HEADER + name + extra
    packed = archive[start : start + entry.compress_size]
    return hashlib.sha256(bytes([entry.compress_type]) + packed).digest()


def _is_linked(source: str | None, entry: ZipInfo, folder: Path) -> bool:
    """Put the entry into the folder as a link to the source; tells whether that could be done."""
    place = f"{folder}/{entry.filename}"
    if posixpath.normpath(place) != place:  # a folder, or a name that ZipFile has to mend
        return False
    with suppress(FileNotFoundError):
        os.unlink(place)  # named twice: the last counts, and what is written then may be another archive's
    try:
        if source:
            os.makedirs(posixpath.dirname(place), exist_ok=True)
            os.link(source, place)
    except OSError:  # that archive is gone
        return False
    return source is not None
