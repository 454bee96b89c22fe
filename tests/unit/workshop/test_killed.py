"""A check that is killed, or whose terminal is closed, still puts back what it changed at the bar."""

import signal
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

KILLED = """
import signal, sys
from workshop import __main__ as program

def check(*_):
    try:
        signal.raise_signal(int(sys.argv[1]))
    finally:
        print("put back")

program.Lessons.check = check
program.main(["check"])
"""


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP])
def test_what_was_changed_is_put_back(sent: signal.Signals) -> None:
    program = [sys.executable, "-c", KILLED, str(sent.value)]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout, done.returncode) == ("put back\n", 1), done.stderr
