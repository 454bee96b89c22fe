"""The learner's folder: what they build, copies of what was there before, and how far they are.

Nothing here is written over without a copy, and nothing leaves the machine. It knows files, and not what they say.
"""

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HISTORY, _PROGRESS = ".history", ".progress.json"
_MISSING = "missing"  # names the files of a copy that were not there


class NothingToUndo(Exception):
    """No copy is left."""


@dataclass(frozen=True)
class LearnersFolder:
    """A folder such as `my-bar`."""

    root: Path

    def read(self, name: str) -> str | None:
        """A file's text; None where there is none."""
        path = self.root / name
        return path.read_text(encoding="utf-8") if path.is_file() else None

    def put(self, files: Mapping[str, str | None]) -> list[str]:
        """Write files, with a copy of what was there; gives the names of those that changed.

        Args:
            files: texts by their paths in the folder; None takes a file away.
        """
        changed = self.differing(files)
        if changed:
            self._keep(changed)
        for name in changed:
            self._set(name, files[name])
        return changed

    def differing(self, files: Mapping[str, str | None]) -> list[str]:
        """The names of those that `put` would change."""
        return sorted(name for name, text in files.items() if self.read(name) != text)

    def add(self, files: Mapping[str, str]) -> None:
        """Write files that are not there yet; nothing is written over, so there is nothing to undo.

        Args:
            files: texts by their paths in the folder.
        """
        for name, text in files.items():
            if self.read(name) is None:
                self._write(name, text)

    @property
    def can_undo(self) -> bool:
        """Whether a copy of what `put` wrote over is left."""
        return bool(self._copies())

    def undo(self) -> list[str]:
        """Bring back what the last `put` wrote over, and take away what it made; gives the names.

        What was done since is no longer in place, but lies beside the copies.

        Raises:
            NothingToUndo: there was none, or all of it was undone.
        """
        copies = self._copies()
        if not copies:
            raise NothingToUndo
        last = copies[-1]
        missing: list[str] = json.loads((last / _MISSING).read_text())
        paths = [path.relative_to(last / "files") for path in (last / "files").rglob("*") if path.is_file()]
        before = {str(path): (last / "files" / path).read_text(encoding="utf-8") for path in paths}
        files: dict[str, str | None] = {**dict.fromkeys(missing), **before}
        self._copy(files, last.with_suffix(".undone"))
        for name, text in files.items():
            self._set(name, text)
        shutil.rmtree(last)
        return sorted(files)

    def progress(self) -> dict[str, Any]:
        """What is known of the learner's way so far; empty at its beginning, or where somebody spoilt the file."""
        try:
            found = json.loads((self.root / _PROGRESS).read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def note(self, progress: Mapping[str, Any]) -> None:
        """Write down how far the learner is; who reads meanwhile reads the old or the new, whole."""
        unfinished = self.root / f"{_PROGRESS}.new"
        self.root.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(json.dumps(progress, indent=2) + "\n", encoding="utf-8")
        unfinished.replace(self.root / _PROGRESS)

    def _keep(self, names: Iterable[str]) -> None:
        history = self.root / _HISTORY
        number = max((int(path.name.partition(".")[0]) for path in history.glob("[0-9]*")), default=0) + 1
        self._copy(names, history / f"{number:04}")

    def _copy(self, names: Iterable[str], to: Path) -> None:
        """Copy what there is of the files; whoever looks meanwhile sees no copy, or a whole one."""
        names = sorted(names)
        unfinished = to.with_name(f"{to.name}.new")
        shutil.rmtree(unfinished, ignore_errors=True)
        (unfinished / "files").mkdir(parents=True)
        there = {name: text for name in names if (text := self.read(name)) is not None}
        for name, text in there.items():
            copy = unfinished / "files" / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(text, encoding="utf-8")
        (unfinished / _MISSING).write_text(json.dumps(sorted(set(names) - there.keys())))
        shutil.rmtree(to, ignore_errors=True)
        unfinished.rename(to)

    def _copies(self) -> list[Path]:
        return sorted(path for path in (self.root / _HISTORY).glob("*") if path.name.isdigit())

    def explain(self, text: str) -> None:
        """Write the folder's own README, which says where the learner is; no copy is kept of it."""
        self._write("README.md", text)

    def _set(self, name: str, text: str | None) -> None:
        if text is None:
            (self.root / name).unlink(missing_ok=True)
        else:
            self._write(name, text)

    def _write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.new")
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)
