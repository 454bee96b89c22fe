"""A learner's workflow beside the bar's own: a state machine of its own, so that nobody else's orders meet it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deployer.overlay import WORKFLOW, Overlay
from deployer.place import Place
from deployer.project import LOCAL, read_project
from deployer.workflow import definition
from simulator.outputs import Outputs
from tests.support.recorded_calls import name_beside
from tests.support.walking import tried_in
from workshop.attempt import RunningBar
from workshop.checks.rules import fits
from workshop.learners_folder import LearnersFolder
from workshop.modules import FOLDER, Module
from workshop.running import ROOT, Cloud, stage_of
from workshop.trial import Trial

type TryIn = Callable[[LearnersFolder, Module, str | None], Trial]


@pytest.fixture(scope="session")
def cloud(bar: Outputs) -> Cloud:
    return Cloud(bar)


@pytest.fixture
def folder(tmp_path: Path) -> LearnersFolder:
    return LearnersFolder(tmp_path / FOLDER)


@pytest.fixture(scope="session")
def role(cloud: Cloud) -> str:
    """The Order Processor's."""
    machine = cloud.client("stepfunctions").describe_state_machine(stateMachineArn=cloud.outputs.order_processor_arn)
    return str(machine["roleArn"])


@pytest.fixture
def machines(cloud: Cloud) -> Iterator[list[str]]:
    """The ARNs of state machines that are gone afterwards."""
    made: list[str] = []
    yield made
    for machine in made:
        cloud.client("stepfunctions").delete_state_machine(stateMachineArn=machine)


@pytest.fixture
def try_in(cloud: Cloud, role: str, machines: list[str]) -> TryIn:
    """Tries what is in a folder; rules are those of the bar itself, of which the folder has a part."""
    place = Place("000000000000", cloud.outputs.region)
    stepfunctions, events = cloud.client("stepfunctions"), cloud.client("events")

    def beside(folder: Path) -> str:
        built = json.dumps(definition(read_project(ROOT, LOCAL, Overlay(folder)), place))
        made = stepfunctions.create_state_machine(name=name_beside(), definition=built, roleArn=role)
        machines.append(str(made["stateMachineArn"]))
        return machines[-1]

    def deploy_beside(folder: Path) -> RunningBar:
        own = cloud.outputs.order_processor_arn
        machine = beside(folder) if (folder / WORKFLOW).exists() else own
        return RunningBar(cloud.outputs, stage_of(cloud, machine), cloud.client)

    return lambda folder, module, step: tried_in(
        folder, module, step, lambda pattern, event: fits(events, pattern, event), deploy_beside
    )
