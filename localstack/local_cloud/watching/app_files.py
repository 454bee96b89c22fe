"""A Chalice project's files, as far as they decide what its functions do."""

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePath

_CODE = "chalicelib"
# Packed apart from the code, or no code at all: what they say takes a deploy.
_DEPLOYED = ("requirements.txt",)


def is_code(path: PurePath) -> bool:
    """Whether a file of the project is what its functions run.

    Args:
        path: from the project's folder.
    """
    in_code = path.parts[0] == _CODE and "__pycache__" not in path.parts and not _is_leftover(path.name)
    return path == PurePath("app.py") or in_code


def is_deployed(path: PurePath) -> bool:
    """Whether a file of the project, its code apart, decides what is deployed."""
    if path.parts[0] == ".chalice":
        return len(path.parts) == len((".chalice", "config.json")) and path.suffix == ".json"
    return str(path) in _DEPLOYED or (path.parts[0] == "vendor" and not _is_leftover(path.name))


def trees(project: Path) -> list[Path]:
    """The folders of which all that lies below counts."""
    return [project / _CODE, project / "vendor", project / ".chalice"]


def code_of(project: Path) -> dict[str, bytes]:
    """All code, by its path in the project."""
    found = [project / "app.py", *(project / _CODE).rglob("*")]
    named = {path.relative_to(project): path for path in sorted(found) if path.is_file()}
    return {relative.as_posix(): path.read_bytes() for relative, path in named.items() if is_code(relative)}


def deployed_of(project: Path) -> dict[str, bytes]:
    """All other files that decide what is deployed, by their paths in the project."""
    found = [project / "requirements.txt", *(path for tree in trees(project)[1:] for path in tree.rglob("*"))]
    named = {path.relative_to(project): path for path in sorted(found) if path.is_file()}
    return {relative.as_posix(): path.read_bytes() for relative, path in named.items() if is_deployed(relative)}


def digest(files: Mapping[str, bytes]) -> str:
    """A hash of these files and their names."""
    found = hashlib.sha256()
    for name, content in files.items():
        found.update(f"{name}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


def _is_leftover(name: str) -> bool:
    """Whether a file is an editor's: its backup, its lock, what it is just writing."""
    return name.startswith((".", "#")) or name.endswith(("~", ".swp", ".swx", ".tmp", ".pyc")) or name.isdigit()
