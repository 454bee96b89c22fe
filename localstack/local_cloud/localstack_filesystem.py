"""The folder that LocalStack takes for the machine's root, so that it writes nowhere else.

What it computes once for a version lies in LocalStack's environment, and each cloud's root has a link to it.
"""

import os
import subprocess
from pathlib import Path

from local_cloud.errors import LocalCloudError
from local_cloud.home import RunFolder
from local_cloud.locked_environment import complaint
from local_cloud.private_folder import make_private, remove_folder

_STATIC_LIBRARIES = Path("usr/lib/localstack")  # LocalStack's name for where its image keeps such things


def filesystem_variables(root: Path) -> dict[str, str]:
    """Return what makes LocalStack use `root`.

    In a container, such as a CI job's, it would otherwise take itself for its image and write to the real root.
    """
    return {"FILESYSTEM_ROOT": str(root), "OVERRIDE_IN_DOCKER": "0"}


def index_services(python: Path) -> None:
    """Do what LocalStack's image build does, or the first request would take 4 s and 350 MB more.

    `python` is the interpreter of LocalStack's environment.

    Raises:
        LocalCloudError: LocalStack cannot do it.
    """
    root = _own_root(python)
    (root / _STATIC_LIBRARIES).mkdir(parents=True)
    result = subprocess.run(
        [python, "-I", "-m", "localstack.aws.spec"],
        env={**os.environ, **filesystem_variables(root)},
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise LocalCloudError(f"LocalStack could not index its services: {complaint(result.stderr)}")


def lay_filesystem(run: RunFolder, python: Path) -> None:
    """Make an empty root for a cloud that runs with this interpreter; what is there is removed.

    Raises:
        LocalCloudError: that cannot be done.
    """
    remove_folder(run.filesystem)
    for folder in (run.filesystem, run.temporary, run.user_home):
        make_private(folder)
    libraries = run.filesystem / _STATIC_LIBRARIES
    libraries.parent.mkdir(parents=True)
    libraries.symlink_to(_own_root(python) / _STATIC_LIBRARIES)


def _own_root(python: Path) -> Path:
    return python.parents[1] / "filesystem"
