"""The folder that a bundle is unpacked to: what is missing there is written, and what somebody wrote stays as it is.

A file is written under another name and renamed when it is complete, so each that is there is whole, or somebody's own.
That name is in `carried/`: elsewhere, what a kill leaves there would be one source more of what is built there.
"""

import fcntl
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bundle.unpacking.checksum import CHUNK, sha256_of
from bundle.unpacking.contents import CARRIED, NAME, TREE, Contents, File
from bundle.unpacking.refusal import Refused

LIST = f"{CARRIED}/{NAME}"
LOCK = f"{CARRIED}/.unpacking"
UNFINISHED = f"{CARRIED}/.unfinished"  # one, since nobody unpacks beside who holds the lock
_BEGINNINGS = frozenset((CARRIED, LOCK, UNFINISHED))  # what a run may leave that was killed before its list was there
GROWS = 4.0  # what is installed of the packages takes as many times their size

type Progress = Callable[[int], None]


def hold_to_place(folder: Path, contents: Contents) -> None:
    """See whether this bundle may be unpacked there: to a new or empty folder, or where it has begun before.

    Raises:
        Refused: the folder is somebody else's, or another bundle's, or there is too little room.
    """
    if _was_begun(folder):
        before = Contents.read((folder / LIST).read_text())
        if before.version != contents.version or before.files != contents.files:
            raise Refused(
                f"{folder} holds another bundle, {before.version}, and this is {contents.version}. Take another folder:"
                " --into NAME; what you built is in my-bar there, and can be copied over."
            )
        return
    if folder.exists() and (not folder.is_dir() or _holds_more_than_a_beginning(folder)):
        raise Refused(f"{folder} is there already and is not from this file: take another one, --into NAME.")
    _hold_to_room(folder, contents)


def _was_begun(folder: Path) -> bool:
    return (folder / LIST).is_file()


def _holds_more_than_a_beginning(folder: Path) -> bool:
    return any(path.relative_to(folder).as_posix() not in _BEGINNINGS for path in folder.rglob("*"))


def _hold_to_room(folder: Path, contents: Contents) -> None:
    existing = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    needed, free = contents.size * (1 + GROWS), shutil.disk_usage(existing).free
    if free < needed:
        raise Refused(f"{needed / 1e9:.1f} GB are needed in {existing}, and {free / 1e9:.1f} GB are free.")


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold the folder, which is made where it is missing.

    Raises:
        Refused: another process holds it, or it cannot be written to, whatever the body writes.
    """
    try:
        (folder / LOCK).parent.mkdir(parents=True, exist_ok=True)
        with (folder / LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
    except BlockingIOError as error:
        raise Refused(f"{folder} is being unpacked already, by another process: wait for it.") from error
    except OSError as error:
        what = f"{error.strerror}: {error.filename or folder}"
        raise Refused(f"{what}. When that is mended, or with another folder (--into NAME), run this again.") from error


def unpack(archive: zipfile.ZipFile, contents: Contents, folder: Path, done: Progress) -> list[str]:
    """Write what is missing; the paths of files that were changed since they were unpacked, and are left so.

    Args:
        done: told of each file's size in bytes after it is there.
    """
    _write(folder, LIST, lambda path: path.write_text(contents.as_json()))
    changed = []
    for file in contents.files:
        if not _stays(folder / file.path, file):
            _write(folder, file.path, partial(_extract, archive, file))
        elif not file.is_carried and not _is_as_unpacked(folder / file.path, file):
            changed.append(file.path)
        done(file.size)
    return changed


def _stays(path: Path, file: File) -> bool:
    """Whether there is nothing to write: what is to be installed must be as it was, all else is its owner's."""
    return path.is_file() and (not file.is_carried or _is_as_unpacked(path, file))


def _is_as_unpacked(path: Path, file: File) -> bool:
    if path.stat().st_size != file.size:
        return False
    with path.open("rb") as content:
        return sha256_of(content) == file.sha256


def _extract(archive: zipfile.ZipFile, file: File, to: Path) -> None:
    with archive.open(f"{TREE}{file.path}") as source, to.open("wb") as target:
        shutil.copyfileobj(source, target, CHUNK)
    to.chmod(0o755 if file.executable else 0o644)


def _write(folder: Path, path: str, write: Callable[[Path], object]) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    unfinished = folder / UNFINISHED
    try:
        write(unfinished)
        unfinished.replace(folder / path)
    finally:
        unfinished.unlink(missing_ok=True)
