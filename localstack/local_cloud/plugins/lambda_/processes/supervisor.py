"""Runs one function's process, and ends its process group when the process exits or when LocalStack is gone.

A script, started by `supervised_process` as `python -I -S supervisor.py <layers> <program> <argument>...` in a session
of its own; `layers` is a folder or nothing. Standard input is its lifeline, a socket whose other end only LocalStack
holds: the kernel closes it however LocalStack ends, `kill -9` included. Two lines go up the lifeline: the function's
process id, then its exit code.

It must not import what it can do without (`signal`, `typing` or `threading` would each delay every cold start), nor
anything of this project: it runs without site-packages.
"""

import _thread
import os
import sys

LIFELINE = 0
SIGKILL = 9
PR_SET_PDEATHSIG = 1
MS_RDONLY = 1
OPT = "/opt"


def main(layers: str, command: list[str]) -> None:
    """Run `command` (an absolute path and its arguments) and never return: the whole process group ends with it."""
    function = os.fork()
    if function == 0:
        become(layers, command)
    try:
        os.write(LIFELINE, b"%d\n" % function)
        _thread.start_new_thread(end_with_localstack, ())
        _, status = os.waitpid(function, 0)
        os.write(LIFELINE, b"%d\n" % os.waitstatus_to_exitcode(status))
    finally:
        end_group()


def become(layers: str, command: list[str]) -> None:
    """Turn this fork into the function's process, which has no part in the lifeline."""
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), LIFELINE)
        if sys.platform == "linux":
            if layers and can_show_below_opt(layers):
                show_below_opt(layers)
            end_with_supervisor()  # last, for Linux forgets it when a process gets a namespace
        os.execv(command[0], command)  # noqa: S606 - its output says why if this fails
    except OSError as error:
        os.write(2, f"{command[0]}: {error.strerror}\n".encode())
    finally:
        os._exit(127)


def can_show_below_opt(layers: str) -> bool:
    """Try `show_below_opt` in a process that ends at once, since half of it would leave a process without its user."""
    attempt = os.fork()
    if attempt == 0:
        try:
            show_below_opt(layers)
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitpid(attempt, 0)[1] == 0


def show_below_opt(layers: str) -> None:
    """Lay `layers` over `/opt` for this process alone, read-only.

    That takes a user namespace with nothing but this user in it, and Linux 5.11 for an overlay in one:
    https://man7.org/linux/man-pages/man7/user_namespaces.7.html, https://docs.kernel.org/filesystems/overlayfs.html.

    Raises:
        OSError: the machine forbids it.
    """
    if sys.platform != "linux":
        raise OSError("Linux alone has namespaces")
    import ctypes  # noqa: PLC0415 - see end_with_supervisor

    user, group = os.geteuid(), os.getegid()
    os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNS)
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(text)
    lower = layers.replace("\\", "\\\\").replace(":", "\\:").replace(",", "\\,")
    options = os.fsencode(f"lowerdir={lower}:{OPT}")
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"layers", os.fsencode(OPT), b"overlay", MS_RDONLY, options):
        raise OSError(ctypes.get_errno(), OPT)


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
    main(sys.argv[1], sys.argv[2:])
