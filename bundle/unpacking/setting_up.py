"""Installs what was unpacked, by the verbs that any checkout has; each of them goes on where it was killed."""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from bundle.unpacking.contents import Contents
from bundle.unpacking.refusal import Refused

NEEDED_PROGRAMS = {"make": "Debian, Ubuntu, WSL: sudo apt install make; macOS: xcode-select --install"}
VERBS = ("setup", "install")


def hold_to_machine(contents: Contents) -> None:
    """See whether this machine is one that the bundle is for, before anything is written.

    Raises:
        Refused: it is another, or a program is missing.
    """
    machine = os.uname()
    here = f"{machine.sysname.lower()}-{machine.machine}"
    if here != contents.platform:
        raise Refused(f"This bundle is for {contents.platform}, and this machine is {here}.")
    if machine.sysname == "Linux" and platform.libc_ver()[0] != "glibc":
        raise Refused("This bundle is for a Linux with glibc, such as Debian, Ubuntu or Fedora; Alpine has another.")
    for program, how in NEEDED_PROGRAMS.items():
        if not shutil.which(program):
            raise Refused(f"{program} is missing. {how}")


def set_up(folder: Path) -> None:
    """Make the environments in the folder; says itself what it does.

    Raises:
        Refused: something could not be installed.
    """
    environment = {**os.environ, "PYTHON": sys.executable}
    done = subprocess.run(["make", "--no-print-directory", "-C", folder, *VERBS], env=environment, check=False)
    if done.returncode:
        raise Refused(f"It is unpacked in {folder}, but could not be installed; see above, and run this file again.")
