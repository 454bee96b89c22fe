"""The environment that LocalStack is started with. Pure: values in, values out."""

import json
from collections.abc import Mapping
from types import MappingProxyType

from local_cloud.further_runtimes import further_runtimes
from local_cloud.home import RunFolder
from local_cloud.installation import Installation, TableEngine
from local_cloud.kept_state import VARIABLE as STATE
from local_cloud.localstack_filesystem import filesystem_variables
from local_cloud.named_origins import named_origins
from local_cloud.table_engines import VARIABLE as TABLES

# What LocalStack may see of the user's environment. Above all none of AWS_*: no profile, no real credentials.
_KEPT = frozenset(("LANG", "LC_ALL", "LC_CTYPE", "LOGNAME", "PATH", "SHELL", "TZ", "USER", "DEBUG", "LS_LOG"))
_OWN_PREFIX = "LOCAL_CLOUD_"

_ALWAYS: Mapping[str, str] = MappingProxyType(
    {
        "GATEWAY_SERVER": "loopback",  # ours, see plugins/runtime/loopback_server.py
        "LAMBDA_RUNTIME_EXECUTOR": "process",  # ours, see plugins/lambda_/processes
        "LAMBDA_SYNCHRONOUS_CREATE": "1",  # a function is Active when it is created: no waiter sleeps for it
        # A process that has rested for a minute ends: a laptop has better use for its memory.
        "LAMBDA_KEEPALIVE_MS": "60000",
        # Both table engines have streams of their own; the default asks for a Kinesis server.
        "PROVIDER_OVERRIDE_DYNAMODB": "v2",
        "PROVIDER_OVERRIDE_DYNAMODBSTREAMS": "v2",
        "PROVIDER_OVERRIDE_KINESIS": "in_memory",  # ours, see plugins/kinesis
        "DYNAMODB_HEAP_SIZE": "256m",
        # Nothing is asked of the internet, and nobody is told of our doings.
        "SKIP_SSL_CERT_DOWNLOAD": "1",
        "DISABLE_EVENTS": "1",
        "DNS_ADDRESS": "0",  # no name server
        "IN_MEMORY_CLIENT": "1",  # LocalStack's services call each other within the process, not by HTTP
        "EAGER_SERVICE_LOADING": "0",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",  # `sync-127.0.0.1` is no host
        # Fifty threads with an arena each keep a fifth more memory than they use (glibc; others ignore it).
        "MALLOC_ARENA_MAX": "2",
        # glibc, left to itself, asks ever more before it gives back: fixed limits saved 30 MB of 450 after a deploy.
        "MALLOC_TRIM_THRESHOLD_": "131072",
        "MALLOC_MMAP_THRESHOLD_": "131072",
        "PYTHONUNBUFFERED": "1",  # or the log would lack the last words of a LocalStack that was killed
        "NO_COLOR": "1",
    }
)


def localstack_environment(
    of_user: Mapping[str, str],
    run: RunFolder,
    installed: Installation,
    function_runtime: str,
    *,
    keeps_state: bool = False,
) -> dict[str, str]:
    """Return all variables of LocalStack's process.

    `of_user` is the launcher's environment, of which only harmless names pass; `function_runtime` is Lambda's
    name for the runtime (`python3.13`) that `installed.function_python` serves, whatever the user has for it;
    `keeps_state` says whether the cloud goes on from what it held, and keeps that.

    Raises:
        LocalCloudError: the user's further runtimes or allowed origins cannot be understood.
    """
    kept = {name: value for name, value in of_user.items() if name in _KEPT or name.startswith(_OWN_PREFIX)}
    runtimes = {**further_runtimes(of_user), function_runtime: installed.function_python}
    address = f"127.0.0.1:{run.port}"
    origins = sorted(named_origins(of_user))
    return {
        **kept,
        **_ALWAYS,
        **filesystem_variables(run.filesystem),
        "TMPDIR": str(run.temporary),
        "HOME": str(run.user_home),
        "GATEWAY_LISTEN": address,
        "LOCALSTACK_HOST": address,
        "EXTRA_CORS_ALLOWED_ORIGINS": ",".join([f"http://{address}", *origins]),
        **_tables(installed.tables, run),
        STATE: str(run.state) if keeps_state else "",
        "LOCAL_CLOUD_FUNCTION_RUNTIMES": json.dumps({name: str(python) for name, python in runtimes.items()}),
    }


def _tables(engine: TableEngine, run: RunFolder) -> dict[str, str]:
    """What the plugins of DynamoDB have to know."""
    of_java = {"LOCAL_CLOUD_TABLES_JAVA": str(engine.java)} if engine.java else {}
    return {
        TABLES: engine.name,
        "LOCAL_CLOUD_TABLES_PROGRAM": str(engine.program),
        "LOCAL_CLOUD_TABLES_LOG": str(run.tables_log),
        **of_java,
    }
