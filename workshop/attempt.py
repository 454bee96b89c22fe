"""What checks look at: the learner's files, and the bar that runs with them, deployed when the first check asks for it.

All scenes of an attempt are played at once, each in a shop of its own; a check then asks for the one that it is about.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from deployer.extension import Extension, read_extensions
from deployer.json_source import JsonSource
from deployer.overlay import RULES, WORKFLOW
from deployer.project import Project
from deployer.workflow import placeholders
from simulator.outputs import Outputs
from simulator.robots.rush_report import DEFAULT_PATH as RUSH
from workshop.checks.executions import Course
from workshop.checks.microservice import RunningMicroservice
from workshop.checks.rehearsal import Rehearsal
from workshop.checks.rules import RefusedPattern, Rule, rules_of
from workshop.checks.scenes import SCENES
from workshop.checks.screen import Browse, Screen, browser_of_this_machine, screen_before
from workshop.checks.stage import Seen, Stage
from workshop.checks.workflow_file import workflow_in
from workshop.finding import CannotBeTried, DoesNotHold
from workshop.microservice import Microservice

_PATTERN = (
    'each value is a list of what may be there: texts, or one of {"exists": true}, {"prefix": "..."} and the like'
)
type Matches = Callable[[str, str], bool]  # an event pattern and an event, both as JSON


class Deployer(Protocol):
    """Who brings a bar to where it runs, with what it was brought there with last."""

    def planned(self) -> list[str]:
        """What would be changed now, a line each; changes nothing."""

    def up(self) -> None:
        """Make all as it is described."""


class NobodyDeploys:
    """For a bar that is beside the deployed one: nothing of it is described."""

    def planned(self) -> list[str]:
        """Nothing."""
        return []

    def up(self) -> None:
        """Do nothing."""


@dataclass(frozen=True)
class RunningBar:
    """The bar that runs with the learner's files.

    Attributes:
        outputs: where it is.
        stage: where scenes are played.
        client: gives a client of a service of AWS's there.
        deployer: who brought it there.
    """

    outputs: Outputs
    stage: Stage
    client: Callable[[str], Any]
    deployer: Deployer = field(default_factory=NobodyDeploys)


def no_bar() -> RunningBar:
    """Where no bar can be met as it runs.

    Raises:
        CannotBeTried: always.
    """
    raise CannotBeTried("the bar does not run on this machine", attempt="make local starts the bar")


@dataclass
class Attempt:
    """One trial of what a learner built.

    Attributes:
        folder: theirs.
        finished: reads the bar that stands behind it.
        matches: whether EventBridge finds that a pattern fits an event; raises RefusedPattern.
        deploy: brings what is in the folder to the running bar; raises DoesNotHold.
        scenes: the names of those that checks may ask for.
        shop: the one in which people order.
        browse: gives the browser in which a page is opened; raises CannotBeTried.
        meet: gives the running bar as it is, and brings nothing there.
        rush: where robots write down what became of a rush.
    """

    folder: Path
    finished: Callable[[], Project]
    matches: Matches
    deploy: Callable[[], RunningBar]
    scenes: Sequence[str] = ()
    shop: str = "ABC"
    browse: Browse = browser_of_this_machine
    meet: Callable[[], RunningBar] = no_bar
    rush: Path = RUSH
    _played: dict[str, Future[Seen]] = field(default_factory=dict)
    _services: dict[Microservice, RunningMicroservice] = field(default_factory=dict)
    _opened: ExitStack = field(default_factory=ExitStack)
    _players: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(len(SCENES)))

    def source(self, name: str) -> JsonSource:
        """A file of the folder.

        Raises:
            DoesNotHold: there is none, or it is no text.
        """
        told = f"{self.folder.name}/{name}"
        try:
            return JsonSource(told, (self.folder / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise DoesNotHold(f"there is no {told}", attempt="make workshop makes it") from None
        except (UnicodeDecodeError, OSError):
            raise DoesNotHold(f"{told} is no text in UTF-8", attempt="save it as a text file, in UTF-8") from None

    @cached_property
    def workflow_source(self) -> JsonSource:
        """The file with the workflow."""
        return self.source(WORKFLOW)

    @cached_property
    def rules_source(self) -> JsonSource:
        """The file with the rules."""
        return self.source(RULES)

    @cached_property
    def rules(self) -> Sequence[Rule]:
        """The rules that the deployer would make.

        Raises:
            DoesNotHold: it would make none.
        """
        return rules_of(self.rules_source, self.finished())

    def takes(self, rule: Rule, event: Mapping[str, Any]) -> bool:
        """Whether a rule lets an event through.

        Raises:
            DoesNotHold: EventBridge refuses the rule's pattern.
        """
        try:
            return self.matches(json.dumps(rule.pattern), json.dumps(event))
        except RefusedPattern as refused:
            seen = f"EventBridge refuses the pattern of rule {rule.name}: {refused}"
            raise DoesNotHold(seen, "a pattern", [rule.at("pattern")], _PATTERN) from None

    def extension(self, of: Microservice) -> Extension:
        """A microservice, as the deployer reads it.

        Raises:
            Problem: the deployer would not take it.
        """
        finished = self.finished()
        (extension,) = read_extensions([self.folder / of.folder], finished.stage, set(finished.environment.values()))
        return extension

    @cached_property
    def rehearsal(self) -> Rehearsal:
        """All of it on its way to an account of AWS that reaches nobody."""
        return Rehearsal(self.finished().root, self.folder)

    def microservice(self, of: Microservice) -> RunningMicroservice:
        """A microservice as it runs; what its functions call is written down from now on."""
        if of not in self._services:
            bar = self.bar
            service = RunningMicroservice(of, self.extension(of), bar.outputs, bar.stage, bar.client)
            service.begin()
            self._services[of] = service
        return self._services[of]

    @cached_property
    def screen(self) -> Screen:
        """A browser before the bar.

        Raises:
            CannotBeTried: there is none on this machine.
        """
        screen = screen_before(self.bar.outputs, self.bar.stage, self.bar.client, self.browse)
        return self._opened.enter_context(screen)

    def place_of(self, name: str, text: str) -> str:
        """File and line where a text begins, or the file's first line where it is not in it."""
        source = self.source(name)
        return source.at_offset(max(source.text.find(text), 0))

    @property
    def placeholders(self) -> Sequence[str]:
        """The names that the workflow may use."""
        return placeholders(self.finished())

    @cached_property
    def workflow(self) -> Mapping[str, Any]:
        """The workflow."""
        return workflow_in(self.workflow_source)

    @cached_property
    def states(self) -> Mapping[str, Mapping[str, Any]]:
        """The workflow's states by their names."""
        states: Mapping[str, Mapping[str, Any]] = self.workflow["States"]
        return states

    @cached_property
    def bar(self) -> RunningBar:
        """The bar with the learner's files."""
        return self.deploy()

    def seen(self, scene: str) -> Seen:
        """What became of the order in a scene."""
        if not self._played:
            stage = self.bar.stage
            self._played = {name: self._players.submit(SCENES[name], stage) for name in self.scenes}
        return self._played[scene].result()

    def backstage(self, course: Course) -> str:
        """Where an execution is drawn; empty where the pages were not built."""
        page = self.bar.outputs.frontends.get("backstage")
        return f"{page}#/executions/{course.arn.rpartition(':')[2]}" if page else ""

    def at(self, state: str, *steps: str | int) -> str:
        """File and line of a state, or of something in it, and the state's name."""
        return f"{self.workflow_source.at(['States', state, *steps])}, state “{state}”"

    @contextmanager
    def clearing(self) -> Iterator[None]:
        """End afterwards what scenes have begun, and what is written down; one of them also where the other fails."""
        with ExitStack() as endings:
            endings.callback(self._end_recording)
            endings.callback(self._end_scenes)
            endings.callback(self._opened.close)
            yield

    def _end_scenes(self) -> None:
        if "bar" in vars(self):
            self.bar.stage.curtain.set()
            self._players.shutdown()
            self.bar.stage.clear()

    def _end_recording(self) -> None:
        for service in self._services.values():
            service.end()
