"""What a table looks like, as data: each store describes its own, the deployer makes it so."""

from dataclasses import dataclass
from typing import Literal

type AttributeType = Literal["S", "N"]


@dataclass(frozen=True)
class Key:
    """A key attribute and its DynamoDB type."""

    name: str
    type: AttributeType = "S"


@dataclass(frozen=True)
class Index:
    """A global secondary index that projects everything."""

    name: str
    partition: Key
    sort: Key


@dataclass(frozen=True)
class TableShape:
    """A table's keys and indexes, on demand.

    Attributes:
        setting: the field of Settings that holds the table's name.
        expires: the attribute with seconds since 1970 after which DynamoDB may delete a row (TTL).
        stream: whether each change of a row is told, with the row before and after.
    """

    setting: str
    partition: Key
    sort: Key | None = None
    indexes: tuple[Index, ...] = ()
    expires: str | None = None
    stream: bool = False
