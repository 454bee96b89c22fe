"""Reads the checkout, and the folder that stands instead of parts of it: what Chalice's configuration, workflow and
rules say, and the extensions that lie in that folder. Asks nothing of AWS.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deployer.chalice_project import ChaliceProject, read_chalice, source_of
from deployer.extension import Extension, read_extensions
from deployer.fingerprint import etags_of
from deployer.json_source import JsonSource
from deployer.overlay import NO_OVERLAY, PAGES, Overlay
from deployer.problem import Problem
from deployer.rules_file import rules_in

BUILT_PAGES = Path("frontend") / "dist"
WORKFLOW_FILE = Path("statemachine") / "order_processor.asl.json"
RULES_FILE = Path("statemachine") / "rules.json"
LOCAL = "local"  # the stage that a laptop's cloud is for


@dataclass(frozen=True, kw_only=True)
class Project(ChaliceProject):
    """A checkout, as far as deploying one of its stages needs it.

    Attributes:
        workflow: the Order Processor in Amazon States Language, with placeholders.
        rules: the bus's rules and targets (rules_file.rules_in).
        rules_file: where they are described.
        pages_folder: where the pages are built.
        pages: the files in it and beside them, with their ETags; empty where they were not built.
        overlay: the folder whose files stand instead of the checkout's.
        extensions: the projects that lie in it.
    """

    workflow: JsonSource
    rules: Sequence[Mapping[str, Any]]
    rules_file: JsonSource
    pages_folder: Path
    pages: Mapping[str, str] = field(default_factory=dict)
    overlay: Overlay = NO_OVERLAY
    extensions: tuple[Extension, ...] = ()

    @property
    def outputs(self) -> Path:
        """Where addresses and ids of what is deployed are written; simulator and tests look for the local stage's."""
        name = "outputs.json" if self.stage == LOCAL else f"outputs-{self.stage}.json"
        return self.root / ".local" / name

    @property
    def lock(self) -> Path:
        """Locked while a run changes the stage."""
        return self.root / ".local" / f"deployer-{self.stage}.lock"


def read_project(root: Path, stage: str, overlay: Overlay = NO_OVERLAY) -> Project:
    """Read a checkout.

    Args:
        root: its folder.
        stage: Chalice's stage.
        overlay: a folder whose files stand instead of the checkout's, and whose extensions come beside it.

    Raises:
        Problem: a file is missing or says what cannot be, or there is no such stage.
    """
    chalice = read_chalice(root, stage, source_of(root / ".chalice" / "config.json").parsed())
    rules_file = source_of(overlay.rules or root / RULES_FILE)
    return Project(
        **vars(chalice),
        workflow=source_of(overlay.workflow or root / WORKFLOW_FILE),
        rules=rules_in(rules_file),
        rules_file=rules_file,
        pages_folder=root / BUILT_PAGES,
        pages=pages_of(root / BUILT_PAGES, overlay),
        overlay=overlay,
        extensions=read_extensions(overlay.extensions, stage, set(chalice.environment.values())),
    )


def pages_of(built: Path, overlay: Overlay) -> dict[str, str]:
    """All files of the pages, by path, with their ETags; none where none were built.

    Args:
        built: the folder that they were built in.
        overlay: may have folders to lie beside theirs; what its editors leave there, hidden or with a tilde, does not.

    Raises:
        Problem: something of the overlay's would lie where the bar's own pages do.
    """
    own = etags_of(overlay.pages) if overlay.pages else {}
    meant = {path: tag for path, tag in own.items() if not (f"/{path}".count("/.") or path.endswith("~"))}
    pages = etags_of(built)
    if not pages:
        return {}
    _keep_apart(meant, {path.partition("/")[0] for path in pages}, f"{overlay.name}/{PAGES}")
    return {**pages, **meant}


def _keep_apart(own: Iterable[str], taken: Set[str], place: str) -> None:
    """A page of one's own has a folder of its own, so that none ever stands instead of a finished one by mistake."""
    for path in own:
        folder, in_a_folder, _ = path.partition("/")
        if not in_a_folder or folder in taken:
            advice = f"Put it into a folder of its own, such as {place}/mine: it lies beside theirs, never instead."
            raise Problem(f"{place}/{path} lies where the bar's own pages are", advice)
