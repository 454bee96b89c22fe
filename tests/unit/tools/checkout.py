"""A copy of what a tool needs of this checkout, and a PATH on which only what a test puts there can be found."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
# What any Linux and macOS has, and no Python, uv or Node among it.
ORDINARY = (
    *("basename", "bash", "cat", "cksum", "cut", "dirname", "env", "find", "grep"),
    *("ln", "mkdir", "mv", "rm", "sh", "sort", "touch"),
)


@dataclass(frozen=True)
class Checkout:
    """The copy, and the folder of programs that it finds."""

    root: Path
    programs: Path

    def program(self, name: str, script: str) -> None:
        """Put a program there, of a shell's words."""
        write_program(self.programs / name, script)

    def run(self, tool: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run one of the tools."""
        return subprocess.run(
            [self.root / "tools" / tool, *arguments],
            env={"PATH": str(self.programs), "HOME": os.environ.get("HOME", "/"), **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

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
