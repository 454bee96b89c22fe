"""Waits for saves. Decides nothing about them.

Folders are watched, never files: most editors save by renaming a new file to the old one's name, and who watches the
file watches what is gone. Each folder is watched without those below it, or an environment or node_modules would be.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
from watchfiles import Change, watch

# Kernels do not tell of saves that another machine, or the system around this one, makes in a folder. psutil gives the
# names of mount(8); 9p and drvfs are Windows's drives in WSL, the last three what virtual machines share.
_TOLD_BY_NOBODY = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "9p", "drvfs", "fuse.sshfs", "vboxsf", "prl_fs", "virtiofs")
)
_QUIET_MS = 50  # as long as nothing more is saved, so that what belongs together comes at once
_MOST_MS = 1_000  # but no longer than this
_TICK_MS = 1_000
NOTHING = frozenset[Path]()


@dataclass(frozen=True)
class Watched:
    """Where saves count.

    Attributes:
        folders: with the files in them, but not below them.
        trees: with all that lies below them; those that are not there yet are watched from when they are.
        counts: whether a file does.
    """

    folders: Sequence[Path]
    trees: Sequence[Path]
    counts: Callable[[Path], bool]

    def folders_there(self) -> frozenset[Path]:
        """All folders to be watched, as far as they exist."""
        below = (Path(folder) for tree in self.trees for folder, _, _ in _walk(tree))
        return frozenset((*filter(Path.is_dir, self.folders), *below))

    def files_there(self) -> frozenset[Path]:
        """All files that count, as far as they exist."""
        entries = (path for folder in self.folders_there() for path in folder.iterdir())
        return frozenset(path for path in entries if path.is_file() and self.counts(path))


def saves(watched: Watched) -> Iterator[frozenset[Path]]:
    """The files that were saved, made, renamed or removed since the last time; none, once a second, where none were.

    When a folder comes or goes all files are given, because some may have been saved before it was watched.

    Raises:
        KeyboardInterrupt: somebody pressed Ctrl-C.
    """
    anew = False
    while True:
        known = watched.folders_there()
        for changes in _changes(known, watched.counts):  # from here on nothing is missed
            yield frozenset(Path(path) for _, path in changes) | (watched.files_there() if anew else NOTHING)
            anew = False
            if watched.folders_there() != known:
                break
        anew = True


def _changes(folders: frozenset[Path], counts: Callable[[Path], bool]) -> Iterator[set[tuple[Change, str]]]:
    """Ends when the folders cannot be watched any more."""
    polled = True if any(map(is_remote, folders)) else None  # None: as WATCHFILES_FORCE_POLLING says, or on WSL
    for polling in (polled, True):  # where the kernel watches no more folders for this user, they are looked at
        try:
            yield from watch(
                *folders,
                watch_filter=lambda _, path: counts(Path(path)),
                debounce=_MOST_MS,
                step=_QUIET_MS,
                rust_timeout=_TICK_MS,
                yield_on_timeout=True,
                force_polling=polling,
                recursive=False,
            )
        except FileNotFoundError:  # a folder has just gone
            return
        except OSError:
            if polling:
                raise


def is_remote(folder: Path) -> bool:
    """Whether a folder lies where the kernel does not hear of all saves."""
    mounts = {part.mountpoint: part.fstype for part in psutil.disk_partitions(all=True)}
    real = folder.resolve()
    mount = next((str(path) for path in (real, *real.parents) if str(path) in mounts), "")
    return mounts.get(mount, "").lower() in _TOLD_BY_NOBODY


def _walk(tree: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    for folder, below, files in os.walk(tree):
        below[:] = [name for name in below if name not in {"__pycache__", "node_modules"} and name[0] != "."]
        yield folder, below, files
