"""A copy of what a tool needs of this checkout, and a PATH on which only what a test puts there can be found."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
# What any Linux and macOS has, and no Python, uv or Node among it.
ORDINARY = (
    *("basename", "bash", "cat", "cksum", "cut", "dirname", "env", "find", "grep"),
    *("ln", "mkdir", "mv", "rm", "sh", "sort", "touch"),
)
WRITES_FOLDERS = 'for to; do :; done; mkdir -p "$to"'  # all that a Sphinx need do here


@dataclass(frozen=True)
class Checkout:
    """The copy, and the folder of programs that it finds."""

    root: Path
    programs: Path

    def program(self, name: str, script: str) -> None:
        """Put a program there, of a shell's words."""
        write_program(self.programs / name, script)

    def begin(self, tool: str, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """Begin to run one of the tools."""
        return subprocess.Popen(
            [self.root / "tools" / tool, *arguments],
            env={"PATH": str(self.programs), "HOME": os.environ.get("HOME", "/"), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, tool: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run one of the tools to its end."""
        with self.begin(tool, *arguments, **environment) as begun:
            try:
                told, wrong = begun.communicate(timeout=120)
            except subprocess.TimeoutExpired:
                begun.kill()
                raise
        return subprocess.CompletedProcess(begun.args, begun.returncode, told, wrong)

    def sphinx(self, script: str) -> None:
        """Have the text built by a shell's words, in an environment that is made and filled without a network."""
        programs = self.root / ".venv/bin"
        write_program(programs / "sphinx", script)
        venv = 'mkdir -p "$4/bin"; ln -s "$PWD/.venv/bin/sphinx" "$4/bin/python"'
        write_program(programs / "python", f'[ "$1" = -c ] && exec {sys.executable} "$@"\n{venv}')
        write_program(programs / "uv", "exit 0")

    def left(self) -> set[str]:
        """What lies in the copy's folder."""
        return {path.name for path in self.root.iterdir()}


def copied(to: Path, *files: str) -> Checkout:
    """Copy these files of the checkout."""
    for file in files:
        (to / "checkout" / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, to / "checkout" / file)
    programs = to / "programs"
    programs.mkdir()
    for name in ORDINARY:
        found = shutil.which(name)
        assert found, name
        (programs / name).symlink_to(found)
    return Checkout(to / "checkout", programs)


def write_program(path: Path, script: str) -> None:
    """A program of a shell's words."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
