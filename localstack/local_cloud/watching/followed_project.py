"""A Chalice project on a local cloud, deployed as it is and followed as it is saved."""

import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from shutil import copyfile

from botocore.exceptions import ClientError

from local_cloud import chalice_deployment
from local_cloud.chalice_deployment import ChaliceDeployment
from local_cloud.home import RunFolder
from local_cloud.private_folder import make_private
from local_cloud.testing import Cloud
from local_cloud.watching.app_code import AppCode
from local_cloud.watching.app_files import is_code, is_deployed, trees
from local_cloud.watching.app_reader import AppReader
from local_cloud.watching.mistake import shown
from local_cloud.watching.presence import is_ready
from local_cloud.watching.saves import Watched


class FollowedProject:
    """Somebody's project.

    Args:
        project: its folder, all links followed.
        stage: Chalice's stage.
        run: of the cloud that it is deployed to, which need not run yet.
        region: where in the cloud.
        say: tells the user.

    Raises:
        LocalCloudError: there is no Chalice project.
    """

    def __init__(self, project: Path, stage: str, run: RunFolder, region: str, say: Callable[[str], None]) -> None:
        chalice_deployment.configuration_of(project)
        self._project, self._stage, self._run, self._say = project, stage, run, say
        self._cloud = Cloud(run.endpoint_url, 0, run.log, region)
        reader = AppReader(project, stage, self._cloud.environment(os.environ))
        self._code = AppCode(
            reader, lambda: self._cloud.client("lambda"), lambda: self._cloud.client("s3"), self._deploy
        )

    @property
    def watched(self) -> Watched:
        """Where its files are."""
        return Watched([self._project], trees(self._project), self._counts)

    def answers(self) -> bool:
        """Whether the cloud is there."""
        return is_ready(self._run.endpoint_url)

    def catch_up(self) -> None:
        """Deploy it."""
        began = time.monotonic()
        self._code.deploy()
        self._say(f"✓ deployed ({time.monotonic() - began:.1f} s)")

    def put(self, saved: frozenset[Path]) -> None:
        """Put in what differs."""
        began = time.monotonic()
        done = self._code.put() or "says what runs already"
        self._say(f"✓ {named(saved)}: {done} ({time.monotonic() - began:.1f} s)")

    def _counts(self, path: Path) -> bool:
        relative = path.relative_to(self._project)
        return is_code(relative) or is_deployed(relative)

    def _deploy(self) -> None:
        stand_in = self._run.path / "watched" / f"{sha256(bytes(self._project)).hexdigest()[:12]}-{self._stage}"
        make_private(self._run.path)
        stand_in.mkdir(parents=True, exist_ok=True)
        self._adopt(stand_in)
        self._say(f"Deploying {shown(self._project)}, stage {self._stage} ...")
        deployment = chalice_deployment.deploy(self._project, self._stage, self._cloud, {}, stand_in)
        for address in _addresses(deployment):
            self._say(f"It answers at {address}")

    def _adopt(self, stand_in: Path) -> None:
        """Take over what `local-cloud run -- chalice deploy` has deployed here, so that its address stays."""
        theirs, ours = (
            folder / ".chalice" / "deployed" / f"{self._stage}.json" for folder in (self._project, stand_in)
        )
        with suppress(
            FileNotFoundError, ValueError, KeyError, ClientError
        ):  # it speaks of another cloud, or an account
            recorded = json.loads(theirs.read_text())["resources"]
            for api in (entry["rest_api_id"] for entry in recorded if entry["resource_type"] == "rest_api"):
                self._cloud.client("apigateway").get_rest_api(restApiId=api)
                if not ours.exists():
                    _copy_whole(theirs, ours)


def _copy_whole(file: Path, to: Path) -> None:
    """Killed meanwhile it is not there yet, so that half a record is never taken for one."""
    to.parent.mkdir(parents=True, exist_ok=True)
    unfinished = to.with_name(f".{to.name}.unfinished")
    copyfile(file, unfinished)
    unfinished.replace(to)


def named(saved: frozenset[Path]) -> str:
    """Files in a few words."""
    first, *others = sorted(map(shown, saved))
    return f"{first} and {len(others)} more" if others else first


def _addresses(of: ChaliceDeployment) -> list[str]:
    rest = [of.url] if "rest_api" in of.resources else []
    return [*rest, of.websocket_url] if "websocket_api" in of.resources else rest
