"""A network of two machines: this one, and another in a network namespace of its own, joined by a cable.

For Linux, and root. What is done in the other machine is done by a thread of this process that has entered its
namespace: sockets that it opens, and programs that it starts, are there.
https://man7.org/linux/man-pages/man7/network_namespaces.7.html
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Network:
    """Both machines.

    Attributes:
        here: this machine's address in the network.
        there: the other's.
    """

    here: str
    there: str
    thread: ThreadPoolExecutor

    def from_there[T](self, work: Callable[[], T]) -> T:
        """What comes of something that is done in the other machine."""
        return self.thread.submit(work).result()


@contextmanager
def another_network() -> Iterator[Network]:
    """The network as long as the body runs; the cable goes with the other machine, the machine with its process."""
    number = os.getpid() % 250
    here, there = f"10.213.{number}.1", f"10.213.{number}.2"
    machine = subprocess.Popen(["unshare", "--net", "cat"], stdin=subprocess.PIPE)
    try:
        _wait_until_apart(machine.pid)
        _join(f"bar{number}", here, f"phone{number}", there, machine.pid)
        with ThreadPoolExecutor(1, initializer=_enter, initargs=(machine.pid,)) as thread:
            yield Network(here, there, thread)
    finally:
        machine.kill()
        machine.communicate()


def _wait_until_apart(pid: int) -> None:
    while os.stat(f"/proc/{pid}/ns/net").st_ino == os.stat("/proc/self/ns/net").st_ino:
        os.sched_yield()


def _join(cable_here: str, here: str, cable_there: str, there: str, pid: int) -> None:
    _ip("link", "add", cable_here, "type", "veth", "peer", "name", cable_there, "netns", str(pid))
    _ip("address", "add", f"{here}/30", "dev", cable_here)
    _ip("link", "set", cable_here, "up")
    inside = ("nsenter", f"--net=/proc/{pid}/ns/net")
    _ip("link", "set", "lo", "up", before=inside)
    _ip("address", "add", f"{there}/30", "dev", cable_there, before=inside)
    _ip("link", "set", cable_there, "up", before=inside)


def _ip(*arguments: str, before: tuple[str, ...] = ()) -> None:
    subprocess.run([*before, "ip", *arguments], check=True, capture_output=True, text=True)


def _enter(pid: int) -> None:
    if sys.platform == "linux":
        with open(f"/proc/{pid}/ns/net") as namespace:
            os.setns(namespace.fileno(), os.CLONE_NEWNET)
