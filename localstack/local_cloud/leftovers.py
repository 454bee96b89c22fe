"""What clouds that were killed have left below their run folders, and nobody will ask for again."""

from local_cloud.cloud_process import running_cloud
from local_cloud.file_lock import lock_if_free
from local_cloud.home import Home, RunFolder
from local_cloud.private_folder import make_private, remove_folder


def remove_leftovers(home: Home) -> None:
    """Remove the files of all clouds of this home that do not run; one that is being started or stopped is left alone.

    Raises:
        LocalCloudError: something cannot be removed, or a run folder is not the user's own.
    """
    for folder in home.run_folders.iterdir():
        if folder.name.isdecimal() and (run := home.run_folder(int(folder.name))).filesystem.exists():
            _remove_unless_it_runs(run)


def _remove_unless_it_runs(run: RunFolder) -> None:
    make_private(run.path)
    with lock_if_free(run.lock) as is_free:
        if is_free and running_cloud(run) is None:
            remove_folder(run.filesystem)
