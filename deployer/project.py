"""Reads the checkout, and the folder that stands instead of parts of it: what Chalice's configuration, workflow and
rules say, and the extensions that lie in that folder. Asks nothing of AWS.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deployer.chalice_project import ChaliceProject, read_chalice, source_of
from deployer.content_security import script_hashes
from deployer.extension import Extension, read_extensions
from deployer.fingerprint import etags_of
from deployer.json_source import JsonSource
from deployer.overlay import NO_OVERLAY, Overlay
from deployer.resources.pages import Pages
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
        page_scripts: the hashes of the scripts that stand in the pages themselves (content_security.script_hashes).
        overlay: the folder whose files stand instead of the checkout's.
        extensions: the projects that lie in it.
    """

    workflow: JsonSource
    rules: Sequence[Mapping[str, Any]]
    rules_file: JsonSource
    pages_folder: Path
    pages: Mapping[str, str] = field(default_factory=dict)
    page_scripts: Sequence[str] = ()
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
        page_scripts=script_hashes(_html_of(root / BUILT_PAGES, overlay)),
        overlay=overlay,
        extensions=read_extensions(overlay.extensions, stage, set(chalice.environment.values())),
    )


def pages_of(built: Path, overlay: Overlay) -> dict[str, str]:
    """All files of the pages, by path, with their ETags; none where none were built.

    Args:
        built: the folder that they were built in.
        overlay: may have files to lie beside them; what its editors leave there, hidden or with a tilde, does not.
    """
    own = etags_of(overlay.pages) if overlay.pages else {}
    meant = {path: tag for path, tag in own.items() if not (f"/{path}".count("/.") or path.endswith("~"))}
    pages = etags_of(built)
    return {**pages, **meant} if pages else {}


def _html_of(built: Path, overlay: Overlay) -> Iterator[str]:
    """The pages as they are uploaded: one that lies beside the built ones may stand instead of one of them."""
    uploaded = Pages("", built, pages_of(built, overlay), overlay.pages)
    return (uploaded.file(path).read_text(encoding="utf-8") for path in uploaded.etags if path.endswith(".html"))
