"""The program that keeps the tables, seen from outside: which one this machine takes, and where it lies.

What the local cloud takes is in its locks, which are read as files; none of its code is.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deployer.ownership import homes_of
from workshop.finding import DoesNotHold

_LOCKS = Path("localstack/local_cloud/npm")
_CHOICE, _FREE, _AMAZONS = "LOCAL_CLOUD_TABLES", "dynoxide", "dynamodb-local"


@dataclass(frozen=True)
class TableEngine:
    """What keeps the tables.

    Attributes:
        name: with its version.
        file: its program, or the jar of one that the local cloud runs by a Java of its own.
        platform: for which it is, such as `linux-x86_64`.
    """

    name: str
    file: Path
    platform: str

    @property
    def is_a_program(self) -> bool:
        """Whether it runs by itself."""
        return self.file.suffix != ".jar"


def table_engine(root: Path, platform: str, environment: Mapping[str, str]) -> TableEngine:
    """The one that the local cloud takes: the free one where it has a lock for the platform, unless another is wanted.

    Args:
        root: the checkout.
        platform: such as `linux-x86_64`.
        environment: may ask for one, and name the local cloud's home.

    Raises:
        DoesNotHold: it asks for one that the local cloud refuses.
    """
    home = homes_of(root, environment)[-1]
    free = _lock(root, _FREE).get(platform, {})
    if _asked(environment, platform, known=bool(free)) == _FREE:
        version = free["version"]
        return TableEngine(f"{_FREE} {version}", home / _FREE / version / _FREE, platform)
    version = _lock(root, _AMAZONS)["version"]
    return TableEngine(f"DynamoDB Local {version}", home / _AMAZONS / version / "DynamoDBLocal.jar", platform)


def _asked(environment: Mapping[str, str], platform: str, *, known: bool) -> str:
    """Which one is wanted; `known` tells whether the free one has a lock for the platform."""
    asked = environment.get(_CHOICE) or (_FREE if known else _AMAZONS)
    if asked not in {_FREE, _AMAZONS}:
        raise DoesNotHold(f"{_CHOICE} is {asked!r}", f"{_FREE} or {_AMAZONS}", attempt=f"leave {_CHOICE} out")
    if asked == _FREE and not known:
        seen = f"{_CHOICE} is {_FREE}, of which none is known for {platform}"
        raise DoesNotHold(seen, _AMAZONS, attempt=f"leave {_CHOICE} out")
    return asked


def _lock(root: Path, name: str) -> dict[str, Any]:
    locked: dict[str, Any] = json.loads((root / _LOCKS / f"{name}.json").read_text())
    return locked
