"""What a file with an extension's tables may say: a list of tables, each named by a variable of its functions. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.tables import Key, TableShape
from deployer.json_shape import TEXT, shape
from deployer.json_source import JsonSource

_KEY = {
    "type": "object",
    "required": ["name", "type"],
    "additionalProperties": False,
    "properties": {"name": TEXT, "type": {"enum": ["S", "N"]}},
}
_TABLE = {
    "type": "object",
    "required": ["setting", "partition"],
    "additionalProperties": False,
    "properties": {"setting": TEXT, "partition": _KEY, "sort": _KEY, "expires": TEXT},
}
_ADVICE = (
    "A table has a setting, which is the environment variable with its name, a partition key and, if it likes, a sort "
    'key, each as {"name": "userId", "type": "S"}, and expires: the attribute by which rows go.'
)
_TABLES = shape({"type": "array", "items": _TABLE}, "the tables", _ADVICE, "table")


def tables_in(source: JsonSource) -> Sequence[TableShape]:
    """The tables that a file describes.

    Raises:
        Problem: it is not JSON, or no list of tables; and where.
    """
    return [_shape(one) for one in _TABLES.read(source)]


def _shape(described: Mapping[str, Any]) -> TableShape:
    sort = Key(**described["sort"]) if "sort" in described else None
    return TableShape(described["setting"], Key(**described["partition"]), sort, expires=described.get("expires"))
