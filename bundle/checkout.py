"""What git knows of the checkout: which files are the project's, and which version of it they are."""

import subprocess
from pathlib import Path

from deployer.problem import Problem


def project_files(root: Path) -> list[str]:
    """The paths below the checkout of all files that git keeps and that are there.

    Raises:
        Problem: it is no checkout of git's.
    """
    known = [name for name in _git(root, "ls-files", "-z").split("\0") if name]
    return [name for name in known if (root / name).is_file()]


def version(root: Path) -> str:
    """The commit, in twelve digits, and `-changed` where a file of the project is not as it was committed.

    Raises:
        Problem: it is no checkout of git's.
    """
    commit = _git(root, "rev-parse", "--short=12", "HEAD").strip()
    return f"{commit}-changed" if _git(root, "status", "--porcelain", "--untracked-files=no") else commit


def unknown_files(root: Path) -> list[str]:
    """What lies in the checkout, and git neither keeps nor ignores."""
    listed = _git(root, "ls-files", "-z", "--others", "--exclude-standard")
    return [name for name in listed.split("\0") if name]


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(["git", "-C", root, *arguments], capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise Problem("git is not on this machine", "It says which files are the project's: install it.") from error
    if done.returncode:
        raise Problem(f"git: {done.stderr.strip()}", "A bundle is made in a checkout of git's, not in an unpacked one.")
    return done.stdout
