"""Installs what was unpacked, by the verbs that any checkout has; each of them goes on where it was killed."""

import os
import subprocess
import sys
from pathlib import Path

from bundle.unpacking.refusal import Refused

VERBS = ("setup", "install")


def set_up(folder: Path) -> None:
    """Make the environments in the folder; says itself what it does.

    Raises:
        Refused: something could not be installed.
    """
    environment = {**os.environ, "PYTHON": sys.executable}
    done = subprocess.run(["make", "--no-print-directory", "-C", folder, *VERBS], env=environment, check=False)
    if done.returncode:
        raise Refused(f"It is unpacked in {folder}, but could not be installed; see above, and run this file again.")
