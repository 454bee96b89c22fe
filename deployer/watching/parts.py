"""Which part of the bar a file belongs to, and which kinds of resources that part decides. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from local_cloud.watching.app_files import is_code, is_deployed, trees

from deployer.overlay import PAGES, RULES, WORKFLOW, Overlay
from deployer.project import RULES_FILE, WORKFLOW_FILE
from deployer.resources.asynchronous_calls import AsynchronousCalls
from deployer.resources.event_bus import EventBus
from deployer.resources.function_permission import FunctionPermission
from deployer.resources.log_policy import LogPolicy
from deployer.resources.pages import Pages
from deployer.resources.queue import Queue
from deployer.resources.resource import Resource
from deployer.resources.role import Role
from deployer.resources.rule import Rule
from deployer.resources.schedule import Schedule
from deployer.resources.state_machine import StateMachine

PAGE_SOURCES = Path("frontend") / "src"
PAGES_BUILT = Path(".local") / "pages-built"  # touched when the pages that were saved are built


class Part(StrEnum):
    """What is put in together."""

    WORKFLOW = "workflow"
    RULES = "rules"
    CODE = "code"
    PAGE_SOURCES = "what the pages are built from"
    PAGES = "pages"


KINDS: Mapping[Part, frozenset[type[Resource]]] = {
    # The role may call what the workflow calls, and no more; the sweep sleeps while it claims no orders.
    Part.WORKFLOW: frozenset((Role, Schedule, StateMachine)),
    # Each rule has its say in what may be written, invoked, started and sent to the dead letters.
    Part.RULES: frozenset((AsynchronousCalls, EventBus, FunctionPermission, LogPolicy, Queue, Role, Rule)),
    Part.PAGES: frozenset((Pages,)),
}
DESCRIBED = frozenset((Pages, Rule, StateMachine))  # of these the files speak themselves


@dataclass(frozen=True)
class Layout:
    """Where the bar's files are.

    Attributes:
        root: the checkout.
        overlay: the folder whose files stand instead.
        apps: the folders of Chalice's projects, of which the checkout is one.
    """

    root: Path
    overlay: Overlay
    apps: Sequence[Path]

    @property
    def workflow(self) -> Path:
        """The Order Processor's definition."""
        return self.overlay.workflow or self.root / WORKFLOW_FILE

    @property
    def rules(self) -> Path:
        """The bus's rules."""
        return self.overlay.rules or self.root / RULES_FILE

    @property
    def folders(self) -> list[Path]:
        """Folders whose files count, but nothing below them."""
        own = [self.overlay.folder] if self.overlay.folder else []
        return [*self.apps, (self.root / WORKFLOW_FILE).parent, (self.root / PAGES_BUILT).parent, *own]

    @property
    def trees(self) -> list[Path]:
        """Folders of which all that lies below counts."""
        own = [self.overlay.folder / PAGES] if self.overlay.folder else []
        return [self.root / PAGE_SOURCES, *own, *(tree for app in self.apps for tree in trees(app))]

    def part_of(self, path: Path) -> Part | None:
        """What a file belongs to; None where it counts for nothing, also since another stands instead of it."""
        own = self.overlay.folder
        if own and path in {own / WORKFLOW, own / RULES}:  # also when it goes, and makes way again
            return Part.WORKFLOW if path == own / WORKFLOW else Part.RULES
        parts = {
            self.workflow: Part.WORKFLOW,
            self.rules: Part.RULES,
            self.root / PAGES_BUILT: Part.PAGES,
        }
        if path in parts:
            return parts[path]
        if path.is_relative_to(self.root / PAGE_SOURCES):
            return Part.PAGE_SOURCES
        if own and path.is_relative_to(own / PAGES):
            return Part.PAGES
        return Part.CODE if any(_is_code(path, app) for app in self.apps) else None


def _is_code(path: Path, app: Path) -> bool:
    if not path.is_relative_to(app) or path == app:
        return False
    return is_code(path.relative_to(app)) or is_deployed(path.relative_to(app))
