"""The command line: reads options, calls one function, shows what came of it. No rule lives here."""

import json
import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from local_cloud import installation, starting, stopping
from local_cloud.client_command import run_in_place
from local_cloud.client_environment import DEFAULT_REGION
from local_cloud.cloud_process import running_ports
from local_cloud.errors import LocalCloudError
from local_cloud.home import Home
from local_cloud.kept_state import kept_state
from local_cloud.log_file import log_text
from local_cloud.status import Status, status_of
from local_cloud.steps import Steps
from local_cloud.table_engines import chosen_engine, this_platform
from local_cloud.watching.start import follow_project

NOT_RUNNING = 3  # as `systemctl status` has it

_console = Console()


class _Commands(click.Group):
    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except LocalCloudError as failure:
            click.ClickException(str(failure)).show()
            raise SystemExit(failure.exit_code) from failure


def _home(_: click.Context, __: click.Parameter, path: Path) -> Home:
    return Home(path.resolve())


_home_option = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="LOCAL_CLOUD_HOME",
    default=".local/cloud",
    show_envvar=True,
    show_default=True,
    callback=_home,
    help="Folder for all that the local cloud installs and keeps.",
)
_port_option = click.option(
    "--port",
    type=click.IntRange(1, 65535),
    envvar="LOCALSTACK_PORT",
    default=4566,
    show_envvar=True,
    show_default=True,
    help="Port of the cloud that is meant; each port has one of its own.",
)


def _of_one_cloud(command: Callable[..., None]) -> Callable[..., None]:
    return _home_option(_port_option(command))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="local-cloud")
def main() -> None:
    """LocalStack on this machine, without Docker, token or account."""


@main.command()
@_home_option
def install(home: Home) -> None:
    """Fetch all that `start` needs, so that it works without a network."""
    engine = chosen_engine(os.environ, this_platform())
    installation.install(home, engine, Steps(_console))
    _console.print(f"Installed in {home.path}", highlight=False, soft_wrap=True)


@main.command()
@_home_option
@click.argument("folder", type=click.Path(file_okay=False, exists=True, path_type=Path))
def carry(home: Home, folder: Path) -> None:
    """Fetch the free table engine's npm package into FOLDER, to be carried to a machine without a network.

    There LOCAL_CLOUD_NPM_PACKAGES names the folder that it lies in.
    """
    installation.carry_engine(folder, home, Steps(_console))


@main.command()
@_of_one_cloud
@click.option("--keep", is_flag=True, help="Go on from what this cloud held when it ran last, and keep what it holds.")
@click.option("--fresh", is_flag=True, help="The same, but what was kept is forgotten first.")
def start(home: Home, port: int, keep: bool, fresh: bool) -> None:
    """Start the cloud and wait until it answers; installs what is missing.

    Without either it begins empty, and all that it holds is gone when it stops; what was kept before stays as it is.
    """
    started = starting.start(home, port, Steps(_console), "fresh" if fresh else "kept" if keep else "none")
    how = "runs already" if started.already else "is ready"
    told = f"{started.run.endpoint_url} (process {started.pid}, tables in {started.tables})"
    _console.print(f"The local cloud {how}: {told}", highlight=False, soft_wrap=True)


@main.command()
@_of_one_cloud
def stop(home: Home, port: int) -> None:
    """Stop the cloud and wait until its processes and ports are gone."""
    stopped = stopping.stop(home.run_folder(port), Steps(_console))
    _console.print("The local cloud is stopped." if stopped else f"No local cloud runs on port {port}.")


@main.command()
@_of_one_cloud
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object (null when it does not run).")
def status(home: Home, port: int, as_json: bool) -> None:
    """Tell what runs. The exit code is 3 when the cloud does not run."""
    found = status_of(home.run_folder(port))
    if as_json:
        click.echo(json.dumps(found and asdict(found)))
    elif found:
        _console.print(_status_table(found))
    else:
        kept = kept_state(home.run_folder(port).state)
        told = f" What it held is kept: {kept}." if kept else ""
        others = ", ".join(map(str, running_ports(home)))
        elsewhere = f" On other ports: {others} (LOCALSTACK_PORT names one)." if others else ""
        _console.print(f"No local cloud runs on port {port}.{told}{elsewhere}", highlight=False, soft_wrap=True)
    if found is None:
        raise SystemExit(NOT_RUNNING)


@main.command(context_settings={"allow_interspersed_args": False})
@_of_one_cloud
@click.option("--region", default=DEFAULT_REGION, show_default=True, help="Region that the command works in.")
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def run(home: Home, port: int, region: str, command: tuple[str, ...]) -> None:
    """Run one command with the cloud as its AWS, such as `local-cloud run -- chalice deploy`.

    No profile, session or file of a real account reaches it. Its exit code is handed on; 125 says that no cloud runs,
    126 and 127 that the command cannot be executed or found.
    """
    run_in_place(command, home.run_folder(port), region)


@main.command()
@_of_one_cloud
@click.option("--stage", default="dev", show_default=True, help="Chalice's stage.")
@click.option("--region", default=DEFAULT_REGION, show_default=True, help="Region that the project is deployed to.")
@click.argument("project", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))
def watch(home: Home, port: int, stage: str, region: str, project: Path) -> None:
    """Deploy a Chalice project, and put each save into the running functions, until Ctrl-C.

    A mistake is told by file and line, and what runs stays as it was. The project's folder, and its record of real
    deployments, stay as they are. It needs Chalice in the environment that it is run from.
    """
    follow_project(project.resolve(), stage, home.run_folder(port), region, Steps(_console).say)


@main.command()
@_of_one_cloud
@click.option("-f", "--follow", is_flag=True, help="Go on with what is added, until Ctrl-C.")
def logs(home: Home, port: int, follow: bool) -> None:
    """Print LocalStack's log."""
    for text in log_text(home.run_folder(port).log, follow):
        click.echo(text, nl=False)


def _patches_line(patches: list[dict[str, Any]]) -> str:
    """`39 of 39`, or which services the others wait for."""
    waiting = sorted({patch["before"] for patch in patches if not patch["applied"]})
    applied = sum(patch["applied"] for patch in patches)
    until = f" (the others at the first call of {', '.join(waiting)})" if waiting else ""
    return f"{applied} of {len(patches)}{until}"


def _kept_line(found: Status) -> str:
    """How large and old the state is; of a cloud that keeps nothing, what an earlier one has left."""
    if found.keeps:
        return str(found.state or "nothing yet")
    before = f"; what was kept before stays as it is: {found.state}" if found.state else ""
    return f"nothing: all is forgotten when it stops{before}"


def _status_table(found: Status) -> Table:
    table = Table.grid(padding=(0, 2))
    rows = {
        "address": found.endpoint_url,
        "answers": "yes" if found.answers else "no, see the log",
        "process": f"{found.pid}, with its children {found.processes}",
        "up for": f"{found.uptime_s:.0f} s",
        "memory": f"{found.memory_bytes / 2**20:.0f} MiB",
        "tables": found.tables,
        "kept": _kept_line(found),
    }
    if found.answers:
        rows["services used"] = ", ".join(found.services) or "none yet"
        rows["patches"] = _patches_line(found.patches)
    rows["log"] = found.log
    for name, value in rows.items():
        table.add_row(name, value)
    return table
