"""A project of Chalice's as its configuration describes it: the bar, or an extension of it. Asks nothing of AWS."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chalice.config import Config
from chalice.constants import DEFAULT_APIGATEWAY_STAGE_NAME, DEFAULT_HANDLER_NAME

from deployer.fingerprint import of_code
from deployer.json_source import JsonSource
from deployer.problem import Problem

# Chalice's names of a WebSocket's functions (chalice/deploy/appgraph.py).
_WEBSOCKET = {"websocket_connect", "websocket_message", "websocket_disconnect"}


@dataclass(frozen=True, kw_only=True)
class ChaliceProject:
    """A project, as far as deploying one of its stages needs it.

    Attributes:
        root: its folder.
        app: Chalice's name of the application.
        stage: Chalice's stage.
        api_stage: the stage of the REST API that belongs to it.
        environment: the variables that every function of the stage gets.
        functions: Chalice's names of all functions but the API's; each has a policy of its own, hence an entry.
        has_api: whether it has routes, and so a function that answers them, which has an entry too.
        code: a hash of all files that `chalice deploy` depends on.
        config_name: its configuration, as people call the file.
    """

    root: Path
    app: str
    stage: str
    api_stage: str
    environment: Mapping[str, str]
    functions: tuple[str, ...]
    has_api: bool = True
    code: str
    config_name: str = ".chalice/config.json"

    @property
    def has_websocket(self) -> bool:
        """Whether it has a WebSocket API."""
        return not _WEBSOCKET.isdisjoint(self.functions)

    @property
    def api_function(self) -> str:
        """Lambda's name for the function that answers the API; Chalice names it after app and stage."""
        return f"{self.app}-{self.stage}"

    @property
    def function_names(self) -> Sequence[str]:
        """Lambda's names for all functions."""
        others = [f"{self.api_function}-{function}" for function in self.functions]
        return [self.api_function, *others] if self.has_api else others

    def function_name(self, function: str) -> str:
        """Lambda's name for a function of the application.

        Raises:
            Problem: the application has no such function.
        """
        if function not in self.functions:
            raise Problem(
                f"stage {self.stage} has no function {function}",
                f"Functions are those with an entry in lambda_functions in {self.config_name}.",
            )
        return f"{self.api_function}-{function}"

    def event_rule_name(self, function: str) -> str:
        """Chalice's name for the rule, on the default bus, of a function's events (chalice/deploy/appgraph.py).

        Raises:
            Problem: the application has no such function.
        """
        return f"{self.function_name(function)}-event"

    @property
    def websocket_api_name(self) -> str:
        """Chalice's name for the WebSocket API (chalice/deploy/appgraph.py)."""
        return f"{self.api_function}-websocket-api"

    def setting(self, name: str) -> str:
        """A variable of the stage's environment.

        Raises:
            Problem: there is none of that name.
        """
        if name not in self.environment:
            raise Problem(f"{name} is not among the environment variables of stage {self.stage} ({self.config_name})")
        return self.environment[name]


def read_chalice(root: Path, stage: str, config: Any, name: str = ".chalice/config.json") -> ChaliceProject:
    """What Chalice's configuration says of a stage.

    Args:
        root: the project's folder.
        stage: Chalice's.
        config: what is in the configuration's file.
        name: the file, as people call it.

    Raises:
        Problem: there is no such stage.
    """
    stages = config.get("stages", {})
    if stage not in stages:
        raise Problem(f"there is no stage {stage} in {name}", f"There are: {', '.join(stages)}.")
    chalice = Config(
        stage, config_from_disk=config, default_params={"api_gateway_stage": DEFAULT_APIGATEWAY_STAGE_NAME}
    )
    functions = {**config.get("lambda_functions", {}), **stages[stage].get("lambda_functions", {})}  # each once
    return ChaliceProject(
        root=root,
        app=chalice.app_name,
        stage=stage,
        api_stage=chalice.api_gateway_stage,
        environment=chalice.environment_variables,
        functions=tuple(function for function in functions if function != DEFAULT_HANDLER_NAME),
        has_api=DEFAULT_HANDLER_NAME in functions,
        code=of_code(root),
        config_name=name,
    )


def source_of(path: Path) -> JsonSource:
    """A file of a project, named from the working directory where it lies below that.

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
