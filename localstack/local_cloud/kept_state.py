"""What can be told of the state that a cloud keeps, without reading it."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

VARIABLE: Final = "LOCAL_CLOUD_STATE"
"""Names the folder in which a cloud keeps its state; empty, and it forgets all when it stops."""


@dataclass(frozen=True)
class KeptState:
    """How large it is, with all tables and objects, and how long ago something of it was written last."""

    size_bytes: int
    age_s: float

    def __str__(self) -> str:
        """As people read it."""
        return f"{self.size_bytes / 2**20:.1f} MiB, written {_ago(self.age_s)}"


def kept_state(folder: Path) -> KeptState | None:
    """Look at what lies in a state folder; None where nothing does."""
    found = [look for path in folder.rglob("*") if (look := _look_at(path)) is not None]
    if not found:
        return None
    return KeptState(sum(size for size, _ in found), round(max(0.0, time.time() - max(at for _, at in found)), 1))


def _look_at(path: Path) -> tuple[int, float] | None:
    """Return a file's size and when it was written; None for a folder, and for one that has gone meanwhile."""
    try:
        if not path.is_file():
            return None
        look = path.stat()
    except FileNotFoundError:
        return None
    return look.st_size, look.st_mtime


def _ago(seconds: float) -> str:
    for unit, length in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length:.0f} {unit} ago"
    return f"{seconds:.0f} s ago"
