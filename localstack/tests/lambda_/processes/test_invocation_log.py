"""The text that an invocation leaves in CloudWatch Logs."""

from local_cloud.plugins.lambda_.processes.invocation_log import Usage, invocation_log

MIB = 2**20


def test_a_cold_start_reports_its_init_phase_and_bills_it() -> None:
    usage = Usage(seconds=0.0012345, init_seconds=0.08, memory_mb=128, max_memory_used=15 * MIB + 1)
    assert invocation_log("4607", "$LATEST", ["hello\n"], usage) == (
        "START RequestId: 4607 Version: $LATEST\n"
        "hello\n"
        "END RequestId: 4607\n"
        "REPORT RequestId: 4607\tDuration: 1.23 ms\tBilled Duration: 82 ms"
        "\tMemory Size: 128 MB\tMax Memory Used: 16 MB\tInit Duration: 80.00 ms\n"
    )


def test_a_warm_start_reports_none() -> None:
    log = invocation_log("4607", "1", [], Usage(seconds=0.5, init_seconds=None, memory_mb=128, max_memory_used=MIB))
    assert "Billed Duration: 500 ms" in log
    assert "Init Duration" not in log


def test_a_last_line_without_an_end_does_not_swallow_what_follows() -> None:
    usage = Usage(seconds=0.5, init_seconds=None, memory_mb=128, max_memory_used=MIB)
    lines = invocation_log("4607", "1", ["half a li", "", "Task timed out\n\n"], usage).splitlines()
    assert lines[1:4] == ["half a li", "Task timed out", ""]
    assert lines[4] == "END RequestId: 4607"
