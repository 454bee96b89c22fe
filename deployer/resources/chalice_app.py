"""An application as Chalice deploys it: its functions, their roles and its APIs, as one resource."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deployer.chalice_cli import run_chalice
from deployer.chalice_record import make_true
from deployer.problem import Problem
from deployer.resources.abandoned_app import abandoned_apps
from deployer.resources.chalice_remains import ChaliceRemains
from deployer.resources.refusals import passing
from deployer.resources.resource import Adapter, Resource, State
from deployer.resources.rest_api import find_rest_api
from deployer.resources.websocket_api import find_websocket_api
from deployer.wheelhouse import ensure_wheelhouse, offline_pip

FINGERPRINT = "deployer:fingerprint"  # a tag of the API's function; a deploy by hand drops it, as it should
INCOMPLETE = "Could not install dependencies"  # what Chalice says when it goes on without them


@dataclass(frozen=True)
class ChaliceApp(Resource):
    """An application of Chalice's, in one stage.

    Attributes:
        stage: Chalice's name of the stage.
        function_names: Lambda's names for all its functions, the API's first if it has one.
        arn: the ARN of the API's function, as it is or would be.
        root: the project.
        home: where what is fetched and compiled for it is kept.
        environment: variables that app.py reads while it is deployed.
        fingerprint: of all that a deploy depends on.
        has_api: whether it has a REST API.
        has_websocket: whether it has a WebSocket API.
    """

    kind = "application"
    holds = "log lines"

    stage: str
    function_names: tuple[str, ...]
    arn: str
    root: Path
    home: Path
    environment: Mapping[str, str]
    fingerprint: str
    has_api: bool = True
    has_websocket: bool = True

    @property
    def marked(self) -> str:
        """Lambda's name for the function that says of what code all of it is."""
        return self.function_names[0]

    @property
    def marked_arn(self) -> str:
        """That function's ARN."""
        return f"{self.arn.rpartition(':')[0]}:{self.marked}"

    @property
    def record(self) -> Path:
        """Where Chalice records what it deployed."""
        return self.root / ".chalice" / "deployed" / f"{self.stage}.json"

    def state(self) -> State:
        """That it is whole and was deployed from this code."""
        apis = {"API": self.has_api, "WebSocket API": self.has_websocket}
        return {"code": self.fingerprint, "missing functions": [], **apis}


class ChaliceAppAdapter(Adapter[ChaliceApp]):
    """Chalice and what it makes."""

    def read(self, wanted: ChaliceApp) -> State | None:
        """Whether each function can be called, the APIs are there, and of what code they are."""
        tags = {name: self._tags_of_working(name) for name in wanted.function_names}
        lacking = sorted(name for name, found in tags.items() if found is None)
        api_id = find_rest_api(self.aws, wanted.name, wanted.arn)
        if len(lacking) == len(tags) and api_id is None:
            return None
        code = (tags[wanted.marked] or {}).get(FINGERPRINT)
        sockets = find_websocket_api(self.aws, f"{wanted.name}-{wanted.stage}-websocket-api")
        return {
            "code": code,
            "missing functions": lacking,
            "API": api_id is not None,
            "WebSocket API": sockets is not None,
        }

    def create(self, wanted: ChaliceApp) -> None:
        """Deploy it, and only when all went well say of what code it is."""
        wheels = ensure_wheelhouse(wanted.root / "requirements.txt", wanted.home / "wheelhouse", self.say)
        for cache in (wanted.root / "chalicelib").rglob("__pycache__"):
            shutil.rmtree(cache, ignore_errors=True)  # Chalice packs all that lies there
        printed = self._chalice("deploy", wanted, offline_pip(wheels))
        if INCOMPLETE in printed:
            shutil.rmtree(wanted.root / ".chalice" / "deployments")  # or Chalice would take the bad package again
            raise Problem("Chalice deployed without some requirements:\n" + printed.partition(INCOMPLETE)[2].strip())
        self.aws.lambda_.tag_resource(Resource=wanted.marked_arn, Tags={FINGERPRINT: wanted.fingerprint})

    def update(self, wanted: ChaliceApp, differing: frozenset[str]) -> None:
        """Deploy it again: Chalice changes what is there."""
        self.create(wanted)

    def delete(self, wanted: ChaliceApp) -> None:
        """Have Chalice delete what it recorded, then remove what is left."""
        remains = self._remains(wanted).with_all_names()  # Chalice leaves the functions' log groups
        if wanted.record.exists():
            self._chalice("delete", wanted, {})
        remains.remove()
        wanted.record.unlink(missing_ok=True)

    def remains(self, wanted: ChaliceApp) -> list[str]:
        """How many of each kind of thing are left of it."""
        return self._remains(wanted).counted()

    def strays(self, wanted: Sequence[ChaliceApp]) -> Sequence[Resource]:
        """Applications of ours, of the same stage, that nobody describes any more."""
        return abandoned_apps(self.aws, {one.name: one.function_names for one in wanted}, wanted[0].stage)

    def _chalice(self, command: str, wanted: ChaliceApp, environment: Mapping[str, str]) -> str:
        make_true(wanted.record, self._remains(wanted).found())
        region = {"AWS_DEFAULT_REGION": wanted.arn.split(":")[3]}
        variables = {**wanted.environment, **environment, **region}
        return run_chalice([command, "--stage", wanted.stage], wanted.root, wanted.home, variables, self.say)

    def _remains(self, of: ChaliceApp) -> ChaliceRemains:
        return ChaliceRemains(self.aws, of.name, of.stage, of.function_names, of.arn)

    def _tags_of_working(self, function: str) -> Mapping[str, str] | None:
        with passing("ResourceNotFoundException"):
            found = self.aws.lambda_.get_function(FunctionName=function)
            # Only a function whose making failed is beyond use; one that is asleep or being made will answer.
            return None if found["Configuration"].get("State") == "Failed" else found.get("Tags", {})
        return None
