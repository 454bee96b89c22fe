"""A machine that has Python, make and what any Unix has, and nothing else: an empty home, no cache, no network.

These tests are run where only loopback exists (`make test-bundle`), and so is the bar that they start.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

# Of the tools, the Makefile and LocalStack; neither git, Node, Java, uv nor pip is among them.
PROGRAMS = (
    *(
        "awk",
        "basename",
        "bash",
        "cat",
        "chmod",
        "cksum",
        "cp",
        "cut",
        "date",
        "dirname",
        "env",
        "find",
        "grep",
        "head",
    ),
    *(
        "kill",
        "ln",
        "ls",
        "make",
        "mkdir",
        "mv",
        "ps",
        "rm",
        "sed",
        "sh",
        "sleep",
        "sort",
        "tail",
        "touch",
        "tr",
        "uname",
    ),
)
PATIENCE_S = 600


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    code: int
    said: str


@dataclass(frozen=True)
class BareMachine:
    """The machine; `folder` is where its user is."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """All that its programs are told."""
        return {"HOME": str(self.folder / "home"), "PATH": str(self.folder / "bin"), "LANG": "C.UTF-8", "OPEN": "0"}

    def run(self, *command: str, within: str = ".") -> Done:
        """Run a command to its end."""
        done = subprocess.run(
            command,
            cwd=self.folder / within,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=PATIENCE_S,
        )
        return Done(done.returncode, done.stdout)

    def killed(self, *command: str, when: Path) -> None:
        """Begin a command, and kill it and its children as soon as something is there."""
        process = subprocess.Popen(command, cwd=self.folder, env=self.environment, start_new_session=True)
        deadline = time.monotonic() + PATIENCE_S
        while not when.exists():
            assert process.poll() is None, "it has ended by itself"
            assert time.monotonic() < deadline, f"{when} never came"
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def bare_machine(folder: Path) -> BareMachine:
    """Make it in an empty folder."""
    (folder / "home").mkdir()
    (folder / "bin").mkdir()
    for name in PROGRAMS:
        found = shutil.which(name)
        assert found, name
        (folder / "bin" / name).symlink_to(found)
    python = Path(sys.executable).resolve()
    for name in ("python3", f"python3.{sys.version_info.minor}"):
        (folder / "bin" / name).symlink_to(python)
    return BareMachine(folder)
