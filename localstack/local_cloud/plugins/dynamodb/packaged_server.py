"""LocalStack downloads DynamoDB Local, a Java and a patch; here it uses what lies on this machine, on loopback only.
Since 0.1.

LOCAL_CLOUD_TABLES names the engine that keeps the tables, and further variables what it needs. How it is run is in
`dynoxide.process` and in `dynamodb_local_process`; LocalStack takes both for DynamoDB Local.
"""

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

from localstack.aws.api import CommonServiceException
from localstack.runtime import hooks
from requests import RequestException
from urllib3.exceptions import HTTPError

from local_cloud.kept_state import VARIABLE as STATE_FOLDER
from local_cloud.plugins.dynamodb.items_server.plugin import ITEMS_SERVER
from local_cloud.plugins.dynamodb.items_server.routing import UNAVAILABLE
from local_cloud.plugins.patches import replace
from local_cloud.table_engines import VARIABLE as TABLES
from localstack import config

PROGRAM_VARIABLE = "LOCAL_CLOUD_TABLES_PROGRAM"
JAVA_VARIABLE = "LOCAL_CLOUD_TABLES_JAVA"
LOG_VARIABLE = "LOCAL_CLOUD_TABLES_LOG"


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def use_packaged_engine() -> None:
    """Redirect LocalStack's DynamoDB installer and the command that it starts."""
    installer = "localstack.services.dynamodb.packages:DynamoDBLocalPackageInstaller"
    replace(
        installer,
        "install",
        lambda _: lambda *_, **__: None,
        why="capability",
        upstream="8fa079ed74c4",
        before="dynamodb",
    )
    replace(
        installer,
        "get_java_env_vars",
        lambda _: lambda _: {},
        why="capability",
        upstream="642bd07f8429",
        before="dynamodb",
    )
    replace(
        "localstack.services.dynamodb.server:DynamodbServer",
        "_create_shell_command",
        lambda _: command,
        why="safety",
        upstream="aa98a356b748",
        before="dynamodb",
    )
    replace(
        "localstack.services.dynamodb.server:DynamodbServer",
        "__init__",
        _forwarding,
        why="safety",
        upstream="87c52fcc4924",
        before="dynamodb",
    )


def _forwarding(make: Callable[..., None]) -> Callable[..., None]:
    """The engine answers to no other name, whatever name the cloud was called by; and its silence is told."""

    @wraps(make)
    def make_forwarding(server: Any, *args: Any, **kwargs: Any) -> None:
        make(server, *args, **kwargs)
        server.proxy.proxy.preserve_host = False
        server.proxy = _or_unavailable(server.proxy)

    return make_forwarding


def _or_unavailable(forward: Callable[..., Any]) -> Callable[..., Any]:
    """LocalStack would call it an error of its own, which says nothing of whether to try again."""

    def forward_or_tell(*args: Any) -> Any:
        try:
            return forward(*args)
        except (RequestException, HTTPError) as error:
            raise CommonServiceException(UNAVAILABLE, f"the tables' engine: {error}", status_code=503) from error

    return forward_or_tell


def command(server: Any) -> list[str]:
    """Return the command line that serves what `server` describes."""
    is_free = os.environ[TABLES] == "dynoxide"
    module = "dynoxide.process" if is_free else "dynamodb_local_process"
    required = ["--program", os.environ[PROGRAM_VARIABLE], "--port", str(server.port), "--parent", str(os.getpid())]
    files = ["--files", _files(server)]
    items = ITEMS_SERVER.options(config.internal_service_url(host="127.0.0.1"))
    own = ["--log", os.environ[LOG_VARIABLE]] if is_free else _of_java(server)
    return [sys.executable, "-P", "-m", f"{__package__}.{module}", *required, *files, *items, *own]


def _files(server: Any) -> str:
    kept = os.environ.get(STATE_FOLDER)
    return os.path.join(kept, "tables") if kept else str(server.db_path)


def _of_java(server: Any) -> list[str]:
    return ["--java", os.environ[JAVA_VARIABLE], "--heap", server.heap_size]
