"""As many open files as the connections need that are let in at once."""

import resource
from contextlib import suppress

from gate.network.rates import Rates

AT_LEAST = 4096
EACH_CONNECTION = 2  # the room's, and what is waited for on its behalf: the one to the bar, or the file that it gets


def allow_files_for(rates: Rates) -> None:
    """Let this process have as many files open from now on as the connections need that these rates let in.

    macOS lets a program have 256 unless it asks for more.
    """
    most = max(AT_LEAST, EACH_CONNECTION * rates.connections.together)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
