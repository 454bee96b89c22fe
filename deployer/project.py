"""Reads the checkout, and the folder that stands instead of parts of it: what Chalice's configuration, workflow and
rules say. Asks nothing of AWS.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chalice.config import Config
from chalice.constants import DEFAULT_APIGATEWAY_STAGE_NAME, DEFAULT_HANDLER_NAME

from deployer.content_security import script_hashes
from deployer.fingerprint import etags_of, of_code
from deployer.json_source import JsonSource
from deployer.overlay import NO_OVERLAY, Overlay
from deployer.problem import Problem
from deployer.rules_file import rules_in

BUILT_PAGES = Path("frontend") / "dist"
WORKFLOW_FILE = Path("statemachine") / "order_processor.asl.json"
RULES_FILE = Path("statemachine") / "rules.json"
LOCAL = "local"  # the stage that a laptop's cloud is for


@dataclass(frozen=True)
class Project:
    """A checkout, as far as deploying one of its stages needs it.

    Attributes:
        root: its folder.
        app: Chalice's name of the application.
        stage: Chalice's stage.
        api_stage: the stage of the REST API that belongs to it.
        environment: the variables that every function of the stage gets.
        functions: Chalice's names of all functions but the API's; each has a policy of its own, hence an entry.
        workflow: the Order Processor in Amazon States Language, with placeholders.
        rules: the bus's rules and targets (rules_file.rules_in).
        rules_file: where they are described.
        code: a hash of all files that `chalice deploy` depends on.
        pages_folder: where the pages are built.
        pages: the files in it and beside them, with their ETags; empty where they were not built.
        page_scripts: the hashes of the scripts that stand in the pages themselves (content_security.script_hashes).
        overlay: the folder whose files stand instead of the checkout's.
    """

    root: Path
    app: str
    stage: str
    api_stage: str
    environment: Mapping[str, str]
    functions: tuple[str, ...]
    workflow: JsonSource
    rules: Sequence[Mapping[str, Any]]
    rules_file: JsonSource
    code: str
    pages_folder: Path
    pages: Mapping[str, str] = field(default_factory=dict)
    page_scripts: Sequence[str] = ()
    overlay: Overlay = NO_OVERLAY

    @property
    def outputs(self) -> Path:
        """Where addresses and ids of what is deployed are written; simulator and tests look for the local stage's."""
        name = "outputs.json" if self.stage == LOCAL else f"outputs-{self.stage}.json"
        return self.root / ".local" / name

    @property
    def lock(self) -> Path:
        """Locked while a run changes the stage."""
        return self.root / ".local" / f"deployer-{self.stage}.lock"

    def function_name(self, function: str) -> str:
        """Lambda's name for a function of the application.

        Raises:
            Problem: the application has no such function.
        """
        if function not in self.functions:
            raise Problem(
                f"stage {self.stage} has no function {function}",
                "Functions are those with an entry in lambda_functions in .chalice/config.json.",
            )
        return f"{self.app}-{self.stage}-{function}"

    def event_rule_name(self, function: str) -> str:
        """Chalice's name for the rule, on the default bus, of a function's events (chalice/deploy/appgraph.py).

        Raises:
            Problem: the application has no such function.
        """
        return f"{self.function_name(function)}-event"

    @property
    def websocket_api_name(self) -> str:
        """Chalice's name for the WebSocket API (chalice/deploy/appgraph.py)."""
        return f"{self.app}-{self.stage}-websocket-api"

    def setting(self, name: str) -> str:
        """A variable of the stage's environment.

        Raises:
            Problem: there is none of that name.
        """
        if name not in self.environment:
            raise Problem(f"{name} is not among the environment variables of stage {self.stage} (.chalice/config.json)")
        return self.environment[name]


def read_project(root: Path, stage: str, overlay: Overlay = NO_OVERLAY) -> Project:
    """Read a checkout.

    Args:
        root: its folder.
        stage: Chalice's stage.
        overlay: a folder whose files stand instead of the checkout's.

    Raises:
        Problem: a file is missing or says what cannot be, or there is no such stage.
    """
    config = source_of(root / ".chalice" / "config.json").parsed()
    stages = config.get("stages", {})
    if stage not in stages:
        raise Problem(f"there is no stage {stage} in .chalice/config.json", f"There are: {', '.join(stages)}.")
    chalice = Config(
        stage, config_from_disk=config, default_params={"api_gateway_stage": DEFAULT_APIGATEWAY_STAGE_NAME}
    )
    rules_file = source_of(overlay.rules or root / RULES_FILE)
    return Project(
        root=root,
        app=chalice.app_name,
        stage=stage,
        api_stage=chalice.api_gateway_stage,
        environment=chalice.environment_variables,
        functions=_functions(config, stage),
        workflow=source_of(overlay.workflow or root / WORKFLOW_FILE),
        rules=rules_in(rules_file),
        rules_file=rules_file,
        code=of_code(root),
        pages_folder=root / BUILT_PAGES,
        pages=pages_of(root / BUILT_PAGES, overlay),
        page_scripts=script_hashes(path.read_text(encoding="utf-8") for path in (root / BUILT_PAGES).rglob("*.html")),
        overlay=overlay,
    )


def pages_of(built: Path, overlay: Overlay) -> dict[str, str]:
    """All files of the pages, by path, with their ETags; none where none were built.

    Args:
        built: the folder that they were built in.
        overlay: may have files to lie beside them; what its editors leave there, hidden or with a tilde, does not.
    """
    own = etags_of(overlay.pages) if overlay.pages else {}
    meant = {path: tag for path, tag in own.items() if not (f"/{path}".count("/.") or path.endswith("~"))}
    pages = etags_of(built)
    return {**pages, **meant} if pages else {}


def _functions(config: Mapping[str, Any], stage: str) -> tuple[str, ...]:
    """Those with an entry for all stages or for this one, each once."""
    entries = {**config.get("lambda_functions", {}), **config["stages"][stage].get("lambda_functions", {})}
    return tuple(name for name in entries if name != DEFAULT_HANDLER_NAME)


def source_of(path: Path) -> JsonSource:
    """A file of the project, named from the working directory where it lies below that.

    Raises:
        Problem: there is no such file, or it is no text.
    """
    name = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    try:
        return JsonSource(str(name), path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Problem(f"{path} is missing", "The checkout is not whole: `git status` tells what is gone.") from None
    except UnicodeDecodeError:
        raise Problem(f"{name} is no text in UTF-8") from None
