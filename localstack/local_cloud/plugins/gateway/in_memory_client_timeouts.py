"""Has services that give up waiting for each other call by HTTP.

LocalStack's services call each other within the process (`IN_MEMORY_CLIENT`), where nobody can stop waiting. A client
that was told to wait less than usual, such as that of a Lambda trigger, needs its time-out.
"""

from typing import Any

from botocore.endpoint import DEFAULT_TIMEOUT
from localstack.aws.client import GatewayShortCircuit
from localstack.runtime import hooks


@hooks.on_infra_start()  # type: ignore[untyped-decorator]  # LocalStack has no types
def keep_time_outs() -> None:
    """LocalStack's hook: leave such clients as they are."""
    shorten = GatewayShortCircuit.modify_client

    def unless_impatient(client: Any, gateway: Any) -> None:
        if client.meta.config.read_timeout >= DEFAULT_TIMEOUT:
            shorten(client, gateway)

    GatewayShortCircuit.modify_client = staticmethod(unless_impatient)
