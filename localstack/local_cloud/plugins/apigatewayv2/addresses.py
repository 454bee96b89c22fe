"""Where WebSocket APIs are, seen from this machine. Pure but for LocalStack's own address."""

from localstack.utils.urls import localstack_host

# The prefix of LocalStack's REST APIs as well, which have ids of their own.
PATH_PREFIX = "/_aws/execute-api"


def websocket_url(api_id: str) -> str:
    """The endpoint of an API. `/<stage>` follows, and for the @connections API, over http, `/@connections/<id>`."""
    return f"ws://{localstack_host().host_and_port()}{PATH_PREFIX}/{api_id}"


def domain_name(api_id: str, region: str) -> str:
    """The API's host, for clients that resolve names below `localhost`; `/<stage>` follows at once.

    Unlike AWS's it ends in a port.
    """
    return f"{api_id}.execute-api.{region}.localhost:{localstack_host().port}"
