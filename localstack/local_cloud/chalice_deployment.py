"""Deploys somebody's Chalice project to a local cloud, and leaves the project and its record of real deployments alone.

Chalice writes what it deployed into the project, `.chalice/deployed/<stage>.json`, and takes what it finds there for
what exists. So what is deployed is a stand-in: a folder of links to the project, without that record.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from local_cloud.errors import LocalCloudError
from local_cloud.testing import Cloud

# Chalice has no `__main__`, and the script on PATH may be of another environment.
_CHALICE = (sys.executable, "-c", "from chalice.cli import main; raise SystemExit(main())")
_CONFIGURATION = Path(".chalice") / "config.json"
_OF_OTHER_DEPLOYMENTS = frozenset(("config.json", "deployed", "deployments"))
_LAST_LINES = 20


@dataclass(frozen=True)
class ChaliceDeployment:
    """A Chalice app on a cloud.

    Attributes:
        cloud: where it runs.
        project: the stand-in that was deployed.
        stage: Chalice's stage.
        resources: Chalice's own record of what it made, by name.
    """

    cloud: Cloud
    project: Path
    stage: str
    resources: Mapping[str, Mapping[str, Any]]

    @property
    def url(self) -> str:
        """The REST API's address, without a slash at its end.

        Raises:
            LocalCloudError: the app has no routes.
        """
        return f"{self.cloud.endpoint_url}{self._path('rest_api', 'routes (@app.route)')}"

    @property
    def websocket_url(self) -> str:
        """The WebSocket API's address.

        Raises:
            LocalCloudError: the app has no WebSocket handlers.
        """
        path = self._path("websocket_api", "WebSocket handlers (@app.on_ws_message)")
        return f"{self.cloud.endpoint_url.replace('http', 'ws', 1)}{path}"

    def delete(self) -> None:
        """Take it off the cloud, as `chalice delete` does."""
        _chalice("delete", self.project, self.stage, self.cloud.environment())

    def _path(self, api: str, made_of: str) -> str:
        if api not in self.resources:
            raise LocalCloudError(f"The app has no {made_of}, so it has no address: {self.project}")
        record = self.resources[api]
        api_stage = urlsplit(record[f"{api}_url"]).path.strip("/")
        return f"/_aws/execute-api/{record[f'{api}_id']}/{api_stage}"


def deploy(project: Path, stage: str, cloud: Cloud, variables: Mapping[str, str], stand_in: Path) -> ChaliceDeployment:
    """Deploy the project to the cloud with `chalice deploy`.

    Args:
        project: its folder, which is not written to.
        stage: Chalice's stage; one that the project does not configure is like an empty one.
        cloud: where to.
        variables: what app.py finds in its environment, here and in Lambda, beside what the project configures.
        stand_in: a folder to deploy from, empty at first; it must stay while the app is to be redeployed or deleted.

    Raises:
        LocalCloudError: there is no Chalice project, or Chalice fails; with the last that it said.
    """
    _lay_stand_in(project, stage, variables, stand_in)
    _chalice("deploy", stand_in, stage, {**cloud.environment(), **variables})
    record = json.loads((stand_in / ".chalice" / "deployed" / f"{stage}.json").read_text())
    return ChaliceDeployment(cloud, stand_in, stage, {entry["name"]: entry for entry in record["resources"]})


def _lay_stand_in(project: Path, stage: str, variables: Mapping[str, str], stand_in: Path) -> None:
    configuration = configuration_of(project)
    of_stage = configuration.setdefault("stages", {}).setdefault(stage, {})
    of_stage["environment_variables"] = {**of_stage.get("environment_variables", {}), **variables}
    (stand_in / ".chalice").mkdir(exist_ok=True)
    (stand_in / _CONFIGURATION).write_text(json.dumps(configuration))
    for path in (*stand_in.iterdir(), *(stand_in / ".chalice").iterdir()):
        if path.is_symlink():  # of an earlier deployment; what it leads to may be gone
            path.unlink()
    entries = [path for path in project.iterdir() if path.name != ".chalice"]
    entries += [path for path in (project / ".chalice").iterdir() if path.name not in _OF_OTHER_DEPLOYMENTS]
    for path in entries:
        (stand_in / path.relative_to(project)).symlink_to(path.absolute())


def configuration_of(project: Path) -> dict[str, Any]:
    """What Chalice is told of the project.

    Raises:
        LocalCloudError: there is no Chalice project.
    """
    path = project / _CONFIGURATION
    try:
        configuration: dict[str, Any] = json.loads(path.read_text())
    except FileNotFoundError:
        raise LocalCloudError(f"{project} is no Chalice project: it has no {_CONFIGURATION}.") from None
    except ValueError as error:
        raise LocalCloudError(f"{path} is not JSON: {error}") from error
    return configuration


def _chalice(verb: str, project: Path, stage: str, environment: Mapping[str, str]) -> None:
    result = subprocess.run(
        [*_CHALICE, verb, "--stage", stage],
        cwd=project,
        # Compiled beside the sources, .pyc files would get into the package that Lambda gets.
        env={**environment, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if result.returncode:
        told = "\n".join(result.stdout.splitlines()[-_LAST_LINES:])
        raise LocalCloudError(f"`chalice {verb} --stage {stage}` failed:\n{told}")
