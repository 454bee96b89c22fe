"""The option by which a program is told which running bar it works with; it reads nothing."""

from pathlib import Path

import click

from simulator.outputs import DEFAULT_PATH

outputs_option = click.option(
    "--outputs",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="BAR_OUTPUTS",
    default=DEFAULT_PATH,
    show_envvar=True,
    show_default=True,
    help="Where the deployer wrote down the running bar.",
)
