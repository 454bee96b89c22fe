"""A folder whose files stand instead of the checkout's: whoever builds the bar themselves keeps theirs in one.

What lies there is deployed under the very names of the checkout's own, so pages, robots and tests need not know of it.
Projects of Chalice's in it are deployed beside the bar (extension.py), and its pages lie beside the bar's.
"""

from dataclasses import dataclass
from pathlib import Path

from deployer.problem import Problem

WORKFLOW, RULES = "workflow.asl.json", "rules.json"
PAGES = "pages"


@dataclass(frozen=True)
class Overlay:
    """Such a folder, as far as it is filled.

    Attributes:
        folder: where it is; None where nothing stands instead of the checkout's.
    """

    folder: Path | None = None

    @property
    def name(self) -> str | None:
        """The folder's name, for people."""
        return self.folder.name if self.folder else None

    @property
    def workflow(self) -> Path | None:
        """The Order Processor's definition, if there is one."""
        return self._file(WORKFLOW)

    @property
    def rules(self) -> Path | None:
        """The bus's rules, if there are any."""
        return self._file(RULES)

    @property
    def pages(self) -> Path | None:
        """The folder whose folders lie beside those of the pages, if there is one."""
        return self._file(PAGES)

    @property
    def extensions(self) -> list[Path]:
        """The folders in it that are projects of Chalice's."""
        configs = self.folder.glob("[!.]*/.chalice/config.json") if self.folder else ()
        return sorted(config.parents[1] for config in configs)

    def _file(self, name: str) -> Path | None:
        path = self.folder / name if self.folder else None
        return path if path and path.exists() else None


NO_OVERLAY = Overlay()


def overlay_of(folder: Path | None) -> Overlay:
    """The folder that somebody named; links are followed.

    Raises:
        Problem: there is no such folder.
    """
    if folder is not None and not folder.is_dir():
        raise Problem(f"there is no folder {folder}", "Give the one that your workflow and rules lie in.")
    return Overlay(folder.resolve() if folder else None)
