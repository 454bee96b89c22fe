"""What must hold before a cloud can start, each with the one line that tells the user what to do.

Must stay readable by any Python 3, or an old one could not be told that it is too old.
"""

from __future__ import annotations

import errno
import socket

OLDEST_PYTHON = (3, 13)


def outdated_python(version: tuple[int, ...]) -> str | None:
    """Say what is wrong with a Python of this version (major, minor), or None when it will do."""
    if version >= OLDEST_PYTHON:
        return None
    return (
        f"Python {version[0]}.{version[1]} is too old for LocalStack: "
        f"install Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} and run this with it."
    )


def port_problem(port: int) -> str | None:
    """Say why this machine's loopback address cannot be listened on at `port`, or None when it can."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As a server does it: a port that the last cloud has just left is not taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            return "taken" if error.errno == errno.EADDRINUSE else str(error.strerror).lower()
    return None
