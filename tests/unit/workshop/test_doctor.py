"""The doctor names what is in the way of building, each with what to do about it, whatever else there is."""

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from workshop.doctor import CHECKS, Machine, has_its_port, this_machine
from workshop.finding import DoesNotHold, Result, Verdict, each_tried

MUCH = 8 * 2**30


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A good one, on which no bar runs."""
    return Machine(tmp_path, (3, 13), MUCH, MUCH, 1, windows_drive=False)


def ailments(machine: Machine) -> list[Result]:
    return [one for one in each_tried(CHECKS, machine) if one.verdict is Verdict.FAILS]


def test_on_a_good_machine_only_the_bar_is_missing(machine: Machine) -> None:
    assert [one.title for one in ailments(machine)] == ["the local cloud runs", "the bar's pages can be opened"]


def test_everything_that_is_in_the_way_is_told_at_once_with_what_to_do(machine: Machine) -> None:
    bad = replace(machine, python=(3, 9), memory=2**20, disk=2**20, windows_drive=True)
    found = ailments(bad)
    assert len(found) == 6
    assert all(one.finding and one.finding.attempt for one in found)


def test_a_port_that_another_program_has_is_told(machine: Machine) -> None:
    with socket.socket() as another:
        another.bind(("127.0.0.1", 0))
        another.listen()
        with pytest.raises(DoesNotHold, match="another program answers"):
            has_its_port(replace(machine, port=another.getsockname()[1]))


def test_this_machine_can_be_looked_at() -> None:
    assert this_machine(ROOT, 4566).disk > 0
