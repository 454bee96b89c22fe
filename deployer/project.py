"""Reads the checkout: what Chalice's configuration and `statemachine/` say. Asks nothing of AWS."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deployer.fingerprint import of_code
from deployer.problem import Problem


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
        rules: the bus's rules and targets.
        code: a hash of all files that `chalice deploy` depends on.
    """

    root: Path
    app: str
    stage: str
    api_stage: str
    environment: Mapping[str, str]
    functions: tuple[str, ...]
    workflow: str
    rules: Sequence[Mapping[str, Any]]
    code: str

    @property
    def outputs(self) -> Path:
        """Where addresses and ids of what is deployed are written."""
        return self.root / ".local" / "outputs.json"

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

    def setting(self, name: str) -> str:
        """A variable of the stage's environment.

        Raises:
            Problem: there is none of that name.
        """
        if name not in self.environment:
            raise Problem(f"{name} is not among the environment variables of stage {self.stage} (.chalice/config.json)")
        return self.environment[name]


def read_project(root: Path, stage: str) -> Project:
    """Read a checkout.

    Raises:
        Problem: a file is missing or is not JSON, or there is no such stage.
    """
    config = _json(root / ".chalice" / "config.json")
    stages = config.get("stages", {})
    if stage not in stages:
        raise Problem(f"there is no stage {stage} in .chalice/config.json", f"There are: {', '.join(stages)}.")
    of_stage = stages[stage]
    return Project(
        root=root,
        app=config["app_name"],
        stage=stage,
        api_stage=of_stage.get("api_gateway_stage", config.get("api_gateway_stage", "api")),
        # Chalice merges these, the stage's winning (chalice/config.py, `_chain_merge`).
        environment={**config.get("environment_variables", {}), **of_stage.get("environment_variables", {})},
        functions=tuple(name for name in of_stage.get("lambda_functions", {}) if name != "api_handler"),
        workflow=_text(root / "statemachine" / "order_processor.asl.json"),
        rules=_json(root / "statemachine" / "rules.json"),
        code=of_code(root),
    )


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except FileNotFoundError:
        raise Problem(
            f"{path} is missing", "Run this in the project's folder, or name it with --project-dir."
        ) from None


def _json(path: Path) -> Any:
    try:
        return json.loads(_text(path))
    except json.JSONDecodeError as error:
        raise Problem(f"{path} is not JSON: {error}") from None
