"""Whether what would be deployed differs from what is: hashes of all that decides it."""

import hashlib
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from deployer.compression import stored

# What enters the Lambda package or says how functions are made (chalice/deploy/packager.py, chalice/config.py).
_FILES = ("app.py", "requirements.txt", ".chalice/config.json")
_PATTERNS = ("chalicelib/**/*", "vendor/**/*", ".chalice/policy*.json")


def of_code(root: Path) -> str:
    """A hash of the project's files that a deploy depends on, the Python that runs them and Chalice's version."""
    runtime = f"python{sys.version_info.major}.{sys.version_info.minor} chalice{version('chalice')}"
    return _digest((("", runtime.encode()), *_contents(root)))


def of_deploy(code: str, environment: Mapping[str, str]) -> str:
    """A hash of all that a deploy depends on.

    Args:
        code: what `of_code` gave.
        environment: the variables that app.py reads while it is deployed.
    """
    return _digest((("", code.encode()), *((name, value.encode()) for name, value in sorted(environment.items()))))


def etags_of(folder: Path) -> dict[str, str]:
    """The files of a folder, by path, with the ETags that they will have in S3; empty where there is no folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    named = ((path.relative_to(folder).as_posix(), path.read_bytes()) for path in files)
    return {name: etag(stored(name, content)) for name, content in named}


def etag(content: bytes) -> str:
    """What S3 calls a content that is put at once and encrypted with S3's own keys: "Object" in its API reference."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def _contents(root: Path) -> Iterator[tuple[str, bytes]]:
    found = {root / name for name in _FILES} | {path for pattern in _PATTERNS for path in root.glob(pattern)}
    for path in sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts):
        yield path.relative_to(root).as_posix(), path.read_bytes()


def _digest(named: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for name, content in named:
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
