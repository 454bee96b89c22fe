"""A tree of processes ends, whether it wants to or not."""

import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest
from local_cloud.process_tree import end_tree, listening_addresses, resident_bytes, tree_of

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
    assert resident_bytes(tree_of(root)) > 0
    end_tree(root, patience_s=0.2)
    assert not root.is_running()
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE


def test_a_process_that_is_gone_has_no_tree_no_memory_and_no_ports() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        gone = psutil.Process(process.pid)
    assert tree_of(gone) == []
    assert resident_bytes([gone]) == 0
    assert listening_addresses([gone]) == set()
    end_tree(gone, patience_s=0.1)
