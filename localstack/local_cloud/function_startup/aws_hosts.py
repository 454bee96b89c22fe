"""In a function's process: what its code asks of an AWS host by name is asked of the local cloud.

boto3 heeds AWS_ENDPOINT_URL only where code names no endpoint. Chalice's WebSocket API and AWS's own samples name one,
`https://<api id>.execute-api.<region>.amazonaws.com/<stage>` (chalice.app.WebsocketAPI;
https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html):
such a call would leave this machine. An event's `domainName`, a name below `localhost`, need not resolve either.

Python loads this at each start of a function, by a .pth file: so it imports as little as it can, knows no other module
of this package, and changes botocore's session only when the function imports it, wherever from.
"""

import os
import re
import sys
from typing import Any

_SESSION = "botocore.session"
_API = re.compile(
    r"https?://([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.(?:amazonaws\.com(?:\.cn)?|localhost)(?::\d+)?(/.*)?"
)
_SERVICE = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?/?")


def address_here(endpoint_url: str, cloud: str) -> str:
    """Return where the cloud, whose address is `cloud`, answers for an endpoint; any other is returned as it is."""
    if api := _API.fullmatch(endpoint_url):
        return f"{cloud}/_aws/execute-api/{api[1]}{api[2] or ''}"
    return cloud if _SERVICE.fullmatch(endpoint_url) else endpoint_url


class _SessionFinder:
    """Stands before Python's own finders until botocore's session is imported."""

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> Any:
        if name != _SESSION:
            return None
        from importlib.util import find_spec  # noqa: PLC0415  # takes longer to import than all of this module

        sys.meta_path.remove(self)
        spec = find_spec(name)
        if spec and spec.loader:
            _then(spec.loader, _redirect)
        return spec


def _then(loader: Any, change: Any) -> None:
    """Have the loader's module changed right after it was executed."""
    execute = loader.exec_module

    def execute_and_change(module: Any) -> None:
        execute(module)
        change(module)

    loader.exec_module = execute_and_change


def _redirect(module: Any) -> None:
    create_client = module.Session.create_client

    def create_client_here(session: Any, *arguments: Any, **options: Any) -> Any:
        cloud = os.environ.get("AWS_ENDPOINT_URL")
        if cloud and options.get("endpoint_url"):
            options["endpoint_url"] = address_here(options["endpoint_url"], cloud.rstrip("/"))
        return create_client(session, *arguments, **options)

    module.Session.create_client = create_client_here


def install() -> None:
    """Wait for botocore."""
    sys.meta_path.insert(0, _SessionFinder())
