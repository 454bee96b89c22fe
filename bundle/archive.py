"""The one file: a program of Python's with everything in it, stored as it is (`python -m zipapp` describes the form).

The same files give the same bytes: names in order, no times, nobody's name.
"""

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from bundle.carrying import Carried
from bundle.unpacking.contents import NAME, TREE, Contents

_SHEBANG = b"#!/usr/bin/env python3\n"
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_PROGRAM = Path(__file__).parent
_START = _PROGRAM / "unpacking" / "start.py"


def write_archive(to: Path, contents: Contents, carried: Sequence[Carried], written: Callable[[int], None]) -> None:
    """Write the file, whole or not at all.

    Args:
        carried: what the contents tell of.
        written: told how many bytes more are written.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=to.parent, prefix=".unfinished-") as folder:
        unfinished = Path(folder) / to.name
        with unfinished.open("wb") as file:
            file.write(_SHEBANG)
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                _fill(archive, contents, carried, written)
        unfinished.chmod(0o755)
        unfinished.replace(to)


def _fill(
    archive: zipfile.ZipFile, contents: Contents, carried: Sequence[Carried], written: Callable[[int], None]
) -> None:
    archive.writestr(_entry("__main__.py"), _START.read_bytes())
    for module in sorted([_PROGRAM / "__init__.py", *(_PROGRAM / "unpacking").glob("*.py")]):
        archive.writestr(_entry(f"bundle/{module.relative_to(_PROGRAM).as_posix()}"), module.read_bytes())
    archive.writestr(_entry(NAME), contents.as_json())
    for one in carried:
        with one.source.open("rb") as source, archive.open(_entry(f"{TREE}{one.path}"), "w") as target:
            shutil.copyfileobj(source, target, 2**20)
        written(one.source.stat().st_size)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _NO_TIME)
    entry.create_system = 3  # Unix, wherever it is made
    entry.external_attr = 0o644 << 16
    return entry
