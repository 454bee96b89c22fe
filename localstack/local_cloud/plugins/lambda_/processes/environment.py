"""The environment variables of a function's process: those of AWS Lambda, and nothing of this machine's. Does no I/O.

The names are those of https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

FROM_LOCALSTACK = (
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_DYNAMODB",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_FORMAT",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_LEVEL",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_XRAY_CONTEXT_MISSING",
    "AWS_XRAY_DAEMON_ADDRESS",
    "TZ",
    "_HANDLER",
)
"""What is prepared for a function and Lambda gives too, and where this cloud answers; LocalStack's own stays behind."""

AT_INTERPRETERS_START: Mapping[str, str] = MappingProxyType(
    {"LANG": "en_US.UTF-8", "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
)
"""What every function's Python starts with.

Without HOME, boto3 finds the user's ~/.aws by way of the password database. Its settings could send a function's calls
to the real AWS, so the two files are said to be empty.
"""

_READ_AT_START = re.compile(r"(BOTO|GLIBC|LC|LD|MALLOC|OPENSSL)_.*|PYTHON.*|HOME|LANG|LANGUAGE")


def changes_interpreters_start(environment: Mapping[str, str]) -> bool:
    """Return whether any variable is other than AT_INTERPRETERS_START has it, and read only as Python starts.

    That is by the dynamic linker, the C library, Python, or what boto3 consists of while it is imported.
    """
    read = {name: value for name, value in environment.items() if _READ_AT_START.fullmatch(name)}
    return any(AT_INTERPRETERS_START.get(name) != value for name, value in read.items())


@dataclass(frozen=True)
class Places:
    """Where on this machine a function's parts are.

    `code` is unzipped, `scratch` stands for AWS's `/tmp` and `layers`, where there are any, for its `/opt`. `client` is
    a folder of modules that the interpreter's runtime client lacks, if it lacks any.
    """

    interpreter: Path
    code: Path
    scratch: Path
    layers: Path | None = None
    client: Path | None = None


def process_environment(
    prepared: Mapping[str, object],
    own: Mapping[str, str],
    runtime: str,
    places: Places,
) -> dict[str, str]:
    """Return all variables but AWS_LAMBDA_RUNTIME_API, which differs from process to process.

    `prepared` comes from LocalStack, `own` is the function's configuration.
    """
    given = {name: str(prepared[name]) for name in FROM_LOCALSTACK if name in prepared}
    if "AWS_ENDPOINT_URL" in own:
        given.pop("AWS_ENDPOINT_URL_DYNAMODB", None)  # or DynamoDB alone would be asked elsewhere
    variables = {**given, **_machine(places), **own, **_reserved(runtime, places)}
    if places.layers:
        variables |= _found_in_layers(runtime, places.layers, variables)
    if places.client:
        variables["PYTHONPATH"] = _joined(variables.get("PYTHONPATH"), str(places.client))
    return variables


def _machine(places: Places) -> dict[str, str]:
    """Return what a function may set anew."""
    return {
        "PATH": f"{places.interpreter.parent}:/usr/local/bin:/usr/bin:/bin",
        "TMPDIR": str(places.scratch),
        **AT_INTERPRETERS_START,
    }


def _reserved(runtime: str, places: Places) -> dict[str, str]:
    return {
        "AWS_EXECUTION_ENV": f"AWS_Lambda_{runtime}",
        "LAMBDA_TASK_ROOT": str(places.code),
        "LAMBDA_RUNTIME_DIR": str(places.interpreter.parent.parent),
    }


def _found_in_layers(runtime: str, layers: Path, variables: Mapping[str, str]) -> dict[str, str]:
    """Return the search paths that lead to layers, after those that the function has brought itself.

    https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html
    """
    python = layers / "python"
    return {
        "PATH": _joined(variables["PATH"], f"{layers}/bin"),
        "LD_LIBRARY_PATH": _joined(variables.get("LD_LIBRARY_PATH"), f"{layers}/lib"),
        "PYTHONPATH": _joined(variables.get("PYTHONPATH"), f"{python}/lib/{runtime}/site-packages", str(python)),
    }


def _joined(*paths: str | None) -> str:
    return ":".join(filter(None, paths))
