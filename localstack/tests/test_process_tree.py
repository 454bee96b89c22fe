"""A tree of processes ends, whether it wants to or not."""

import os
import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest
from local_cloud.process_tree import asked, end_tree, listening_addresses, lives, occupied_bytes, tree_of

STUBBORN_WITH_A_CHILD = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def stubborn() -> Iterator[tuple[psutil.Process, psutil.Process]]:
    command = [sys.executable, "-c", STUBBORN_WITH_A_CHILD]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        child = psutil.Process(int(process.stdout.readline()))
        yield psutil.Process(process.pid), child
        process.kill()


def test_what_ignores_the_polite_request_is_killed_with_its_children(
    stubborn: tuple[psutil.Process, psutil.Process],
) -> None:
    root, child = stubborn
    assert {process.pid for process in tree_of(root)} == {root.pid, child.pid}
    assert occupied_bytes(tree_of(root)) > 0
    end_tree(root, patience_s=0.2)
    assert not lives(root)
    assert not lives(child)


def test_a_process_that_is_gone_has_no_tree_no_memory_and_no_ports() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        gone = psutil.Process(process.pid)
    assert tree_of(gone) == []
    assert occupied_bytes([gone]) == 0
    assert listening_addresses([gone]) == set()
    end_tree(gone, patience_s=0.1)
    assert not lives(gone)


@pytest.fixture
def zombie() -> Iterator[psutil.Process]:
    """Give a process that has ended and whose parent has not noticed."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        yield psutil.Process(process.pid)


def test_a_zombie_does_not_live_and_has_neither_memory_nor_ports(zombie: psutil.Process) -> None:
    assert zombie.is_running()
    assert not lives(zombie)
    assert occupied_bytes([zombie]) == 0
    assert listening_addresses([zombie]) == set()


@pytest.mark.parametrize("silence", [psutil.NoSuchProcess(1), psutil.ZombieProcess(1), psutil.AccessDenied(1)])
def test_a_process_that_ends_while_it_is_asked_or_may_not_be_asked_hides_no_other(silence: psutil.Error) -> None:
    def pid(process: psutil.Process) -> int:
        if process is silent:
            raise silence
        return process.pid

    this, silent = psutil.Process(), psutil.Process(os.getppid())
    assert asked([silent, this], pid) == [this.pid]


def test_what_a_zombie_had_started_is_no_reason_to_fail(zombie: psutil.Process) -> None:
    end_tree(zombie, patience_s=0.1)
    assert {process.pid for process in tree_of(zombie)} <= {zombie.pid}
