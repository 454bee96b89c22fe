"""Holds a bar that is followed to one folder: two that stand instead of the same files would undo each other."""

from deployer import json_file
from deployer.problem import Problem
from deployer.project import Project


class OneOverlay:
    """Knows with which folder the bar was deployed last, by what is written down of each deployment: the folder's name.

    Args:
        project: the bar with the folder that is followed.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._last = self._written_down()
        self._deployed = False

    def hold(self) -> None:
        """See that nobody has removed the bar meanwhile, or deployed it with another folder.

        Raises:
            Problem: somebody has.
        """
        if not self._project.outputs.exists():
            if self._deployed:
                raise Problem("the bar was removed meanwhile: press Ctrl-C, and watch anew if you want it back")
            return
        own, now = self._project.overlay.name, self._written_down()
        if now not in {own, self._last}:
            raise Problem(
                f"the bar was deployed {_in_words(now)} meanwhile, and this follows it {_in_words(own)}:"
                " press Ctrl-C and begin to watch anew"
            )

    def is_deployed(self) -> None:
        """Say that the bar has now been deployed with the folder that is followed."""
        self._last = self._project.overlay.name
        self._deployed = True

    def _written_down(self) -> str | None:
        name: str | None = json_file.read(self._project.outputs, {}).get("with")
        return name


def _in_words(name: str | None) -> str:
    return f"with {name}" if name else "without a folder of one's own"
