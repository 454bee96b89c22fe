"""What invocations leave in CloudWatch Logs and in the tail that a caller asks for."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.lambda_.processes.conftest import Functions

TALK = """
import logging, os, subprocess, sys
print("loading")
def handler(event, context):
    print("to stdout", event)
    print("to stderr", event, file=sys.stderr)
    logging.getLogger().warning("to the log %s", event)
    subprocess.run(["echo", "from a child"])
"""

CHATTER = """
import time
def handler(event, context):
    for _ in range(200):
        print(f"<{event}>")
        time.sleep(0.001)
"""

FLOOD = """
def handler(event, context):
    print("first")
    for _ in range(40):
        print("x" * 1_000_000)
    for _ in range(100_000):
        print()
    print("last")
"""

REPORT = (
    r"REPORT RequestId: [0-9a-f-]{36}\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB"
    r"\tMax Memory Used: [1-9]\d* MB"
)
INIT = r"\tInit Duration: \d+\.\d\d ms"


def test_output_stands_between_start_and_end_in_the_tail_and_in_cloudwatch(functions: Functions) -> None:
    name = functions.deploy(TALK)
    lines = functions.invoke(name, 7).log.splitlines()
    request_id = lines[0].split()[2]
    assert lines[0] == f"START RequestId: {request_id} Version: $LATEST"
    assert lines[1:4] == ["loading", "to stdout 7", "to stderr 7"]
    assert lines[4].endswith("to the log 7")
    assert lines[5:7] == ["from a child", f"END RequestId: {request_id}"]
    [logged] = functions.logged(name, reports=1).values()
    assert logged.splitlines() == lines


def test_only_a_cold_start_reports_an_init_phase(functions: Functions) -> None:
    name = functions.deploy(TALK)
    cold, warm = (functions.invoke(name).log.splitlines()[-1] for _ in range(2))
    assert re.fullmatch(REPORT + INIT, cold)
    assert re.fullmatch(REPORT, warm)


def test_simultaneous_invocations_do_not_mix_their_logs(functions: Functions) -> None:
    name = functions.deploy(CHATTER)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda number: functions.invoke(name, number), range(4)))
    for number, result in enumerate(results):
        assert set(re.findall(r"<(\d)>", result.log)) == {str(number)}
    invocations = re.findall(r"START.*?REPORT", "".join(functions.logged(name, reports=4).values()), re.DOTALL)
    assert sorted(len(set(re.findall(r"<(\d)>", text))) for text in invocations) == [1] * 4
    assert sum(text.count("<") for text in invocations) == 4 * 200


def test_of_a_flood_the_beginning_and_the_end_are_kept(functions: Functions) -> None:
    name = functions.deploy(FLOOD, Timeout=60)
    tail = functions.invoke(name).log
    assert len(tail) <= 4096
    assert "\nlast\nEND RequestId" in tail
    [logged] = functions.logged(name, reports=1).values()
    assert "first\n" in logged
    assert re.search(r"\[\d+ bytes left out\]", logged)
    assert len(logged) < 1.1 * 2**20


def test_the_log_of_a_function_that_cannot_be_loaded_says_why(functions: Functions) -> None:
    name = functions.deploy("print('before'); import no_such_module")
    functions.invoke(name)
    [logged] = functions.logged(name, reports=1).values()
    assert "before\n" in logged
    assert "[ERROR] Runtime.ImportModuleError: Unable to import module 'app'" in logged
