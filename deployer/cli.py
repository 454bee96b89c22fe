"""The command line: reads options, calls the pipeline, shows what came of it. No rule lives here."""

import json
import os
import shlex
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from deployer import json_file
from deployer.aws_problems import AWS_ERRORS, explained
from deployer.consent import ask, losses
from deployer.endpoint import endpoint_in
from deployer.overlay import NO_OVERLAY, RULES, WORKFLOW, Overlay, overlay_of
from deployer.ownership import check_own, homes_of, run_folder_of
from deployer.pipeline import Pipeline
from deployer.planner import Step, to_do
from deployer.problem import Problem
from deployer.project import LOCAL
from deployer.report import Report

ROOT = Path(__file__).resolve().parents[1]  # the checkout that this deployer and its `chalicelib` are of

_stage_option = click.option("--stage", default="local", show_default=True, help="Chalice's stage.")
_outputs_option = click.option(
    "--outputs",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the outputs; .local/outputs.json unless given, of other stages .local/outputs-STAGE.json.",
)
_with_option = click.option(
    "--with",
    "overlay",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    callback=lambda _context, _option, folder: overlay_of(folder),
    help=f"Take {WORKFLOW} and {RULES} from this folder where it has them, instead of the checkout's; and deploy the "
    "projects of Chalice's in it beside the bar.",
)
_yes_option = click.option("--yes", is_flag=True, help="Do not ask.")
_anyway_option = click.option("--anyway", is_flag=True, help="Also change a local cloud that is not this checkout's.")


class _Commands(click.Group):
    """Shows problems instead of tracebacks."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except* Problem as problems:
            Report(Console(stderr=True)).problems(_all(problems))
        except* AWS_ERRORS as errors:
            Report(Console(stderr=True)).problems(explained(error) for error in _all(errors))
        sys.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Deploys Serverlesspresso to AWS, or to what AWS_ENDPOINT_URL names.

    An account of AWS is not changed before somebody has seen the plan and agreed.
    """


@main.command()
@_stage_option
@_with_option
def plan(stage: str, overlay: Overlay) -> None:
    """Print what `up` would do; change nothing."""
    pipeline = _begin("Planning", stage, overlay)
    steps = _flat(pipeline.plan())
    pipeline.report.steps(steps)
    pipeline.report.line(f"{len(to_do(steps))} of {len(steps)} would change; nothing was changed", "bold")
    pipeline.check_account()


@main.command()
@_stage_option
@_with_option
@_outputs_option
@_yes_option
@_anyway_option
@click.option("--seed", "seeding", is_flag=True, help="Open a shop and let the first people in afterwards.")
def up(stage: str, overlay: Overlay, path: Path | None, yes: bool, anyway: bool, seeding: bool) -> None:
    """Make everything as it must be."""
    pipeline = _begin_to_change("Deploying", stage, anyway, overlay)
    before = json_file.read(path or pipeline.project.outputs, {}).get("with")
    if before and before != overlay.name:
        pipeline.report.line(f"What {before} stood for is put back; its files stay: --with {before} deploys them again")
    with pipeline.alone():
        plans = pipeline.plan_up()
        _agree_to_changes(pipeline, to_do(_flat(plans)), agreed=yes)
        began = time.monotonic()
        steps = pipeline.up(plans)
        if seeding:
            pipeline.seed()
        pipeline.configure_pages(_outputs(pipeline, path))
    pipeline.report.summary(steps, time.monotonic() - began)


@main.command()
@_stage_option
@_yes_option
@_anyway_option
def down(stage: str, yes: bool, anyway: bool) -> None:
    """Remove everything that `up` made, with all that is stored in it."""
    pipeline = _begin_to_change("Removing", stage, anyway)
    with pipeline.alone():
        steps = pipeline.plan_removal()
        pipeline.report.steps(steps)
        for loss in losses(steps):
            pipeline.report.line(f"Lost for good: {loss}", "bold red")
        if steps:
            ask(f"Remove all of this from {pipeline.place}?", agreed=yes)
        pipeline.down(steps)
        pipeline.project.outputs.unlink(missing_ok=True)
    pipeline.report.line("Nothing is left", "bold")


@main.command()
@_stage_option
@_with_option
@_outputs_option
def outputs(stage: str, overlay: Overlay, path: Path | None) -> None:
    """Write and print the addresses and ids of what is deployed."""
    _outputs(_begin("Outputs of", stage, overlay), path)


@main.command()
@_stage_option
@_yes_option
@_anyway_option
@click.option("--shop", help="Open the shop under this eventId instead of the seed's.")
@click.option("--barista", "baristas", multiple=True, help="Let in this e-mail address, not the seed's people.")
def seed(stage: str, yes: bool, anyway: bool, shop: str | None, baristas: tuple[str, ...]) -> None:
    """Open a shop and let the first people in, unless they are there."""
    pipeline = _begin_to_change("Seeding", stage, anyway)
    if _is_account(pipeline):
        ask(f"Open a shop and let people in, in {pipeline.place}?", agreed=yes)
    pipeline.seed(shop, baristas)


@main.command()
@_with_option
@_anyway_option
def watch(overlay: Overlay, anyway: bool) -> None:
    """Deploy what differs to the bar on this machine, then put in each save, until Ctrl-C.

    Without --with it is the folder that the bar was deployed with last, if it was with one.
    """
    from deployer.watching import command  # noqa: PLC0415  # the other commands do without what it needs

    own = overlay if overlay.folder else command.deployed_overlay(ROOT, ROOT / ".local" / "outputs.json")
    command.watch(_begin_to_change("Following", LOCAL, anyway, own))


@main.command()
@_stage_option
def environment(stage: str) -> None:
    """Print, as shell assignments, what `chalice deploy` needs in its environment."""
    variables = Pipeline.of(ROOT, stage, Report(Console(stderr=True))).environment()
    for name, value in variables.items():
        click.echo(f"{name}={shlex.quote(value)}")


def _begin(doing: str, stage: str, overlay: Overlay = NO_OVERLAY) -> Pipeline:
    pipeline = Pipeline.of(ROOT, stage, Report(Console(highlight=False)), overlay)
    own = f" with {overlay.name}" if overlay.name else ""
    pipeline.report.line(f"{doing} {pipeline.project.app}{own}, stage {stage}: {pipeline.place}", "bold")
    return pipeline


def _begin_to_change(doing: str, stage: str, anyway: bool, overlay: Overlay = NO_OVERLAY) -> Pipeline:
    """Begin what changes something: a local cloud of somebody else's is left alone, unless it is meant."""
    endpoint = endpoint_in(os.environ) if stage == LOCAL else None
    if endpoint and not anyway:  # before it is asked anything else: it may be any program
        _check_own(endpoint)
    pipeline = _begin(doing, stage, overlay)
    if pipeline.place.endpoint not in {None, endpoint} and not anyway:  # it is the profile's
        _check_own(str(pipeline.place.endpoint))
    return pipeline


def _check_own(endpoint: str) -> None:
    check_own(endpoint, run_folder_of(endpoint), homes_of(ROOT, os.environ))


def _agree_to_changes(pipeline: Pipeline, changes: Sequence[Step], *, agreed: bool) -> None:
    if changes and _is_account(pipeline):
        pipeline.report.steps(changes)
        ask(f"Make these {len(changes)} changes in {pipeline.place}?", agreed=agreed)


def _is_account(pipeline: Pipeline) -> bool:
    """Whether AWS itself answers: changes there cost, and last."""
    return pipeline.place.endpoint is None


def _flat(plans: Mapping[str, Sequence[Step]]) -> list[Step]:
    return [step for steps in plans.values() for step in steps]


def _outputs(pipeline: Pipeline, path: Path | None) -> dict[str, Any]:
    found = pipeline.outputs()
    json_file.write(path or pipeline.project.outputs, found)
    pipeline.report.line(json.dumps(found, indent=2))
    return found


def _all[E: Exception](group: ExceptionGroup[E]) -> Iterator[E]:
    for one in group.exceptions:
        if isinstance(one, ExceptionGroup):
            yield from _all(one)
        else:
            yield one
