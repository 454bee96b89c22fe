"""What `chalice package` makes of a stage: a template of SAM's and the package that every function gets."""

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deployer.wheelhouse import ensure_wheelhouse, offline_pip
from tests.integration.deployer.checkout import CREDENTIALS, ROOT, copy_checkout
from tests.unit.deployer.samples import POOL_ARN

CHALICE = [sys.executable, "-c", "from chalice.cli import main; raise SystemExit(main())"]


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


def package(into: Path, stage: str = "aws", user_pool_arn: str = POOL_ARN) -> Package:
    """Package a copy of this checkout without an account; requirements come from the deployer's wheels."""
    root = into / "checkout"
    root.mkdir()
    copy_checkout(root, endpoint="")
    wheels = ensure_wheelhouse(ROOT / "requirements.txt", ROOT / ".local" / "wheelhouse", lambda _: None)
    done = subprocess.run(
        [*CHALICE, "package", "--stage", stage, into / "package"],
        cwd=root,
        env={"PATH": os.environ["PATH"], **CREDENTIALS, **offline_pip(wheels), "USER_POOL_ARN": user_pool_arn},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Package(into / "package")
