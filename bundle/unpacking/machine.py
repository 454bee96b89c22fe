"""Whether a bundle is for the machine that it is run on."""

import os
import platform
import shutil

from bundle.unpacking.contents import Contents
from bundle.unpacking.refusal import Refused

NEEDED_PROGRAMS = {"make": "Debian, Ubuntu, WSL: sudo apt install make; macOS: xcode-select --install"}


def this_platform() -> str:
    """The name of this kind of machine, such as `linux-x86_64`."""
    machine = os.uname()
    return f"{machine.sysname.lower()}-{machine.machine}"


def hold_to_machine(contents: Contents) -> None:
    """See whether this machine is one that the bundle is for, before anything is written.

    Raises:
        Refused: it is another, or a program is missing.
    """
    here = this_platform()
    if here != contents.platform:
        raise Refused(f"This bundle is for {contents.platform}, and this machine is {here}.")
    if platform.system() == "Linux" and platform.libc_ver()[0] != "glibc":
        raise Refused("This bundle is for a Linux with glibc, such as Debian, Ubuntu or Fedora; Alpine has another.")
    for program, how in NEEDED_PROGRAMS.items():
        if not shutil.which(program):
            raise Refused(f"{program} is missing. {how}")
