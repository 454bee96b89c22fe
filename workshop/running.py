"""The bar that runs on this machine, and how the learner's folder comes to it: the deployer brings it there."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, cached_property, partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import boto3
import httpx

from deployer.ownership import check_own, homes_of, run_folder_of
from deployer.project import LOCAL, Project, read_project
from simulator.outputs import NotDeployed, Outputs, read_outputs
from simulator.probe.deployed_bar import deployed_bar
from simulator.probe.lost_orders import LossyBus, LostOrders
from simulator.robots.rush_report import DEFAULT_PATH as RUSH
from workshop.attempt import Attempt, RunningBar
from workshop.checks.rules import fits
from workshop.checks.stage import Stage
from workshop.finding import CannotBeTried, DoesNotHold
from workshop.game_day.game import GameDay

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

ROOT = Path(__file__).parents[1]
CHECK_LOCK = ROOT / ".local" / "check.lock"  # two at once would end each other's recordings at the bar
HEALTH = "/_localstack/health"
ANSWERS_WITHIN_S = 35  # longer than a function may take
DEPLOYS_WITHIN = timedelta(minutes=5)
CHANGES = {"+ ", "~ ", "± ", "- ", "! "}  # how the lines of a plan begin that change something
_START_IT = "make local starts the bar; your files stay as they are"
_NOT_OURS = ("AWS_PROFILE", "AWS_SESSION_TOKEN")


@dataclass(frozen=True)
class Cloud:
    """Where the bar runs."""

    outputs: Outputs

    @property
    def settings(self) -> Mapping[str, str]:
        """The environment in which the deployer reaches it, and no account of anybody's."""
        ours = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
        region = self.outputs.region
        return {
            **ours,
            "AWS_ENDPOINT_URL": self.outputs.endpoint_url,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": region,
            "AWS_REGION": region,
            "NO_COLOR": "1",
        }

    @cached_property
    def session(self) -> boto3.Session:
        """AWS as whoever runs the bar sees it."""
        return boto3.Session("test", "test", region_name=self.outputs.region)

    def client(self, service: str) -> Any:
        """A client of any service."""
        return self.session.client(service, endpoint_url=self.outputs.endpoint_url)  # type: ignore[call-overload]


def stage_of(cloud: Cloud, state_machine: str) -> Stage:
    """Where scenes are played with a state machine.

    Args:
        cloud: in which it is.
        state_machine: its ARN.
    """
    stepfunctions = cloud.client("stepfunctions")
    tables = cloud.session.resource("dynamodb", endpoint_url=cloud.outputs.endpoint_url)
    bar = deployed_bar(tables, stepfunctions, LossyBus())
    return Stage(LostOrders(bar, cloud.client("events"), cloud.outputs.event_bus_name), stepfunctions, state_machine)


def found_cloud() -> Cloud:
    """The one that this checkout's bar runs in.

    Raises:
        CannotBeTried: there is none, or it does not answer.
    """
    try:
        cloud = Cloud(read_outputs(ROOT / ".local" / "outputs.json"))
        httpx.get(f"{cloud.outputs.endpoint_url}{HEALTH}", trust_env=False, timeout=ANSWERS_WITHIN_S).raise_for_status()
    except (NotDeployed, httpx.HTTPError):
        raise CannotBeTried("the bar does not run on this machine", attempt=_START_IT) from None
    return cloud


def attempt_in(folder: Path, scenes: Sequence[str]) -> Attempt:
    """A trial of what is in a folder, with the bar that runs on this machine.

    Args:
        folder: the learner's.
        scenes: those that may be asked for.
    """
    meet, rush = partial(_meet, folder), ROOT / RUSH
    return Attempt(folder, finished, matching, partial(_deploy, folder), scenes, meet=meet, rush=rush)


def game_in(folder: Path) -> GameDay:
    """A game day at the bar that runs on this machine.

    Args:
        folder: the learner's.
    """

    def attempt() -> Attempt:
        return Attempt(folder, finished, matching, partial(_meet, folder))

    def check_own_cloud(endpoint: str) -> None:
        check_own(endpoint, run_folder_of(endpoint), homes_of(ROOT, os.environ))

    return GameDay(folder, attempt, check_own_cloud, Random())  # noqa: S311, no secrets


def matching(pattern: str, event: str) -> bool:
    """Whether EventBridge finds that a pattern fits an event.

    Raises:
        CannotBeTried: no bar runs.
        RefusedPattern: EventBridge does not take it for one.
    """
    return fits(_bus(), pattern, event)


@cache
def _bus() -> "EventBridgeClient":
    client: EventBridgeClient = found_cloud().client("events")
    return client


def _deploy(folder: Path) -> RunningBar:
    """Deploy what changed.

    Raises:
        CannotBeTried: no bar runs.
        DoesNotHold: it does not take what is in the folder.
    """
    _Deployer(found_cloud(), folder).up()
    return _meet(folder)


def _meet(folder: Path) -> RunningBar:
    """The bar that runs, as it is.

    Raises:
        CannotBeTried: none does.
    """
    cloud = found_cloud()
    stage = stage_of(cloud, cloud.outputs.order_processor_arn)
    return RunningBar(cloud.outputs, stage, cloud.client, _Deployer(cloud, folder if cloud.outputs.made_with else None))


@dataclass(frozen=True)
class _Deployer:
    """The deployer in a process of its own, with a learner's folder or without one."""

    cloud: Cloud
    folder: Path | None

    def planned(self) -> list[str]:
        """What it would change, a line each without the reasons.

        Raises:
            DoesNotHold: it does not take what is in the folder.
        """
        lines = self._run("plan").splitlines()
        return [line[2:].partition("  ")[0] for line in lines if line[:2] in CHANGES]

    def up(self) -> None:
        """Deploy what changed.

        Raises:
            DoesNotHold: it does not take what is in the folder.
        """
        self._run("up")

    def _run(self, verb: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "deployer", verb, *(["--with", str(self.folder)] if self.folder else [])],
            cwd=ROOT,
            env=self.cloud.settings,
            capture_output=True,
            text=True,
            check=False,
            timeout=DEPLOYS_WITHIN.total_seconds(),
        )
        if done.returncode:
            raise _refused(done.stderr)
        return done.stdout


def _refused(told: str) -> DoesNotHold:
    """What the deployer said: what is wrong in its first line, what to do about it in the others."""
    what, _, advice = told.strip().partition("\n")
    return DoesNotHold(what, "the bar takes what is in your folder", attempt=" ".join(advice.split()) or _START_IT)


@cache
def finished() -> Project:
    """The bar that stands behind the learner's."""
    return read_project(ROOT, LOCAL)
