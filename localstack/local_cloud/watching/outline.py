"""Loads a Chalice app as Chalice does and tells its outline. Runs in a process of its own, once.

The outline is all that a deploy makes of an app beside its code: functions, routes, events, authorizers, policies. As
long as it is the same, a deploy would change nothing but the code.
"""

import contextlib
import hashlib
import io
import json
import os
import sys
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from chalice.cli.factory import CLIFactory
from chalice.config import Config
from chalice.deploy.appgraph import ApplicationGraphBuilder, DependencyBuilder
from chalice.deploy.models import AutoGenIAMPolicy, LambdaFunction, Model, RestAPI
from chalice.deploy.swagger import CFNSwaggerGenerator
from chalice.policy import AppPolicyGenerator
from chalice.utils import OSUtils


@dataclass(frozen=True)
class Outline:
    """What a deploy would make.

    Attributes:
        shape: a hash of all of it but the code.
        functions: Lambda's names for the functions, each of which carries all of the code.
        libraries: the modules that were imported from elsewhere, which another load may have imported already.
    """

    shape: str
    functions: tuple[str, ...]
    libraries: tuple[str, ...]


@dataclass(frozen=True)
class Failure:
    """Why the app cannot be loaded: the file and the line in it that led there, as far as they are the project's."""

    path: Path
    line: int | None
    what: str


def tell_outline(to: Connection, project: Path, stage: str, environment: Mapping[str, str], bytecode: Path) -> None:
    """Send the Outline of the app, or a Failure, in whatever way it fails.

    Args:
        to: who is told.
        project: its folder.
        stage: Chalice's stage.
        environment: all variables that app.py finds, beside those that the project configures.
        bytecode: where compiled files are looked for.
    """
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(project)
    sys.dont_write_bytecode = True  # beside the sources, it would be deployed
    sys.pycache_prefix = str(bytecode)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            found: Outline | Failure = _outline(project, stage)
    except BaseException as error:  # also an exit
        found = _failure(error, project)
    to.send(found)


def _outline(project: Path, stage: str) -> Outline:
    before = set(sys.modules)
    config = CLIFactory(str(project), environ=os.environ).create_config_obj(stage)
    graph = ApplicationGraphBuilder().build(config, stage)
    models = DependencyBuilder().build_dependencies(graph)
    shape = hashlib.sha256(json.dumps(_described(config, graph, models)).encode()).hexdigest()
    functions = sorted({model.function_name for model in models if isinstance(model, LambdaFunction)})
    return Outline(shape, tuple(functions), _libraries(before, project))


def _described(config: Config, graph: Model, models: list[Model]) -> list[Any]:
    """What Chalice's build stage makes of them (chalice/deploy/deployer.py), its package apart."""
    apis = [
        CFNSwaggerGenerator().generate_swagger(config.chalice_app, one) for one in models if isinstance(one, RestAPI)
    ]
    made_of_code = any(isinstance(model, AutoGenIAMPolicy) for model in models)
    return [repr(graph), apis, _statements(config) if made_of_code else None]


def _statements(config: Config) -> list[dict[str, Any]]:
    """What Chalice finds that the code asks of AWS; a statement's id is another one each time (chalice/policy.py)."""
    policy = AppPolicyGenerator(OSUtils()).generate_policy(config)
    return [{name: value for name, value in one.items() if name != "Sid"} for one in policy["Statement"]]


def _libraries(before: set[str], project: Path) -> tuple[str, ...]:
    files = {name: getattr(sys.modules[name], "__file__", None) for name in set(sys.modules) - before}
    return tuple(sorted(name for name, file in files.items() if file and not _is_of(file, project)))


def _failure(error: BaseException, project: Path) -> Failure:
    of_syntax = error if isinstance(error, SyntaxError) else error.__context__
    if isinstance(of_syntax, SyntaxError) and of_syntax.filename:  # Chalice tells it in other words
        return Failure(Path(of_syntax.filename), of_syntax.lineno, of_syntax.msg)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_of(frame.filename, project)]
    what = f"{type(error).__name__}: {error}".rstrip(": ")
    return Failure(Path(frames[-1].filename), frames[-1].lineno, what) if frames else Failure(project, None, what)


def _is_of(filename: str, project: Path) -> bool:
    """Whether a file is the project's own: its environment may lie in its folder, too."""
    path = Path(filename)
    return path.is_relative_to(project) and path.relative_to(project).parts[0] in {"app.py", "chalicelib", "vendor"}
