"""A process that forks functions: started by LocalStack, one for each interpreter, and gone when LocalStack is.

Standard input is a socket whose other end only LocalStack holds. Each message on it hands over the four files of a
function (`Handed`). Up its lifeline go two lines: its process id, and its exit code once it has ended.

When a function has ended, so has its process group. When LocalStack is gone, however it ended, the kernel closes the
socket, and all groups end. When this process is killed, Linux kills its forks, and LocalStack what they have started.
It has one thread, for only that survives a fork, and no signal handlers, for its forks would have them, too.
"""

import contextlib
import errno
import os
import select
import signal
import socket
import sys
from collections.abc import Iterable
from typing import NamedTuple, NoReturn

import local_cloud
from local_cloud.plugins.lambda_.processes.fork_server.forked_function import Handed, run
from local_cloud.plugins.lambda_.processes.fork_server.preloading import preload

CONTROL = 0
NOT_NEEDED = 70
"""The exit code of a server that has ended since it had no fork."""


class Child(NamedTuple):
    """A function that runs: its process, which leads a group of that number, and its lifeline."""

    pid: int
    lifeline: int


def main() -> None:
    """Serve until nobody has need of it. In a fork this runs the function, and ends or raises as that does."""
    forget_this_package()
    preload()
    this, idle_s = os.getpid(), float(sys.argv[1])
    os.close(_pidfd(this))  # a Linux before 5.3 cannot, and so must not begin
    run(serve(socket.socket(fileno=CONTROL), idle_s), server=this)


def forget_this_package() -> None:
    """Leave no trace of it, nor of its folder, to functions, which might have one of the same name."""
    del sys.path[0]
    os.chdir("/")
    for name in [name for name in sys.modules if name.partition(".")[0] == local_cloud.__name__]:
        del sys.modules[name]


def serve(control: socket.socket, idle_s: float) -> Handed:
    """Fork for each message, and look after the forks; without any for `idle_s`, end. Returns in forks alone."""
    children: dict[int, Child] = {}  # by the file that tells of their end
    poll = select.poll()
    poll.register(control, select.POLLIN)
    while ready := poll.poll(None if children else idle_s * 1000):
        for file, _ in ready:
            if file != control.fileno():
                poll.unregister(file)
                os.close(file)
                bury(children.pop(file))
            elif not (handed := receive(control)):
                end_all(children.values())
            elif (pid := fork()) < 0:
                refuse(handed, pid)
            elif pid:
                watched = adopt(pid, handed)
                children[watched] = Child(pid, handed.lifeline)
                poll.register(watched, select.POLLIN)
            else:
                control.detach()
                return handed
    sys.exit(NOT_NEEDED)


def receive(control: socket.socket) -> Handed | None:
    """Return what the next message hands over; nothing when LocalStack is gone."""
    message, files, _, _ = socket.recv_fds(control, 1, len(Handed._fields))
    return Handed(*files) if message else None


def fork() -> int:
    """Return the fork's process id, 0 in the fork itself; or the error's number, negative, if the machine cannot."""
    try:
        return os.fork()
    except OSError as error:
        return -(error.errno or 1)


def refuse(handed: Handed, error: int) -> None:
    """Tell of the error in place of a process id."""
    tell(handed.lifeline, error)
    for file in handed:
        os.close(file)


def adopt(pid: int, handed: Handed) -> int:
    """Tell of the new fork and return a file that tells of its end; what only the fork needs is closed."""
    with contextlib.suppress(OSError):  # it was faster to do it itself, or has ended
        os.setpgid(pid, pid)
    tell(handed.lifeline, pid)
    for file in (handed.output, handed.directory, handed.description):
        os.close(file)
    return _pidfd(pid)


def _pidfd(pid: int) -> int:
    """Give a file that can be read once the process has ended; only Linux has such, and only there are fork servers."""
    if sys.platform == "linux":
        return os.pidfd_open(pid)
    raise OSError(errno.ENOSYS, sys.platform)


def bury(child: Child) -> None:
    """End what is left of the group before its number can be another's, and tell of the exit code."""
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    end_group(child)
    _, status = os.waitpid(child.pid, 0)
    tell(child.lifeline, os.waitstatus_to_exitcode(status))
    os.close(child.lifeline)


def tell(lifeline: int, number: int) -> None:
    """Write a line, if somebody still reads it."""
    with contextlib.suppress(OSError):
        os.write(lifeline, b"%d\n" % number)


def end_group(child: Child) -> None:
    """Kill the function's process and whatever it started, if any of it still runs."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)


def end_all(children: Iterable[Child]) -> NoReturn:
    """Kill every function, and end."""
    for child in children:
        end_group(child)
    os._exit(0)


if __name__ == "__main__":
    main()
