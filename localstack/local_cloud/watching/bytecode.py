"""Compiles a project's Python before anybody imports it, so that a mistake is told at once and by its line.

What was compiled is kept, since a load of the whole app would spend half its time on compiling what is not new. It is
told from newer sources by their content (PEP 552): the import system's own way is time and size, and two saves within
a second may have both alike.
"""

import hashlib
import py_compile
import shutil
import sys
import tempfile
import weakref
from collections.abc import Mapping
from pathlib import Path

from local_cloud.watching.mistake import mistake_at


class Bytecode:
    """The compiled files of one project.

    Attributes:
        folder: what `sys.pycache_prefix` is to be in who imports them; gone when nobody uses them any more.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="bytecode-"))
        self._compiled: dict[Path, bytes] = {}
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)  # also at the process's end

    def compile(self, project: Path, files: Mapping[str, bytes]) -> None:
        """Compile those that were not yet.

        Args:
            project: the folder that they lie in.
            files: what is in them, by their paths in the project.

        Raises:
            MistakeError: one is no Python, and the line.
        """
        for name, content in files.items():
            path, digest = project / name, hashlib.sha256(content).digest()
            if path.suffix == ".py" and self._compiled.get(path) != digest:
                self._compile(path)
                self._compiled[path] = digest

    def _compile(self, path: Path) -> None:
        folder = self.folder / path.parent.relative_to(path.anchor)  # as importlib.util.cache_from_source has it
        target = folder / f"{path.stem}.{sys.implementation.cache_tag}.pyc"
        by_content = py_compile.PycInvalidationMode.CHECKED_HASH
        try:
            py_compile.compile(str(path), str(target), doraise=True, invalidation_mode=by_content)
        except py_compile.PyCompileError as error:
            mistake = error.exc_value
            line = mistake.lineno if isinstance(mistake, SyntaxError) else None  # else such as a null byte
            what = mistake.msg if isinstance(mistake, SyntaxError) else str(mistake)
            raise mistake_at(path, line, what) from None
        except OSError as error:  # gone since it was listed
            raise mistake_at(path, None, error.strerror or str(error)) from None
