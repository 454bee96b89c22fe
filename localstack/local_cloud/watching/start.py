"""Begins to follow a project. What that needs is imported late: the launcher's other commands do without it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from local_cloud.errors import LocalCloudError
from local_cloud.file_lock import lock_if_free
from local_cloud.home import RunFolder
from local_cloud.private_folder import make_private


def follow_project(project: Path, stage: str, run: RunFolder, region: str, say: Callable[[str], None]) -> None:
    """Deploy a Chalice project, and put in what is saved until somebody presses Ctrl-C.

    Args:
        project: its folder, all links followed.
        stage: Chalice's stage.
        run: of the cloud.
        region: where in the cloud.
        say: tells the user.

    Raises:
        LocalCloudError: there is no Chalice, or no Chalice project, or somebody else follows it.
    """
    try:
        from local_cloud.watching.followed_project import FollowedProject  # noqa: PLC0415
        from local_cloud.watching.following import follow  # noqa: PLC0415
        from local_cloud.watching.saves import saves  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise LocalCloudError(f"{error}: install Chalice into this environment, `pip install chalice`.") from error
    with only_watch_of(project, run):
        followed = FollowedProject(project, stage, run, region, say)
        say(f"Watching {project} for {run.endpoint_url}: app.py, chalicelib, vendor, requirements.txt, .chalice")
        say("A save is put in at once; Ctrl-C ends it")
        follow(saves(followed.watched), followed, say)


@contextmanager
def only_watch_of(project: Path, run: RunFolder) -> Iterator[None]:
    """Be the one who puts in what is saved in a project: two of them undo each other's work.

    Args:
        project: its folder, all links followed.
        run: of the cloud.

    Raises:
        LocalCloudError: somebody else does.
    """
    make_private(run.path)
    watched = run.path / "watched"
    watched.mkdir(exist_ok=True)
    with lock_if_free(watched / sha256(str(project).encode()).hexdigest()[:16]) as is_free:
        if not is_free:
            raise LocalCloudError(
                f"{project} is watched already, and what is saved there is put in: end that watch first."
            )
        yield
