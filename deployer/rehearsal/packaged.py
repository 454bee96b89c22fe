"""What `chalice package` makes of a project's stage: a template of SAM's and the package that every function gets.

It asks no account, and fetches nothing but the requirements, once.
"""

import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deployer.chalice_cli import run_chalice
from deployer.desired import chalice_environment
from deployer.rehearsal.place import PLACE
from deployer.wheelhouse import ensure_wheelhouse, offline_pip

POOL_ARN = PLACE.arn("cognito-idp", f"userpool/{PLACE.region}_one")
_CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": PLACE.region}


@dataclass(frozen=True)
class Package:
    """A stage, packaged into a folder."""

    folder: Path

    @property
    def template(self) -> dict[str, Any]:
        """SAM's template."""
        found: dict[str, Any] = json.loads((self.folder / "sam.json").read_text())
        return found

    def functions(self) -> dict[str, dict[str, Any]]:
        """Each function's properties."""
        resources = self.template["Resources"].items()
        return {name: one["Properties"] for name, one in resources if one["Type"] == "AWS::Serverless::Function"}

    @property
    def archive(self) -> Path:
        """What Lambda unpacks for each of them."""
        return self.folder / "deployment.zip"

    def unpacked_bytes(self) -> int:
        """How large that is then."""
        with zipfile.ZipFile(self.archive) as archive:
            return sum(entry.file_size for entry in archive.infolist())


def package(  # each says one thing
    root: Path, stage: str, into: Path, home: Path, say: Callable[[str], None], *, user_pool_arn: str = POOL_ARN
) -> Package:
    """Package a project without an account.

    Args:
        root: its folder; Chalice leaves a copy of the package in it.
        stage: Chalice's.
        into: the folder for what is made.
        home: where what is fetched and compiled for it is kept, as of a deploy.
        say: shown each line that Chalice prints.
        user_pool_arn: of the pool whose tokens its routes take.

    Raises:
        Problem: Chalice, or pip, could not; with what they said.
    """
    wheels = ensure_wheelhouse(root / "requirements.txt", home / "wheelhouse", say)
    variables: Mapping[str, str] = {**_CREDENTIALS, **offline_pip(wheels), **chalice_environment(user_pool_arn)}
    run_chalice(["package", "--stage", stage, str(into)], root, home, variables, say)
    return Package(into)
