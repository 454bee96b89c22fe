"""The README's commands that look into the running bar, run as they stand there."""

import re
from pathlib import Path

import pytest

from simulator.outputs import Outputs
from tests.integration.look_inside import answer

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"<!-- run: look-inside -->\n```sh\n(.*?)```", re.DOTALL)
COMMANDS = [line for block in BLOCK.findall((ROOT / "README.md").read_text()) for line in block.splitlines()]


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
