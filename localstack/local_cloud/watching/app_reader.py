"""Loads an app again and again, each time in a fresh process, so that no module of an earlier load is left.

Python, Chalice and AWS's libraries take a second to be imported. So the processes are forks of one that has them: the
first load, in a process started from nothing, tells which they are.
"""

import multiprocessing
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path

from local_cloud.watching import outline
from local_cloud.watching.bytecode import Bytecode
from local_cloud.watching.mistake import MistakeError, mistake_at
from local_cloud.watching.outline import Failure, Outline

PATIENCE_S = 30
_NO_END = f"loading it has not ended after {PATIENCE_S} s: does something wait, or go round for ever?"
_NO_WORD = "loading it ended Python itself"


@dataclass
class AppReader:
    """Reads the app of a project.

    Attributes:
        project: its folder, all links followed.
        stage: Chalice's stage.
        environment: all variables that app.py finds, beside those that the project configures.
    """

    project: Path
    stage: str
    environment: Mapping[str, str]
    _bytecode: Bytecode = field(default_factory=Bytecode)
    _start: SpawnContext | ForkServerContext = field(default_factory=lambda: multiprocessing.get_context("spawn"))

    def read(self, code: Mapping[str, bytes]) -> Outline:
        """The outline of the app as its files are now.

        Args:
            code: all of its code, by the paths in the project.

        Raises:
            MistakeError: it cannot be compiled or loaded, and the line.
        """
        self._bytecode.compile(self.project, code)
        found = self._told()
        if isinstance(found, Failure):
            raise mistake_at(found.path, found.line, found.what)
        if isinstance(self._start, SpawnContext):
            self._start = multiprocessing.get_context("forkserver")
            self._start.set_forkserver_preload([outline.__name__, *found.libraries])
            forkserver.ensure_running()  # and not at the first save
        return found

    def _told(self) -> Outline | Failure:
        ours, theirs = self._start.Pipe(duplex=False)
        arguments = (theirs, self.project, self.stage, dict(self.environment), self._bytecode.folder)
        process = self._start.Process(target=outline.tell_outline, args=arguments, daemon=True)
        process.start()
        theirs.close()  # or its end would not be seen
        with ours:
            try:
                if not ours.poll(PATIENCE_S):
                    raise self._mistake(_NO_END)
                found: Outline | Failure = ours.recv()
            except EOFError:
                raise self._mistake(_NO_WORD) from None
            finally:
                process.kill()
                process.join()
        return found

    def _mistake(self, what: str) -> MistakeError:
        return mistake_at(self.project / "app.py", None, what)
