"""Reads extensions: projects of Chalice's beside the bar, which hear its events and describe none of its tables.

An extension is a folder with `.chalice/config.json`. Beside what Chalice knows it may describe tables (`tables.json`)
and rules on the bar's bus (`rules.json`). It is deployed and removed alone. Asks nothing of AWS.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chalicelib.tables import TableShape
from deployer.chalice_project import ChaliceProject, read_chalice, source_of
from deployer.json_shape import TEXT, shape
from deployer.json_source import JsonSource
from deployer.problem import Problem
from deployer.resources.our_own import OWNER, PREFIX, US
from deployer.rules_file import rules_in
from deployer.tables_file import tables_in

CONFIG = ".chalice/config.json"
RULES, TABLES = "rules.json", "tables.json"
_OBJECTS = {"type": "object", "additionalProperties": {"type": "object"}}
_SCHEMA = {
    "type": "object",
    "required": ["version", "app_name", "tags", "lambda_functions", "stages"],
    "properties": {
        "app_name": TEXT,
        "tags": {"type": "object", "required": [OWNER], "properties": {OWNER: {"const": US}}},
        "environment_variables": {"type": "object", "additionalProperties": {"type": "string"}},
        "lambda_functions": {**_OBJECTS, "minProperties": 1},
        "stages": _OBJECTS,
    },
}
_ADVICE = (
    f'An extension\'s configuration has an app_name that begins with {PREFIX}, "tags": {{"{OWNER}": "{US}"}}, by which '
    "the deployer knows its own, lambda_functions with an entry for each function (api_handler for the routes), and "
    "stages."
)
_CONFIG = shape(_SCHEMA, "the configuration", _ADVICE)


@dataclass(frozen=True, kw_only=True)
class Extension(ChaliceProject):
    """A project beside the bar.

    Attributes:
        config_file: its configuration.
        tables: the shapes of its tables, each with the variable that holds the table's name.
        tables_file: where they are described.
        rules: its rules on the bar's bus, and their targets (rules_file.rules_in).
        rules_file: where they are described.
    """

    config_file: JsonSource
    tables: Sequence[TableShape] = ()
    tables_file: JsonSource
    rules: Sequence[Mapping[str, Any]] = ()
    rules_file: JsonSource

    @property
    def name(self) -> str:
        """The folder's, for people."""
        return self.root.name

    @property
    def table_names(self) -> Sequence[str]:
        """The names of its tables."""
        return [self.setting(one.setting) for one in self.tables]


def read_extensions(folders: Sequence[Path], stage: str, bars: Collection[str]) -> tuple[Extension, ...]:
    """The extensions in these folders.

    Args:
        folders: each with a configuration.
        stage: Chalice's.
        bars: names that are the bar's own, its tables' among them.

    Raises:
        Problem: one says what cannot be, or takes a name that was taken before; and where.
    """
    extensions = tuple(_read(folder, stage, bars) for folder in folders)
    taken: dict[str, _Claim] = {}
    for claim in (claim for one in extensions for claim in _claims(one)):
        if other := taken.get(claim.name):
            who = "this extension" if claim.extension is other.extension else "another extension"
            raise Problem(f"{claim.where}: {who} has {claim.name} already ({other.where})", "Take a name of its own.")
        taken[claim.name] = claim
    return extensions


@dataclass(frozen=True)
class _Claim:
    """A name that there can be once, and where it is told."""

    name: str
    extension: Extension
    where: str


def _claims(extension: Extension) -> Iterator[_Claim]:
    yield _Claim(f"application {extension.app}", extension, extension.config_file.at(["app_name"]))
    for index, name in enumerate(extension.table_names):
        yield _Claim(f"table {name}", extension, extension.tables_file.at([index, "setting"]))


def _read(folder: Path, stage: str, bars: Collection[str]) -> Extension:
    source = source_of(folder / CONFIG)
    config = _CONFIG.read(source)
    if not config["app_name"].startswith(PREFIX):
        raise Problem(f"{source.at(['app_name'])}: {config['app_name']} does not begin with {PREFIX}", _ADVICE)
    chalice = read_chalice(folder, stage, config, source.name)
    tables_file, rules_file = _list_in(folder / TABLES), _list_in(folder / RULES)
    tables = tables_in(tables_file)
    for index, table in enumerate(tables):
        _check_table(chalice, table, tables_file.at([index, "setting"]), bars)
    return Extension(
        **vars(chalice),
        config_file=source,
        tables=tables,
        tables_file=tables_file,
        rules=rules_in(rules_file),
        rules_file=rules_file,
    )


def _list_in(path: Path) -> JsonSource:
    """A file with a list; one that is not there holds none."""
    return source_of(path) if path.exists() else JsonSource(str(path), "[]")


def _check_table(chalice: ChaliceProject, table: TableShape, where: str, bars: Collection[str]) -> None:
    name = chalice.environment.get(table.setting)
    if name is None or not name.startswith(PREFIX):
        told = f"has no name that begins with {PREFIX}" if name else "is not among the environment variables"
        raise Problem(f"{where}: {table.setting} {told} ({chalice.config_name})", "A table's name is told there, once.")
    if name in bars:
        raise Problem(f"{where}: {name} is the bar's own", "An extension has tables of its own, and hears of the rest.")
