"""Commands that people are shown, run in the shell that `make shell` opens."""

import os
import subprocess
from pathlib import Path

from simulator.outputs import Outputs
from tests.integration.running_bar import CREDENTIALS

ROOT = Path(__file__).parents[2]


def answer(bar: Outputs, command: str, within_s: float = 120) -> str:
    """What a command answers in `make shell`."""
    environment = {**os.environ, **CREDENTIALS, "AWS_ENDPOINT_URL": bar.endpoint_url, "SHELL": "/bin/sh"}
    shell = [str(ROOT / "tools/shell"), "-c", command]
    ran = subprocess.run(shell, env=environment, capture_output=True, text=True, check=False, timeout=within_s)
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout
