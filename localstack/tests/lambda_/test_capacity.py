"""Cores and memory decide how many functions run where nobody has said."""

from local_cloud.plugins.lambda_.capacity import at_once_per_function, kept_processes, process_limit

GIB = 2**30


def test_more_cores_run_more_invocations_of_a_function_within_bounds() -> None:
    assert [at_once_per_function(cores) for cores in (1, 2, 4, 8, 64)] == [4, 4, 8, 16, 16]


def test_more_memory_holds_more_processes_within_bounds() -> None:
    assert [process_limit(free) for free in (0, 2 * GIB, 4 * GIB, 6 * GIB, 64 * GIB)] == [16, 16, 32, 48, 64]


def test_more_cores_keep_more_processes_up_to_the_limit() -> None:
    assert [kept_processes(cores, 48) for cores in (1, 2, 3, 8)] == [16, 32, 48, 48]
