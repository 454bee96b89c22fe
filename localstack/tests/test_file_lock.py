"""Two processes do not do the same thing at the same time, and a dead one holds nobody up."""

import os
import subprocess
import sys
from pathlib import Path

from local_cloud.file_lock import exclusive_lock

HOLD = (
    "import fcntl, sys; f = open(sys.argv[1], 'a'); fcntl.flock(f, fcntl.LOCK_EX); print(flush=True); sys.stdin.read()"
)


def test_the_second_waits_and_is_told_so_and_a_killed_holder_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "new" / "lock"
    path.parent.mkdir()
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        told: list[int | None] = []

        def when_waiting() -> None:
            told.append(holder.poll())
            holder.kill()

        with exclusive_lock(path, when_waiting):
            assert told == [None]


def test_a_lock_that_nobody_holds_is_had_at_once(tmp_path: Path) -> None:
    told: list[bool] = []
    with exclusive_lock(tmp_path / "deep" / "lock", lambda: told.append(True)):
        assert not told


def test_what_a_killed_holder_has_started_keeps_the_lock_until_it_ends(tmp_path: Path) -> None:
    holder = f"""
import os, signal, subprocess, sys
from pathlib import Path
from local_cloud.file_lock import exclusive_lock
with exclusive_lock(Path({str(tmp_path / "lock")!r}), lambda: None):
    subprocess.Popen([sys.executable, "-c", "input()"], close_fds=False)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    read_end, write_end = os.pipe()
    subprocess.run([sys.executable, "-c", holder], stdin=read_end, check=False)
    os.close(read_end)
    told: list[bool] = []

    def when_waiting() -> None:
        told.append(True)
        os.close(write_end)  # the end of input, and so of the holder's child

    with exclusive_lock(tmp_path / "lock", when_waiting):
        assert told == [True]
