"""The doctor names what is in the way of building, each with what to do about it, whatever else there is."""

import socket
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import get_args

import pytest
from local_cloud.dynamodb_local_archive import ensure_dynamodb_local
from local_cloud.dynoxide_program import ensure_dynoxide
from local_cloud.errors import LocalCloudError
from local_cloud.home import Home
from local_cloud.steps import Steps
from local_cloud.table_engines import VARIABLE, EngineName, chosen_engine, dynoxide_packages
from rich.console import Console

from tests.architecture.source import ROOT
from workshop.doctor import CHECKS, Machine, has_a_table_engine, has_its_port, this_machine
from workshop.finding import DoesNotHold, Result, Verdict, each_tried
from workshop.table_engine import TableEngine, table_engine

MUCH = 8 * 2**30


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A good one, on which no bar runs."""
    return Machine(tmp_path, (3, 13), MUCH, MUCH, 1, False, engine(tmp_path, "#!/bin/sh\necho dynoxide 1.2.1\n"))


def engine(folder: Path, program: str) -> Callable[[], TableEngine]:
    """What keeps the tables, if it is that program."""
    file = folder / "dynoxide"
    file.write_text(program)
    file.chmod(0o755)
    return lambda: TableEngine("dynoxide 1.2.1", file, "linux-x86_64")


def ailments(machine: Machine) -> list[Result]:
    return [one for one in each_tried(CHECKS, machine) if one.verdict is Verdict.FAILS]


def test_on_a_good_machine_only_the_bar_is_missing(machine: Machine) -> None:
    assert [one.title for one in ailments(machine)] == ["the local cloud runs", "the bar's pages can be opened"]


def test_everything_that_is_in_the_way_is_told_at_once_with_what_to_do(machine: Machine) -> None:
    machine.tables().file.unlink()
    bad = replace(machine, python=(3, 9), memory=2**20, disk=2**20, windows_drive=True)
    found = ailments(bad)
    assert len(found) == 7
    assert all(one.finding and one.finding.attempt for one in found)


def test_a_port_that_another_program_has_is_told(machine: Machine) -> None:
    with socket.socket() as another:
        another.bind(("127.0.0.1", 0))
        another.listen()
        with pytest.raises(DoesNotHold, match="another program answers"):
            has_its_port(replace(machine, port=another.getsockname()[1]))


def test_what_keeps_the_tables_is_told_where_it_runs(machine: Machine) -> None:
    assert has_a_table_engine(machine) == "dynoxide 1.2.1"


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("#!/bin/sh\nexit 3\n", "it ended with 3"),
        ("\x7fELF of another machine", "Exec format error"),
        ("#!/no/such/loader\n", "No such file or directory"),
    ],
)
def test_what_keeps_the_tables_and_does_not_run_is_told(
    program: str, why: str, machine: Machine, tmp_path: Path
) -> None:
    with pytest.raises(DoesNotHold) as finding:
        has_a_table_engine(replace(machine, tables=engine(tmp_path, program)))
    assert why in finding.value.seen
    assert finding.value.where == (str(tmp_path / "dynoxide"),)
    assert "make install" in finding.value.attempt


@pytest.mark.parametrize("platform", [*dynoxide_packages(), "darwin-arm64"])
@pytest.mark.parametrize("asked", [None, "", *get_args(EngineName.__value__), "postgres"])
def test_what_keeps_the_tables_is_what_the_local_cloud_takes(platform: str, asked: str | None, tmp_path: Path) -> None:
    environment = {"LOCAL_CLOUD_HOME": str(tmp_path)} | ({} if asked is None else {VARIABLE: asked})
    try:
        chosen = chosen_engine(environment, platform)
    except LocalCloudError:
        with pytest.raises(DoesNotHold, match=VARIABLE) as refused:
            table_engine(ROOT, platform, environment)
        assert VARIABLE in refused.value.attempt
    else:
        found = table_engine(ROOT, platform, environment).file
        found.parent.mkdir(parents=True)
        found.touch()
        assert found == there(chosen, platform, Home(tmp_path))


def there(engine: EngineName, platform: str, home: Home) -> Path:
    """Where the local cloud has one that it need not fetch."""
    steps = Steps(Console(quiet=True))
    if engine == "dynoxide":
        return ensure_dynoxide(dynoxide_packages()[platform], home.dynoxide, nobody_fetches, steps)
    return ensure_dynamodb_local(home.dynamodb_local, nobody_fetches, steps) / "DynamoDBLocal.jar"


def nobody_fetches() -> None:
    raise AssertionError


def test_a_choice_that_the_local_cloud_refuses_is_an_ailment_as_any(machine: Machine) -> None:
    refused = replace(machine, tables=partial(table_engine, ROOT, "linux-x86_64", {VARIABLE: "postgres"}))
    told = [one.finding.seen for one in ailments(refused) if one.finding]
    assert told[0] == "LOCAL_CLOUD_TABLES is 'postgres'"


def test_the_jar_of_a_java_that_the_local_cloud_brings_need_only_be_there(machine: Machine, tmp_path: Path) -> None:
    jar = tmp_path / "DynamoDBLocal.jar"
    jar.touch()
    tables = TableEngine("DynamoDB Local 2.9.30", jar, "darwin-arm64")
    assert has_a_table_engine(replace(machine, tables=lambda: tables)) == "DynamoDB Local 2.9.30"


def test_this_machine_can_be_looked_at() -> None:
    assert this_machine(ROOT, 4566).disk > 0
