"""Begins to follow a project. What that needs is imported late: the launcher's other commands do without it."""

from collections.abc import Callable
from pathlib import Path

from local_cloud.errors import LocalCloudError
from local_cloud.home import RunFolder


def follow_project(project: Path, stage: str, run: RunFolder, region: str, say: Callable[[str], None]) -> None:
    """Deploy a Chalice project, and put in what is saved until somebody presses Ctrl-C.

    Args:
        project: its folder, all links followed.
        stage: Chalice's stage.
        run: of the cloud.
        region: where in the cloud.
        say: tells the user.

    Raises:
        LocalCloudError: there is no Chalice, or no Chalice project.
    """
    try:
        from local_cloud.watching.followed_project import FollowedProject  # noqa: PLC0415
        from local_cloud.watching.following import follow  # noqa: PLC0415
        from local_cloud.watching.saves import saves  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise LocalCloudError(f"{error}: install Chalice into this environment, `pip install chalice`.") from error
    followed = FollowedProject(project, stage, run, region, say)
    say(f"Watching {project} for {run.endpoint_url}: app.py, chalicelib, vendor, requirements.txt, .chalice")
    say("A save is put in at once; Ctrl-C ends it")
    follow(saves(followed.watched), followed, say)
