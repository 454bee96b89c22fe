"""A check that is killed, or whose terminal is closed, still puts back what it changed at the bar."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

BEGUN_IGNORING = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)"
KILLED = """
import signal, sys
from pathlib import Path
from workshop import __main__ as program

def check(*_):
    try:
        for sent in sys.argv[2:]:
            signal.raise_signal(int(sent))
    finally:
        for sent in sys.argv[2:]:
            signal.raise_signal(int(sent))
        print("put back")
    return 0

program.CHECK_LOCK = Path(sys.argv[1])
program.Lessons.check = check
program.main(["check"])
"""


def ended(program: str, lock: Path, *sent: signal.Signals) -> tuple[str, int]:
    command = [sys.executable, "-c", program, str(lock), *(str(one.value) for one in sent)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert "Traceback" not in done.stderr
    return done.stdout, done.returncode


@pytest.mark.parametrize("first", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_what_was_changed_is_put_back_whatever_is_sent_meanwhile(first: signal.Signals, tmp_path: Path) -> None:
    assert ended(KILLED, tmp_path / "lock", first, signal.SIGHUP, signal.SIGTERM, signal.SIGINT) == ("put back\n", 1)


def test_what_was_begun_to_outlive_its_window_does(tmp_path: Path) -> None:
    assert ended(f"{BEGUN_IGNORING}\n{KILLED}", tmp_path / "lock", signal.SIGHUP) == ("put back\n", 0)
