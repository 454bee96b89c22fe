"""The README's commands that look into the running bar, run as they stand there."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from simulator.outputs import Outputs
from tests.integration.running_bar import CREDENTIALS

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"<!-- run: look-inside -->\n```sh\n(.*?)```", re.DOTALL)
COMMANDS = [line for block in BLOCK.findall((ROOT / "README.md").read_text()) for line in block.splitlines()]


def answer(bar: Outputs, command: str) -> str:
    """What a command answers in `make shell`."""
    environment = {**os.environ, **CREDENTIALS, "AWS_ENDPOINT_URL": bar.endpoint_url, "SHELL": "/bin/sh"}
    ran = subprocess.run(
        [ROOT / "tools/shell", "-c", command], env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_works_in_the_shell_that_it_names(bar: Outputs, command: str) -> None:
    assert answer(bar, command).startswith("{")


@pytest.mark.parametrize(
    ("command", "told"), [("chalice --version", "chalice "), ("python -m deployer plan", "nothing was changed")]
)
def test_the_other_programs_that_the_readme_names_reach_the_bar_there(bar: Outputs, command: str, told: str) -> None:
    assert told in answer(bar, command)


def test_the_readme_shows_three_commands() -> None:
    assert len(COMMANDS) == 3
