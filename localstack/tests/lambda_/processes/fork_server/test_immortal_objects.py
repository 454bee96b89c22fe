"""What forks use of their server's objects stays shared, and their own objects end as ever."""

import json
import os
import subprocess
import sys

import pytest
from local_cloud.plugins.lambda_.processes.fork_server import immortal_objects

USED_BY_A_FORK = """
import os, sys
from local_cloud.plugins.lambda_.processes.fork_server.immortal_objects import make_immortal

texts = [f"text {number}" for number in range(200_000)]

def own_kib():
    with open("/proc/self/smaps_rollup") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Private_Dirty"))

def used_in_fork():
    sys.stdout.flush()
    if not (fork := os.fork()):
        before = own_kib()
        held = [*texts]
        print(own_kib() - before - sys.getsizeof(held) // 1024)
        sys.stdout.flush()
        os._exit(0)
    os.waitpid(fork, 0)

used_in_fork()
make_immortal()
used_in_fork()
"""
HOW_OBJECTS_END = """
import sys, weakref
from local_cloud.plugins.lambda_.processes.fork_server.immortal_objects import make_immortal

class Kept:
    pass

kept = Kept()
make_immortal()
counts = [sys.getrefcount(one) for one in (kept, Kept)]
copies = [kept] * 10
print(counts == [sys.getrefcount(one) for one in (kept, Kept)])
new = Kept()
ends = weakref.ref(new)
del new
print(ends() is None)
"""


def printed(source: str) -> list[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run([sys.executable, "-c", source], check=True, capture_output=True, text=True, env=environment)
    return ran.stdout.split()


def test_a_fork_that_uses_immortal_objects_writes_to_none_of_their_pages() -> None:
    mortal, immortal = map(json.loads, printed(USED_BY_A_FORK))
    assert immortal < mortal / 10


def test_references_to_immortal_objects_are_not_counted_and_new_objects_end() -> None:
    assert printed(HOW_OBJECTS_END) == ["True", "True"]


@pytest.mark.parametrize("known", [((3, 0), (3, 11)), ((4, 0), (4, 1))])
def test_a_python_that_is_not_known_is_left_alone(monkeypatch: pytest.MonkeyPatch, known: tuple[object, ...]) -> None:
    monkeypatch.setattr(immortal_objects, "KNOWN", known)
    assert not immortal_objects.is_known()
