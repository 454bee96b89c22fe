"""Runs one function's process, and ends its process group when the process exits or when LocalStack is gone.

A script, started by `supervised_process` as `python -I -S supervisor.py <program> <argument>...` in a session of its
own. Standard input is its lifeline, a socket whose other end only LocalStack holds: the kernel closes it however
LocalStack ends, `kill -9` included. Two lines go up the lifeline: the function's process id, then its exit code.

It must not import what it can do without (`signal`, `typing` or `threading` would each delay every cold start), nor
anything of this project: it runs without site-packages.
"""

import _thread
import os
import sys

LIFELINE = 0
SIGKILL = 9
PR_SET_PDEATHSIG = 1


def main(command: list[str]) -> None:
    """Run `command` (an absolute path and its arguments) and never return: the whole process group ends with it."""
    function = os.fork()
    if function == 0:
        become(command)
    try:
        os.write(LIFELINE, b"%d\n" % function)
        _thread.start_new_thread(end_with_localstack, ())
        _, status = os.waitpid(function, 0)
        os.write(LIFELINE, b"%d\n" % os.waitstatus_to_exitcode(status))
    finally:
        end_group()


def become(command: list[str]) -> None:
    """Turn this fork into the function's process, which has no part in the lifeline."""
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), LIFELINE)
        if sys.platform == "linux":
            end_with_supervisor()
        os.execv(command[0], command)  # noqa: S606 - its output says why if this fails
    except OSError as error:
        os.write(2, f"{command[0]}: {error.strerror}\n".encode())
    finally:
        os._exit(127)


def end_with_supervisor() -> None:
    """Have Linux kill this process when its supervisor is killed before it could do so."""
    import ctypes  # noqa: PLC0415 - 4 ms that only Linux has to pay

    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, SIGKILL)


def end_with_localstack() -> None:
    """Wait until LocalStack's end of the lifeline is closed; nothing is ever sent down to here."""
    os.read(LIFELINE, 1)
    end_group()


def end_group() -> None:
    """Kill the function's process, whatever it started, and this one."""
    os.killpg(os.getpid(), SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1:])
