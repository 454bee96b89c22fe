"""The option by which a program is told which running bar it works with."""

import os
from pathlib import Path

import click
from click.core import ParameterSource

from simulator.outputs import DEFAULT_PATH, NotDeployed, read_outputs


def _of_the_cloud_that_is_meant(context: click.Context, parameter: click.Parameter, path: Path) -> Path:
    """See that the file that is taken where none is named tells of the cloud that the environment names.

    Raises:
        ClickException: it tells of another one, where an order would be a surprise.
    """
    meant = os.environ.get("AWS_ENDPOINT_URL", "").rstrip("/").replace("//localhost:", "//127.0.0.1:")
    if meant and context.get_parameter_source(str(parameter.name)) is ParameterSource.DEFAULT and path.exists():
        try:
            found = read_outputs(path).endpoint_url
        except NotDeployed:
            return path  # whoever reads it tells
        if found != meant:
            advice = "make local deploys one there; or leave LOCALSTACK_PORT out"
            raise click.ClickException(f"{path} tells of the bar at {found}, and not of one at {meant}: {advice}")
    return path


outputs_option = click.option(
    "--outputs",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="BAR_OUTPUTS",
    default=DEFAULT_PATH,
    show_envvar=True,
    show_default=True,
    callback=_of_the_cloud_that_is_meant,
    help="Where the deployer wrote down the running bar.",
)
