"""Lambda functions as AWS starts them: a module imported alone in a process of its own, functions found by their names.

A program: `python -m tests.support.alone MODULE`, with `{function: [event, ..]}` on standard input. Every AWS call is
refused at once. The last line that it prints is a `Report` as JSON.
"""

import importlib
import json
import sys
from types import SimpleNamespace
from typing import Any, TypedDict

from botocore.awsrequest import AWSResponse

CONTEXT = SimpleNamespace(
    function_name="the-function",
    memory_limit_in_mb=512,
    invoked_function_arn="arn:aws:lambda:us-east-1:000000000000:function:the-function",
    aws_request_id="the-request-id",
)


class Invocation(TypedDict):
    """What came of one call: its result or its error, and what a log line of it would carry."""

    result: Any
    error: str | None
    log_keys: dict[str, str]


class Report(TypedDict):
    """What came of each function's calls, and which of the modules of interest were imported."""

    invocations: dict[str, list[Invocation]]
    imported: list[str]


def run(module: str, events: dict[str, list[Any]]) -> Report:
    """Import the module and call its functions."""
    functions = importlib.import_module(module)
    _refuse_aws_calls()
    return {
        "invocations": {
            name: [_invoke(getattr(functions, name), one) for one in all_] for name, all_ in events.items()
        },
        "imported": [name for name in sys.modules if name == "app" or name.startswith("chalicelib.")],
    }


def _invoke(function: Any, event: Any) -> Invocation:
    from chalicelib.observability import logger

    result, error = None, None
    try:
        result = function(event, CONTEXT)
    except Exception as raised:
        error = f"{type(raised).__name__}: {raised}"
    keys = {name: str(value) for name, value in logger.get_current_keys().items()}
    return {"result": result, "error": error, "log_keys": keys}


def _refuse_aws_calls() -> None:
    from chalicelib import aws

    def refuse(request: Any, **_: object) -> Any:
        raw = SimpleNamespace(stream=lambda **_: iter([b'{"__type": "AccessDeniedException"}']))
        return AWSResponse(request.url, 400, {}, raw)  # type: ignore[arg-type]

    aws.session().events.register("before-send", refuse)


if __name__ == "__main__":
    print("\n" + json.dumps(run(sys.argv[1], json.load(sys.stdin))))
