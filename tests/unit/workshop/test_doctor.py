"""The doctor names what is in the way of building, each with what to do about it, whatever else there is."""

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from workshop.doctor import CHECKS, Machine, has_a_table_engine, has_its_port, this_machine
from workshop.finding import DoesNotHold, Result, Verdict, each_tried
from workshop.table_engine import TableEngine, table_engine

MUCH = 8 * 2**30


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A good one, on which no bar runs."""
    return Machine(tmp_path, (3, 13), MUCH, MUCH, 1, False, engine(tmp_path, "#!/bin/sh\necho dynoxide 1.2.1\n"))


def engine(folder: Path, program: str) -> TableEngine:
    """What keeps the tables, if it is that program."""
    file = folder / "dynoxide"
    file.write_text(program)
    file.chmod(0o755)
    return TableEngine("dynoxide 1.2.1", file, "linux-x86_64")


def ailments(machine: Machine) -> list[Result]:
    return [one for one in each_tried(CHECKS, machine) if one.verdict is Verdict.FAILS]


def test_on_a_good_machine_only_the_bar_is_missing(machine: Machine) -> None:
    assert [one.title for one in ailments(machine)] == ["the local cloud runs", "the bar's pages can be opened"]


def test_everything_that_is_in_the_way_is_told_at_once_with_what_to_do(machine: Machine) -> None:
    machine.tables.file.unlink()
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


@pytest.mark.parametrize(
    ("platform", "asked", "kept_by"),
    [
        ("linux-x86_64", "", "dynoxide/1.2.1/dynoxide"),
        ("linux-x86_64", "dynamodb-local", "dynamodb-local/2.9.30/DynamoDBLocal.jar"),
        ("darwin-arm64", "", "dynamodb-local/2.9.30/DynamoDBLocal.jar"),
    ],
)
def test_what_keeps_the_tables_is_what_the_local_cloud_takes(platform: str, asked: str, kept_by: str) -> None:
    found = table_engine(ROOT, platform, {"LOCAL_CLOUD_TABLES": asked, "LOCAL_CLOUD_HOME": "/home"})
    assert found.file == Path("/home", kept_by)


def test_the_jar_of_a_java_that_the_local_cloud_brings_need_only_be_there(machine: Machine, tmp_path: Path) -> None:
    jar = tmp_path / "DynamoDBLocal.jar"
    jar.touch()
    tables = TableEngine("DynamoDB Local 2.9.30", jar, "darwin-arm64")
    assert has_a_table_engine(replace(machine, tables=tables)) == "DynamoDB Local 2.9.30"


def test_this_machine_can_be_looked_at() -> None:
    assert this_machine(ROOT, 4566).disk > 0
