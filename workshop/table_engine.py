"""The program that keeps the tables, seen from outside: which one this machine takes, and where it lies.

What the local cloud takes is in its locks, which are read as files; none of its code is.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deployer.ownership import homes_of

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
    """
    home = homes_of(root, environment)[-1]
    free = json.loads((root / _LOCKS / f"{_FREE}.json").read_text()).get(platform)
    if free and environment.get(_CHOICE) != _AMAZONS:
        version = free["version"]
        return TableEngine(f"{_FREE} {version}", home / _FREE / version / _FREE, platform)
    version = json.loads((root / _LOCKS / f"{_AMAZONS}.json").read_text())["version"]
    return TableEngine(f"DynamoDB Local {version}", home / _AMAZONS / version / "DynamoDBLocal.jar", platform)
