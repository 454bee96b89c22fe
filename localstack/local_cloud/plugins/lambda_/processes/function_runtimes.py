"""Which Python runs a function, as LOCAL_CLOUD_FUNCTION_RUNTIMES says. Looks at files, starts nothing."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from local_cloud.function_startup import pure_runtime_client

VARIABLE = "LOCAL_CLOUD_FUNCTION_RUNTIMES"
_PURE_CLIENT = Path(pure_runtime_client.__file__).parent


class RuntimeUnavailableError(Exception):
    """No Python here can run the function; the text tells its owner what to do."""


def configured_runtimes(environment: Mapping[str, str]) -> dict[str, Path]:
    """Return the interpreter of each Lambda runtime (such as "python3.13") that `environment` names.

    Raises:
        RuntimeUnavailableError: the variable is not a JSON object of strings.
    """
    text = environment.get(VARIABLE) or "{}"
    try:
        runtimes = json.loads(text)
    except json.JSONDecodeError as error:
        raise RuntimeUnavailableError(f"{VARIABLE} is not JSON ({error}): {text}") from error
    if not isinstance(runtimes, dict) or not all(isinstance(path, str) for path in runtimes.values()):
        raise RuntimeUnavailableError(f"{VARIABLE} is not a JSON object of paths: {text}")
    return {name: Path(path).absolute() for name, path in runtimes.items()}


def interpreter_for(runtime: str | None, runtimes: Mapping[str, Path]) -> Path:
    """Return the Python that runs functions of `runtime`, which is None for a container image.

    Raises:
        RuntimeUnavailableError: there is none, or none that can be started.
    """
    if runtime is None:
        raise RuntimeUnavailableError("Container images cannot be run as processes: deploy a zip archive.")
    if runtime not in runtimes:
        raise RuntimeUnavailableError(_how_to_add(runtime, runtimes))
    interpreter = runtimes[runtime]
    if not os.access(interpreter, os.X_OK):
        raise RuntimeUnavailableError(f"{VARIABLE} names no executable for {runtime}: {interpreter}")
    return interpreter


def client_folder(interpreter: Path) -> Path | None:
    """Return the folder that this Python needs in its search path for awslambdaric to work, if it needs one.

    awslambdaric's native part is built on Linux alone. A runtime that this package has installed has ours in its place.
    """
    has_one = any(interpreter.parents[1].glob("lib/python3*/site-packages/runtime_client.*"))
    return None if has_one else _PURE_CLIENT


def _how_to_add(runtime: str, runtimes: Mapping[str, Path]) -> str:
    example = json.dumps({runtime: "/path/to/venv/bin/python"})
    return (
        f"The runtime {runtime} is not available here. Available: {', '.join(sorted(runtimes)) or 'none'}. "
        f"To add it, install awslambdaric and boto3 into a virtual environment of that Python, "
        f"name it in the environment variable {VARIABLE} as in {example}, and start LocalStack again."
    )
