"""A port for whoever wants to listen a moment later, as a cloud of a test does that takes seconds to start.

The kernel's own choice (port 0) will not do: it comes from the range out of which each outgoing connection is given
its port as well, so that any program's next connection may take it away before it is listened on.
"""

from secrets import SystemRandom

from local_cloud.preconditions import port_problem

# Below what systems hand out by themselves (Linux from 32768 on, macOS and the IANA from 49152 on), above most servers.
_PORTS = range(20_000, 32_768)


def free_port() -> int:
    """Return a port of 127.0.0.1 on which nobody listens; each caller is likely to get another one."""
    random = SystemRandom()
    while port_problem(port := random.choice(_PORTS)):
        continue
    return port
