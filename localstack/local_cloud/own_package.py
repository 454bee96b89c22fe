"""This package as LocalStack's environment sees it: a link to its code, and the list of its plugins.

Not installed as other packages are: a build would need a backend, and an editable build leaves LocalStack's plugin
loader with a list that lies in the source folder and may be old.
"""

import json
import tomllib
from importlib.metadata import distribution
from pathlib import Path

NAME = "local-cloud"
FOLDER = Path(__file__).parent
_OF_LOCALSTACK = "localstack."  # how the names of LocalStack's groups begin; others are of no use to it
_PROJECT = FOLDER.parent / "pyproject.toml"  # missing when this package was installed from a wheel


def entry_points() -> dict[str, dict[str, str]]:
    """Return what each plugin's name in each of LocalStack's groups stands for, as `module:attribute`."""
    groups = _declared() if _PROJECT.exists() else _installed()
    return {group: plugins for group, plugins in groups.items() if group.startswith(_OF_LOCALSTACK)}


def _declared() -> dict[str, dict[str, str]]:
    groups: dict[str, dict[str, str]] = tomllib.loads(_PROJECT.read_text())["project"]["entry-points"]
    return groups


def _installed() -> dict[str, dict[str, str]]:
    groups: dict[str, dict[str, str]] = {}
    for entry_point in distribution(NAME).entry_points:
        groups.setdefault(entry_point.group, {})[entry_point.name] = entry_point.value
    return groups


def fingerprint() -> str:
    """Return a text that changes when `link_into` would make something else."""
    return json.dumps([str(FOLDER), entry_points()])


def link_into(site_packages: Path) -> None:
    """Let the environment of this site-packages folder import this package and find its plugins."""
    (site_packages / FOLDER.name).symlink_to(FOLDER)
    information = site_packages / f"{FOLDER.name}-0.dist-info"  # its code is linked, so it has no version of its own
    information.mkdir()
    (information / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {NAME}\nVersion: 0\n")
    (information / "entry_points.txt").write_text(_as_ini(entry_points()))


def _as_ini(groups: dict[str, dict[str, str]]) -> str:
    lines = []
    for group, plugins in groups.items():
        lines += [f"[{group}]", *(f"{name} = {value}" for name, value in plugins.items())]
    return "\n".join([*lines, ""])
