"""Two checks at once would end each other's recordings: the second says that it waits, and does."""

import subprocess
import sys
from pathlib import Path

from deployer.lock import alone
from tests.architecture.source import ROOT

SECOND = """
import sys
from pathlib import Path
from workshop import __main__ as program

program.CHECK_LOCK = Path(sys.argv[1])
program.Lessons.check = lambda *_: print("tried") or 1
program.main(["check"])
"""


def nobody_waits() -> None:
    raise AssertionError


def test_a_check_begins_when_the_one_before_has_ended(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SECOND, str(tmp_path / "lock")]
    with alone(tmp_path / "lock", nobody_waits):
        second = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert second.stdout
        assert second.stdout.readline() == "Another check is at this bar; waiting for its end ...\n"
    told, _ = second.communicate(timeout=60)
    assert (told, second.returncode) == ("tried\n", 1)
