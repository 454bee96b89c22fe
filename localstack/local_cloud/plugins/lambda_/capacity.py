"""How many function processes this machine has room for, where nobody has said. Pure: numbers in, numbers out."""

KEPT_PER_CORE = 16
"""Processes of functions, busy or not: a core has no use for more, and 16 of them take a quarter of a gigabyte."""
MEMORY_OF_A_PROCESS = 64 * 2**20
"""Bytes. A function that has imported boto3 and a framework holds half of it for itself."""
FEWEST_AT_ONCE, MOST_AT_ONCE = 4, 16
FEWEST_PROCESSES, MOST_PROCESSES = 16, 64


def at_once_per_function(cores: int) -> int:
    """Return how many invocations of one function are to run at once.

    Twice as many as there are cores, since about half of them wait for an answer. More only take each other's time:
    starting a process costs more than many an invocation.
    """
    return min(max(2 * cores, FEWEST_AT_ONCE), MOST_AT_ONCE)


def process_limit(free_memory: int) -> int:
    """Return how many processes may live, of all functions: what fits into half of the `free_memory`, in bytes."""
    return min(max(free_memory // 2 // MEMORY_OF_A_PROCESS, FEWEST_PROCESSES), MOST_PROCESSES)


def kept_processes(cores: int, limit: int) -> int:
    """Return how many of the `limit` processes are to be kept: beyond that many, those that rest go."""
    return min(KEPT_PER_CORE * cores, limit)
