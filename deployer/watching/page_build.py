"""Vite, which builds the pages anew when what they are built from is saved."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

from local_cloud.watching.mistake import mistake_at

from deployer.watching.parts import PAGE_SOURCES, PAGES_BUILT

_COMMAND = ("tools/pages", "npm", "run", "--silent", "build:on-save", "--")
_ENDS_WITHIN_S = 10


class PageBuild:
    """The pages as they are saved, in a folder of their own: what `make pages` built stays as it was built.

    Args:
        root: the checkout.
        say: tells the user what keeps a page from being built.
    """

    def __init__(self, root: Path, say: Callable[[str], None]) -> None:
        self._root, self._say = root, say
        self._vite: subprocess.Popen[str] | None = None
        self._listener: Thread | None = None
        self.built.unlink(missing_ok=True)  # of an earlier run, whose pages may be of other sources

    @property
    def folder(self) -> Path:
        """Where they are, once `built` is there."""
        return self._root / ".local" / "pages"

    @property
    def built(self) -> Path:
        """The file that is touched each time they are."""
        return self._root / PAGES_BUILT

    def begin(self) -> None:
        """Let Vite build them now and at each save, unless it does so already, or none are to be built."""
        if not (self._root / PAGE_SOURCES).is_dir():
            return
        if self._vite is None or self._vite.poll() is not None:
            shutil.rmtree(self.folder, ignore_errors=True)  # Vite itself leaves there what it built before
            self._vite = subprocess.Popen(
                [*_COMMAND, str(self.folder)],
                cwd=self._root,
                stdin=subprocess.PIPE,  # which is closed whatever ends us; then Vite ends, too
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            self._listener = Thread(target=self._listen, args=(self._vite,), daemon=True)
            self._listener.start()

    def end(self) -> None:
        """Let Vite end, and wait until it has."""
        if self._vite is None or self._vite.stdin is None or self._listener is None:
            return
        self._vite.stdin.close()
        self._listener.join(_ENDS_WITHIN_S)
        if self._listener.is_alive():
            self._vite.kill()
            self._listener.join()

    def _listen(self, vite: "subprocess.Popen[str]") -> None:
        with vite:
            for line in vite.stdout or ():
                self._take(line.strip())

    def _take(self, line: str) -> None:
        told = _read(line)
        if "built" in told:
            self.built.touch()
        elif "what" in told:
            file = told.get("file")
            what = mistake_at(Path(file), told.get("line"), told["what"]) if file else told["what"]
            self._say(f"✗ {str(what).rstrip('.')}; the pages stay as they were")
        elif line:  # npm's own words
            self._say(f"  {line}")


def _read(line: str) -> dict[str, Any]:
    """What frontend/tools/build-on-save.ts says in a line; nothing where somebody else said something."""
    try:
        told = json.loads(line)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
