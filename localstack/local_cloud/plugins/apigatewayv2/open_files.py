"""Lets this process hold as many open files as it needs: a Mac allows 256 unless asked, and a socket is a file."""

import resource


def allow_open_files(wanted: int) -> int:
    """Raise this process's own limit to `wanted`, or as far as the machine lets it; return what it is now."""
    allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    if allowed != resource.RLIM_INFINITY and allowed < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]
